package emblema.store.check;

import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.core.io.TreeWalker;
import emblema.store.file.PublisherStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a store can be served: everything in it, and every directory on the way to it, must be
 * readable by all or by the service's account (spec pkgrepo, section 5). The first object that is
 * not is enough.
 */
final class Permissions {
  private static final String DETAIL =
      "Some repository content for publisher '%s' or paths leading to the repository were not"
          + " world-readable or were not readable by '%s', which can cause access errors if the"
          + " repository contents are served. Only the first path found with restrictive"
          + " permissions is shown.";

  private final PublisherStore store;
  private final ServiceAccount account;

  Permissions(PublisherStore store, ServiceAccount account) {
    this.store = store;
    this.account = account;
  }

  Optional<Finding> check() {
    return firstAbove().or(this::firstWithin).map(this::finding);
  }

  /** Directories above the repository are not on its disk. */
  private Optional<String> firstAbove() {
    List<Path> above = new ArrayList<>();
    Path root = store.disk().root().toAbsolutePath().normalize();
    for (Path path = root; path != null; path = path.getParent()) {
      above.addFirst(path);
    }
    for (Path path : above) {
      try {
        Set<PosixFilePermission> modes = Files.getPosixFilePermissions(path);
        boolean open =
            modes.contains(PosixFilePermission.OTHERS_READ)
                && modes.contains(PosixFilePermission.OTHERS_EXECUTE);
        if (!open && !account.isOwner(path, modes)) {
          return Optional.of(path.toString());
        }
      } catch (IOException | UnsupportedOperationException e) {
        return Optional.of(path.toString());
      }
    }
    return Optional.empty();
  }

  private Optional<String> firstWithin() {
    Disk disk = store.disk();
    SafePath top = store.layout().root();
    List<SafePath> found = new ArrayList<>(1);
    for (SafePath path = top; !path.isRoot(); path = path.parent().orElseThrow()) {
      SafePath each = path;
      disk.stat(each).filter(stat -> !isOpen(stat)).ifPresent(stat -> found.addFirst(each));
    }
    if (found.isEmpty()) {
      new TreeWalker(disk)
          .walk(
              top,
              (path, stat) -> {
                if (!found.isEmpty() || path.equals(store.layout().quarantine())) {
                  return false;
                }
                if (!stat.isLink() && !isOpen(stat)) {
                  found.add(path);
                }
                return true;
              });
    }
    return found.stream().findFirst().map(disk::describe);
  }

  private boolean isOpen(Stat stat) {
    int others = stat.isDirectory() ? 05 : 04;
    return (stat.mode() & others) == others || account.mayRead(stat);
  }

  private Finding finding(String path) {
    return Finding.of(
        Finding.Kind.OPEN_PERMISSIONS,
        store.prefix(),
        null,
        null,
        "Restrictive permissions.",
        Finding.PATH,
        path,
        Finding.DETAIL,
        DETAIL.formatted(store.prefix(), "pkg5srv:pkg5srv"));
  }
}
