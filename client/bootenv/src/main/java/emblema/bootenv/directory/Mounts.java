package emblema.bootenv.directory;

import emblema.core.error.AccessException;
import emblema.core.error.ConflictException;
import emblema.core.error.EmblemaException;
import emblema.core.error.NotFoundException;
import emblema.core.io.Disk;
import emblema.core.io.MountPoint;
import emblema.core.io.RealDisk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import java.nio.file.Path;
import java.util.Optional;

/** Where environments are mounted: bind mounts for root, symbolic links for anybody else. */
final class Mounts {
  private final Disk disk;

  Mounts(Disk disk) {
    this.disk = disk;
  }

  private Path tree(String name) {
    return disk.root().resolve(Layout.linkTo(name));
  }

  Optional<Path> of(String name) {
    Optional<Path> link = linked(name);
    return link.isPresent() ? link : bound(name);
  }

  private Optional<Path> linked(String name) {
    return disk.stat(Layout.mount(name))
        .filter(Stat::isLink)
        .map(s -> Path.of(disk.readLink(Layout.mount(name))))
        .filter(directory -> isLinkTo(directory, tree(name)));
  }

  private static boolean isLinkTo(Path directory, Path tree) {
    return at(
        directory,
        (parent, name) ->
            parent.stat(name).filter(Stat::isLink).isPresent()
                && parent.readLink(name).equals(tree.toString()));
  }

  /** The mount whose source ends like the tree's path and whose target is the very directory. */
  private Optional<Path> bound(String name) {
    Optional<Stat> tree = disk.stat(Layout.tree(name));
    return MountPoint.all().stream()
        .filter(m -> m.source().endsWith("/" + Layout.linkTo(name)))
        .map(m -> Path.of(m.target()))
        .filter(
            target -> !target.equals(tree(name)) && tree.filter(t -> isSame(t, target)).isPresent())
        .findFirst();
  }

  /** Whether a directory is the one that was looked at. */
  static boolean isSame(Stat stat, Path directory) {
    try (Disk there = RealDisk.open(directory)) {
      return there
          .stat(SafePath.ROOT)
          .filter(s -> s.device() == stat.device() && s.inode() == stat.inode())
          .isPresent();
    } catch (EmblemaException e) {
      return false;
    }
  }

  void mount(String name, Path directory) {
    Optional<Path> already = of(name);
    if (already.isPresent()) {
      throw new ConflictException(
          "boot environment '" + name + "' is already mounted on '" + already.get() + "'",
          "unmount it first");
    }
    at(
        directory,
        (parent, last) -> {
          requireEmpty(parent, last);
          if (parent.isPrivileged() && MountPoint.canBind() && bind(name, directory)) {
            return true;
          }
          remember(name, directory);
          parent.removeDirectory(last);
          parent.symlink(tree(name).toString(), last);
          return true;
        });
  }

  /** False where even root may not mount: in most containers. */
  private boolean bind(String name, Path directory) {
    try {
      MountPoint.bind(tree(name), directory);
      return true;
    } catch (AccessException e) {
      return false;
    }
  }

  private void remember(String name, Path directory) {
    if (disk.stat(Layout.mount(name)).isPresent()) {
      disk.remove(Layout.mount(name));
    }
    disk.symlink(directory.toString(), Layout.mount(name));
  }

  private static void requireEmpty(Disk parent, SafePath directory) {
    Stat stat =
        parent
            .stat(directory)
            .orElseThrow(
                () ->
                    new NotFoundException(
                        "mount point '" + parent.describe(directory) + "' does not exist",
                        "make an empty directory first"));
    if (!stat.isDirectory() || !parent.list(directory).isEmpty()) {
      throw new ConflictException(
          "mount point '" + parent.describe(directory) + "' is not an empty directory");
    }
  }

  /** Nothing happens if the environment is not mounted. */
  void unmount(String name) {
    Optional<Path> link = linked(name);
    if (link.isPresent()) {
      at(
          link.get(),
          (parent, last) -> {
            parent.remove(last);
            parent.makeDirectory(last, 0755);
            return true;
          });
    } else {
      bound(name).ifPresent(MountPoint::unmount);
    }
    if (disk.stat(Layout.mount(name)).isPresent()) {
      disk.remove(Layout.mount(name));
    }
  }

  @FunctionalInterface
  private interface Work<T> {
    T with(Disk parent, SafePath name);
  }

  private static <T> T at(Path directory, Work<T> work) {
    Path absolute = directory.toAbsolutePath().normalize();
    Path parent = absolute.getParent();
    Path name = absolute.getFileName();
    if (parent == null || name == null) {
      throw new ConflictException("'/' cannot be a mount point");
    }
    try (Disk disk = RealDisk.open(parent)) {
      return work.with(disk, SafePath.of(name.toString()));
    }
  }
}
