package emblema.core.tree;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What happened to one path (spec master-image-diff, section 4).
 *
 * @param before null for an added path
 * @param after null for a removed path
 */
public record TreeChange(Kind kind, @Nullable TreeEntry before, @Nullable TreeEntry after) {

  /** The strongest difference decides. */
  public enum Kind {
    /** Only times or numeric ids differ: no reason for a new version. */
    TOUCHED,
    ADDED,
    REMOVED,
    /** Another kind of object. */
    TYPE,
    CONTENT,
    /** Mode, owner, group, extended attributes, device numbers. */
    META,
    /** Another target of a symbolic link. */
    RETARGET,
    /** Another set of hard links. */
    RELINK;

    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  public String path() {
    return after == null ? Objects.requireNonNull(before).path() : after.path();
  }

  /** Whether this is a reason for a new package version. */
  public boolean matters() {
    return kind != Kind.TOUCHED;
  }
}
