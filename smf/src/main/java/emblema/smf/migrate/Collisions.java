package emblema.smf.migrate;

import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import java.util.Optional;

/**
 * Decides what becomes of a staged object that is not a directory, by the table of spec
 * shared-dirs-smf, section 3.3. Looks, and changes nothing.
 *
 * @param name of the boot environment, for the names of what is moved aside
 * @param stamp of the run, for the same
 */
record Collisions(Disk disk, String name, String stamp) {
  static final String RESERVED = ".ips-mig-";
  private static final int MOST_NAMES = 1000;

  Decision decide(SafePath from, Stat staged, SafePath to, boolean appendable) {
    if (staged.kind() == Stat.Kind.SOCKET) {
      return new Decision.Discard();
    }
    if (to.name().startsWith(RESERVED)) {
      return new Decision.Leave("names that start with '" + RESERVED + "' are reserved");
    }
    Optional<Stat> there = disk.stat(to);
    if (there.isEmpty()) {
      return new Decision.Move(to, false);
    }
    Stat shared = there.get();
    if (shared.isDirectory()) {
      return new Decision.Leave("the shared object is a directory");
    }
    if (isSame(from, staged, to, shared)) {
      return new Decision.Drop(to, shared);
    }
    if (appendable && staged.isFile() && shared.isFile() && shared.links() == 1) {
      return staged.size() <= shared.size() && Contents.startsWith(disk, to, from)
          ? new Decision.Drop(to, shared)
          : new Decision.Append(to, shared);
    }
    return aside(from, staged, to);
  }

  private Decision aside(SafePath from, Stat staged, SafePath to) {
    SafePath directory = to.parent().orElseThrow();
    for (int attempt = 0; attempt < MOST_NAMES; attempt++) {
      SafePath candidate = directory.resolve(AsideName.of(to.name(), name, stamp, attempt));
      Optional<Stat> there = disk.stat(candidate);
      if (there.isEmpty()) {
        return new Decision.Move(candidate, true);
      }
      if (isSame(from, staged, candidate, there.get())) {
        return new Decision.Drop(candidate, there.get());
      }
    }
    return new Decision.Leave("no free name next to the shared object");
  }

  private boolean isSame(SafePath from, Stat staged, SafePath to, Stat shared) {
    if (staged.kind() != shared.kind()) {
      return false;
    }
    return switch (staged.kind()) {
      case FILE ->
          staged.size() == shared.size()
              && (isOneObject(staged, shared) || Contents.startsWith(disk, to, from));
      case LINK -> disk.readLink(from).equals(disk.readLink(to));
      case FIFO -> true;
      case CHARACTER, BLOCK -> staged.rawDevice() == shared.rawDevice();
      case DIRECTORY, SOCKET -> false;
    };
  }

  static boolean isOneObject(Stat one, Stat other) {
    return one.device() == other.device() && one.inode() == other.inode();
  }
}
