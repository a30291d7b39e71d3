package emblema.image.apply;

import emblema.core.action.LinkAction;
import emblema.core.error.NotFoundException;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.image.plan.Step;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Carries out the steps for symbolic and hard links. */
final class LinkSteps {
  private final Workspace space;
  private final LostAndFound lost;

  LinkSteps(Workspace space, LostAndFound lost) {
    this.space = space;
    this.lost = lost;
  }

  /** Removes a packaged link or hard link; a directory that took its place stays. */
  void remove(String packaged) {
    SafePath path = SafePath.of(packaged);
    if (space.stat(path).filter(stat -> !stat.isDirectory()).isPresent()) {
      space.take(path);
    }
  }

  void put(Step.PutLink step) {
    SafePath path = SafePath.of(step.after().path());
    space.ensureParents(path);
    Optional<Stat> found = space.stat(path);
    if (step.before() != null && isLeftAlone(step.before(), step.after(), path, found)) {
      return;
    }
    if (found.filter(Stat::isLink).isPresent()
        && space.disk().readLink(path).equals(step.after().target())) {
      return;
    }
    SafePath slot = space.area().slot(path);
    space.disk().symlink(step.after().target(), slot);
    place(slot, path, found, step.before() == null);
  }

  private boolean isLeftAlone(
      LinkAction before, LinkAction after, SafePath path, Optional<Stat> found) {
    return after.attributes().is("preserve", "true")
        && (found.isEmpty()
            || !found.get().isLink()
            || !space.disk().readLink(path).equals(before.target()));
  }

  void put(Step.PutHardLink step) {
    SafePath path = SafePath.of(step.after().path());
    SafePath target = target(path, step.after().target());
    space.ensureParents(path);
    space.settle();
    Disk disk = space.disk();
    Stat file =
        target == null ? null : disk.stat(target).filter(stat -> !stat.isDirectory()).orElse(null);
    if (target == null || file == null) {
      throw new NotFoundException(
          "unable to create hard link '"
              + path
              + "': target '"
              + step.after().target()
              + "' is missing",
          "pkg fix brings back a packaged target");
    }
    Optional<Stat> found = disk.stat(path);
    if (found
        .filter(stat -> stat.inode() == file.inode() && stat.device() == file.device())
        .isPresent()) {
      return;
    }
    SafePath slot = space.area().slot(path);
    disk.link(target, slot);
    place(slot, path, found, step.before() == null);
  }

  private void place(SafePath slot, SafePath path, Optional<Stat> found, boolean isNew) {
    if (found.isEmpty()) {
      space.place(slot, path);
    } else if (found.get().isDirectory()) {
      if (space.list(path).isEmpty()) {
        space.moveTree(path, space.area().slot(path));
      } else {
        lost.salvageTree(path);
      }
      space.place(slot, path);
    } else if (found.get().isFile() && isNew) {
      lost.salvage(path);
      space.place(slot, path);
    } else {
      space.replace(slot, path);
    }
  }

  /**
   * Relative to the link's directory, or absolute within the image; null if it leaves the image.
   */
  private static @Nullable SafePath target(SafePath link, String target) {
    Deque<String> names = new ArrayDeque<>();
    if (!target.startsWith("/")) {
      link.parent()
          .filter(parent -> !parent.isRoot())
          .ifPresent(parent -> names.addAll(java.util.List.of(parent.text().split("/"))));
    }
    for (String name : target.split("/")) {
      switch (name) {
        case "", "." -> {}
        case ".." -> {
          if (names.pollLast() == null) {
            return null;
          }
        }
        default -> names.addLast(name);
      }
    }
    return names.isEmpty() ? null : new SafePath(String.join("/", names));
  }
}
