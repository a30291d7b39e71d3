package emblema.flash.tree;

import emblema.core.error.NotFoundException;
import emblema.core.error.StorageException;
import emblema.core.event.Event;
import emblema.core.event.EventSink;
import emblema.flash.codec.Member;
import emblema.flash.codec.MemberWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Puts members with their contents into one stream. Of the names of one file in cpio the last
 * carries the content, in pax the first. What changes while it is read does not stop the work: a
 * file that grows is cut at the size it had, one that shrinks is filled up with zeros, one that
 * vanishes is left out; each with a warning.
 */
public final class Packing {
  private static final int BUFFER = 1 << 16;

  private final MemberWriter writer;
  private final boolean lastCarries;
  private final EventSink events;
  private final byte[] buffer = new byte[BUFFER];

  /** In cpio: files of which names are still to come. */
  private final Map<TreeSource.Identity, Waiting> waiting = new LinkedHashMap<>();

  /** In pax: the name that has the content. */
  private final Map<TreeSource.Identity, String> first = new HashMap<>();

  /** Numbers of files with several names: the same wherever a tree lies. */
  private final Map<TreeSource.Identity, Long> inodes = new HashMap<>();

  private int stripped;
  private String firstStripped = "";
  private long objects;
  private long bytes;

  /** The latest name of a file, written without content, and how many more were announced. */
  private record Waiting(long remaining, Member member, MemberSource.Content content) {}

  /**
   * @param lastCarries whether the last name of a file carries its content, as cpio wants it
   */
  public Packing(MemberWriter writer, boolean lastCarries, EventSink events) {
    this.writer = writer;
    this.lastCarries = lastCarries;
    this.events = events;
  }

  /** Writes all members, not the end of the stream. */
  public TreeSource.Size run(MemberSource source) {
    source.each((member, content) -> writing(member, () -> put(member, content)));
    List<Waiting> abandoned = List.copyOf(waiting.values());
    waiting.clear();
    for (Waiting file : abandoned) {
      // A name went away after it was counted: the last one is written again, with the content.
      writing(file.member, () -> write(file.member, file.content));
    }
    if (stripped > 0) {
      warn(
          stripped
              + (stripped == 1 ? " object has" : " objects have")
              + " extended attributes or access control lists, which cpio does not hold: '"
              + firstStripped
              + "' is the first; '-L pax' keeps them");
    }
    return new TreeSource.Size(objects, bytes);
  }

  private interface Step {
    void run() throws IOException;
  }

  private static void writing(Member member, Step step) {
    try {
      step.run();
    } catch (IOException e) {
      throw new StorageException(
          "cannot archive '" + member.path() + "'",
          Objects.toString(e.getMessage(), null),
          List.of(),
          e);
    }
  }

  private void put(Member member, MemberSource.Content content) throws IOException {
    if (!member.isFile() || member.links() < 2) {
      write(member, content);
      return;
    }
    TreeSource.Identity identity = new TreeSource.Identity(member.device(), member.inode());
    if (lastCarries) {
      Waiting before = waiting.get(identity);
      long remaining = (before == null ? member.links() : before.remaining) - 1;
      if (remaining > 0) {
        waiting.put(identity, new Waiting(remaining, member, content));
        begin(bare(member, member.kind(), ""));
      } else if (write(member, content)) {
        waiting.remove(identity);
      }
      return;
    }
    String holder = first.get(identity);
    if (holder != null) {
      begin(bare(member, Member.Kind.HARD_LINK, holder));
    } else if (write(member, content)) {
      first.put(identity, member.path());
    }
  }

  /** Another name of a file, without its content. */
  private static Member bare(Member member, Member.Kind kind, String target) {
    return copy(member, kind, 0, member.device(), member.inode(), target);
  }

  private static Member copy(
      Member member, Member.Kind kind, long size, long device, long inode, String target) {
    return new Member(
        member.path(),
        kind,
        member.mode(),
        member.uid(),
        member.gid(),
        size,
        member.mtime(),
        target,
        member.links(),
        device,
        inode,
        member.rawDevice(),
        kind == Member.Kind.HARD_LINK ? Map.of() : member.attributes());
  }

  /**
   * Inodes are numbered anew: real ones have more digits than cpio and would make every copy of a
   * tree another archive.
   */
  private Member numbered(Member member) {
    long inode = objects;
    if (member.isFile() && member.links() > 1) {
      TreeSource.Identity identity = new TreeSource.Identity(member.device(), member.inode());
      inode = inodes.computeIfAbsent(identity, absent -> objects);
    }
    return copy(member, member.kind(), member.size(), 0, inode, member.target());
  }

  private OutputStream begin(Member member) throws IOException {
    Member numbered = numbered(member);
    if (!member.attributes().isEmpty() && !writer.holdsAttributes() && stripped++ == 0) {
      firstStripped = member.path();
    }
    objects++;
    return writer.begin(numbered);
  }

  private boolean write(Member member, MemberSource.Content content) throws IOException {
    if (!member.isFile() || member.size() == 0) {
      begin(member);
      return true;
    }
    InputStream opened;
    try {
      opened = content.open();
    } catch (NotFoundException e) {
      warn("'" + member.path() + "' is gone meanwhile: left out");
      return false;
    }
    try (opened) {
      OutputStream out = begin(member);
      bytes += member.size();
      copy(opened, member, out);
    }
    return true;
  }

  private void copy(InputStream in, Member member, OutputStream out) throws IOException {
    long wanted = member.size();
    while (wanted > 0) {
      int n;
      try {
        n = in.read(buffer, 0, (int) Math.min(BUFFER, wanted));
      } catch (IOException e) {
        throw new StorageException(
            "cannot read '" + member.path() + "'",
            Objects.toString(e.getMessage(), null),
            List.of(),
            e);
      }
      if (n < 0) {
        warn("'" + member.path() + "' became shorter while it was read: filled up with zeros");
        fill(wanted, out);
        return;
      }
      out.write(buffer, 0, n);
      wanted -= n;
    }
  }

  private static void fill(long count, OutputStream out) throws IOException {
    byte[] zeros = new byte[BUFFER];
    for (long wanted = count; wanted > 0; wanted -= BUFFER) {
      out.write(zeros, 0, (int) Math.min(BUFFER, wanted));
    }
  }

  private void warn(String text) {
    events.emit(new Event.Warning(text));
  }
}
