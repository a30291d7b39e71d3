package emblema.smf.migrate;

import emblema.core.error.EmblemaException;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import java.util.Optional;

/** What a {@link StagingWalk} calls, a directory before what it holds. */
interface StagingVisitor {
  /**
   * Where the objects of one shared directory go.
   *
   * @param top the shared root, or the top of the file system mounted below it that holds the
   *     directory
   * @param device the file system's number
   * @param path the shared directory
   */
  record Target(AreaPlaces area, SafePath top, long device, SafePath path) {}

  /** The target for what the staged directory holds; nothing if it shall not be entered. */
  Optional<Target> directory(SafePath from, Stat staged, Target parent);

  /** Anything but a directory. */
  void object(SafePath from, Stat staged, Target parent);

  /** An error of the calls above, or of listing a directory; the walk goes on when this returns. */
  void failed(SafePath from, Target parent, EmblemaException error);

  /** Called between objects; errors here end the walk. */
  default void between() {}
}
