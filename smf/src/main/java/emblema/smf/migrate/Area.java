package emblema.smf.migrate;

import emblema.core.io.SafePath;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * One staging root and the shared root that its content moves to.
 *
 * @param staging below the environment's root
 * @param shared below the environment's root, as the running environment sees it
 * @param mount whether the shared root must be a mount point
 * @param create whether a missing shared root is made
 * @param mode of a shared root that is made, 12 bits
 * @param append files below the shared root that may be put together from both sides
 * @param keep directories below the staging root that stay though empty
 * @param source the drop-in file that named it first, for messages
 */
public record Area(
    SafePath staging,
    SafePath shared,
    boolean mount,
    boolean create,
    String owner,
    String group,
    int mode,
    List<PathPattern> append,
    List<SafePath> keep,
    String source) {

  public Area {
    append = List.copyOf(append);
    keep = List.copyOf(keep);
  }

  /** An area with the defaults of the configuration. */
  public static Area of(String staging, String shared) {
    return new Area(
        SafePath.of(staging),
        SafePath.of(shared),
        false,
        true,
        "root",
        "root",
        0755,
        List.of(),
        List.of(),
        "default");
  }

  /** Whether both move the same staging root to the same shared root. */
  boolean isSamePair(Area other) {
    return staging.equals(other.staging) && shared.equals(other.shared);
  }

  /** Whether both would make the shared root alike. */
  boolean agreesWith(Area other) {
    return create == other.create
        && owner.equals(other.owner)
        && group.equals(other.group)
        && mode == other.mode;
  }

  /** This area with what another drop-in adds to the same pair. */
  Area mergedWith(Area other) {
    LinkedHashSet<PathPattern> patterns = new LinkedHashSet<>(append);
    patterns.addAll(other.append);
    LinkedHashSet<SafePath> kept = new LinkedHashSet<>(keep);
    kept.addAll(other.keep);
    return new Area(
        staging,
        shared,
        mount || other.mount,
        create,
        owner,
        group,
        mode,
        new ArrayList<>(patterns),
        new ArrayList<>(kept),
        source);
  }

  /** Whether the file, relative to the roots, is a log whose two sides may be put together. */
  boolean isAppendable(SafePath relative) {
    return append.stream().anyMatch(pattern -> pattern.matches(relative));
  }
}
