package emblema.bootenv.directory;

import emblema.core.io.MountPoint;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.core.io.TreeCopy;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which files of an environment may be the same in its clone, and which directories belong to it.
 *
 * @param isEditable files that somebody may write in place
 * @param mountPoints directories, relative to the root, that something is mounted on
 */
record ClonePolicy(Predicate<SafePath> isEditable, Set<String> mountPoints, long device)
    implements TreeCopy.Policy {
  private static final int WRITABLE_BY_OTHERS = 0022;
  private static final int SET_ID = 06000;

  ClonePolicy {
    mountPoints = Set.copyOf(mountPoints);
  }

  static ClonePolicy of(Path root, Stat top, Predicate<SafePath> isEditable) {
    return new ClonePolicy(isEditable, mountsBelow(root), top.device());
  }

  /** Paths, relative to the root, of what is mounted below it. */
  static Set<String> mountsBelow(Path root) {
    String prefix = root + "/";
    Set<String> below = new HashSet<>();
    for (MountPoint mount : MountPoint.all()) {
      if (mount.target().startsWith(prefix)) {
        below.add(mount.target().substring(prefix.length()));
      }
    }
    return below;
  }

  @Override
  public boolean mayLink(SafePath path, Stat stat) {
    return stat.size() > 0
        && (stat.mode() & (WRITABLE_BY_OTHERS | SET_ID)) == 0
        && !isEditable.test(path);
  }

  @Override
  public boolean enters(SafePath path, Stat stat) {
    return stat.device() == device && !mountPoints.contains(path.text());
  }
}
