package emblema.flash.tree;

import emblema.flash.codec.Member;
import java.io.InputStream;

/**
 * Where the members of an archive come from: a tree, the difference of two, packages. It shows the
 * same members in the same order each time it is asked, directories before what they hold.
 */
public interface MemberSource {
  /** Shows every member. */
  void each(Visitor visitor);

  /** Sees members. */
  interface Visitor {
    /**
     * One member. Every name of a file with several has the size and, through {@code content}, the
     * content: which of them carries it in an archive is the archive's business. They have {@link
     * Member#device} and {@link Member#inode} in common, and {@link Member#links} is how many of
     * them this source shows.
     */
    void member(Member member, Content content);
  }

  /** Opens the content of a regular file; for other members it is not asked. */
  interface Content {
    /** A file that is gone meanwhile is a {@code NotFoundException}. */
    InputStream open();
  }
}
