package emblema.flash.create;

import emblema.core.error.StorageException;
import emblema.core.error.UsageException;
import emblema.core.event.Event;
import emblema.core.event.EventSink;
import emblema.core.io.Disk;
import emblema.core.io.ReadOnlyDisk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.core.io.TemporaryNames;
import emblema.flash.select.Selection;
import emblema.flash.tree.Scope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What of the creation itself may lie within the image and does not belong into the archive: the
 * archive, our directory, the old image.
 */
final class Own {
  private record Identity(long device, long inode) {}

  private final Set<Identity> directories = new HashSet<>();
  private final Set<String> paths = new HashSet<>();

  static Own of(CreateRequest request, Workplace workplace, Target target) {
    Own own = new Own();
    own.add(workplace.disk());
    if (target instanceof Target.File file) {
      path(request.image(), file.directory())
          .ifPresent(
              directory -> {
                own.paths.add(directory.resolve(file.name()).text());
                own.paths.add(directory.resolve(TemporaryNames.of(file.name())).text());
              });
    }
    request.old().ifPresent(own::add);
    return own;
  }

  private void add(Disk directory) {
    directory
        .stat(SafePath.ROOT)
        .ifPresent(stat -> directories.add(new Identity(stat.device(), stat.inode())));
  }

  /** Where a directory is within the image, if it is. */
  private static Optional<SafePath> path(Disk image, Disk directory) {
    if (image instanceof ReadOnlyDisk || directory instanceof ReadOnlyDisk) {
      return Optional.empty(); // What is not on a file system has no place there.
    }
    Path top = real(image.root());
    Path place = real(directory.root());
    return place.startsWith(top)
        ? Optional.of(SafePath.of(top.relativize(place).toString()))
        : Optional.empty();
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      throw new StorageException(
          "cannot find '" + path + "'", Objects.toString(e.getMessage(), null), List.of(), e);
    }
  }

  /** The selection without what is our own. */
  Scope within(Selection selection) {
    return (path, stat) -> isOwn(path, stat) ? Scope.Choice.NOTHING : selection.choose(path, stat);
  }

  private boolean isOwn(String path, Stat stat) {
    return paths.contains(path)
        || (stat.isDirectory() && directories.contains(new Identity(stat.device(), stat.inode())));
  }

  /**
   * The old image must be another directory than the new one. Within the new one it must be left
   * out by a rule, unless it is mounted there: then nobody can have meant it to be archived.
   */
  static void check(Disk image, Disk old, Selection selection, EventSink events) {
    Stat top = image.stat(SafePath.ROOT).orElseThrow();
    Stat oldTop = old.stat(SafePath.ROOT).orElseThrow();
    if (top.device() == oldTop.device() && top.inode() == oldTop.inode()) {
      throw new UsageException(
          "the old image '" + old.root() + "' is the new image itself",
          "name the directory of the unchanged master image with -A");
    }
    Optional<SafePath> inside = path(image, old);
    if (inside.isPresent() && image.stat(inside.get()).isPresent()) {
      boolean isArchived = selection.choose(inside.get().text(), oldTop) != Scope.Choice.NOTHING;
      if (isArchived && top.device() == oldTop.device()) {
        throw new UsageException(
            "the old image '" + old.root() + "' is within the new image",
            "leave it out with -x /" + inside.get());
      }
      if (isArchived) {
        events.emit(
            new Event.Warning("the old image, mounted at '/" + inside.get() + "', is left out"));
      }
    }
  }
}
