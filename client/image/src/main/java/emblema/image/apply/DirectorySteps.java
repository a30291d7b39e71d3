package emblema.image.apply;

import emblema.core.error.ConflictException;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.image.plan.Salvage;
import emblema.image.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Carries out the steps for directories, and brings salvaged content to its new place. */
final class DirectorySteps {
  private final Workspace space;
  private final StagedContents contents;
  private final Accounts accounts;
  private final LostAndFound lost;
  private final Salvage salvage;
  private final List<Applied.Salvaged> moved = new ArrayList<>();

  DirectorySteps(
      Workspace space,
      StagedContents contents,
      Accounts accounts,
      LostAndFound lost,
      Salvage salvage) {
    this.space = space;
    this.contents = contents;
    this.accounts = accounts;
    this.lost = lost;
    this.salvage = salvage;
  }

  List<Applied.Salvaged> moved() {
    return moved;
  }

  void remove(Step.RemoveDirectory step) {
    SafePath path = step.path();
    Optional<Stat> found = space.stat(path);
    if (found.isEmpty() || found.get().isLink()) {
      return;
    }
    if (!found.get().isDirectory()) {
      if (found.get().isFile()) {
        lost.salvage(path);
      }
      return;
    }
    SafePath parent = path.parent().orElse(SafePath.ROOT);
    boolean isMountPoint =
        space.disk().stat(parent).filter(stat -> stat.device() != found.get().device()).isPresent();
    if (isMountPoint) {
      if (step.implicit()) {
        return;
      }
      throw new ConflictException(
          "cannot remove directory '" + path + "': a file system is mounted on it",
          "unmount it and try again");
    }
    if (space.list(path).isEmpty()) {
      space.take(path);
    } else {
      lost.salvageTree(path);
    }
  }

  void put(Step.PutDirectory step) {
    SafePath path = SafePath.of(step.after().path());
    if (path.isRoot()) {
      return;
    }
    space.ensureParents(path);
    Optional<Stat> found = space.stat(path);
    if (found.filter(Stat::isLink).isPresent()) {
      throw new ConflictException(
          "cannot create directory '"
              + path
              + "': a link to '"
              + space.disk().readLink(path)
              + "' is in its place",
          "remove the link, or put the directory back, and try again");
    }
    if (found.filter(stat -> !stat.isDirectory()).isPresent()) {
      lost.salvage(path);
      found = Optional.empty();
    }
    if (found.isEmpty()) {
      Effect.Ownership wanted = accounts.ownership(step.owner(), step.after().attributes(), path);
      SafePath slot = space.area().slot(path);
      space.disk().makeDirectory(slot, wanted.mode());
      wanted.applyTo(space.disk(), slot);
      contents.extendedAttributes(slot, step.after().attributes());
      space.placeDirectory(slot, path);
    } else {
      Effect.Ownership now = Effect.Ownership.of(found.get());
      Effect.Ownership wanted = accounts.ownership(found.get(), step.after().attributes(), path);
      if (!wanted.equals(now)) {
        space.describe(path, now, wanted);
      }
    }
  }

  /** See {@link Step.Recover}. */
  void recover(Step.Recover step) {
    for (Applied.Salvaged record : List.copyOf(lost.records())) {
      if (salvage.takes(step, record.path())) {
        SafePath to = step.into().resolve(record.path().relativeTo(step.from()));
        space.settle();
        if (merge(record.stored(), to)) {
          lost.forget(record);
          lost.prune(record.stored());
        }
        moved.add(new Applied.Salvaged(record.path(), to));
      }
    }
  }

  /** Moves what it can; whether all of it moved. */
  private boolean merge(SafePath from, SafePath to) {
    Disk disk = space.disk();
    Optional<Stat> source = disk.stat(from);
    if (source.isEmpty()) {
      return true;
    }
    space.ensureParents(to);
    space.settle();
    Optional<Stat> target = disk.stat(to);
    if (target.isEmpty()) {
      space.moveTree(from, to);
      return true;
    }
    if (!source.get().isDirectory() || !target.get().isDirectory()) {
      return false;
    }
    boolean all = true;
    for (String name : disk.list(from)) {
      all &= merge(from.resolve(name), to.resolve(name));
    }
    if (all) {
      space.moveTree(from, space.area().slot(from));
    }
    return all;
  }
}
