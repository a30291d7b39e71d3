package emblema.image.apply;

import emblema.core.action.FileAction;
import emblema.core.hash.ContentHashes;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.image.plan.OnDisk;
import emblema.image.plan.Preserve;
import emblema.image.plan.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Carries out the steps for regular files. */
final class FileSteps {
  private final Workspace space;
  private final StagedContents contents;
  private final Accounts accounts;
  private final LostAndFound lost;
  private final List<Applied.Kept> kept = new ArrayList<>();

  /** What {@link Step.SetAsideFile} set aside, by its name. */
  private final Map<String, SafePath> setAside = new HashMap<>();

  /** Contents that were staged ahead of time. */
  private final Map<Step, SafePath> staged = new IdentityHashMap<>();

  FileSteps(Workspace space, StagedContents contents, Accounts accounts, LostAndFound lost) {
    this.space = space;
    this.contents = contents;
    this.accounts = accounts;
    this.lost = lost;
  }

  List<Applied.Kept> kept() {
    return kept;
  }

  void useStaged(Map<Step, SafePath> slots) {
    staged.putAll(slots);
  }

  void remove(Step.RemoveFile step) {
    SafePath path = SafePath.of(step.before().path());
    Optional<Stat> found = space.stat(path);
    if (found.isEmpty()) {
      return;
    }
    if (found.get().isDirectory()) {
      clearDirectory(path);
      return;
    }
    OnDisk disk =
        found.get().isFile() ? onDisk(path, found, step.before(), null) : OnDisk.NOT_A_FILE;
    switch (Preserve.onRemoving(step.before(), disk)) {
      case DELETE -> space.take(path);
      case SALVAGE -> lost.salvage(path);
      case LEAVE -> {}
    }
  }

  void setAside(Step.SetAsideFile step) {
    SafePath path = SafePath.of(step.before().path());
    if (space.stat(path).filter(Stat::isFile).isPresent()) {
      SafePath slot = space.area().slot(path);
      space.move(path, slot);
      setAside.put(step.name(), slot);
    }
  }

  void put(Step.PutFile step) {
    FileAction after = step.after();
    SafePath path = SafePath.of(after.path());
    space.ensureParents(path);
    Optional<Stat> found = space.stat(path);
    if (step.setAside() != null) {
      SafePath aside = setAside.remove(step.setAside());
      if (aside != null) {
        clear(path, found);
        space.move(aside, path);
        found = space.stat(path);
      }
    }
    OnDisk disk = onDisk(path, found, step.before(), after);
    Preserve.Outcome outcome = Preserve.onPlacing(step.before(), after, step.transition(), disk);
    if (found.isPresent() && !found.get().isFile() && outcome != Preserve.Outcome.NOTHING) {
      clear(path, found);
      found = Optional.empty();
    }
    carryOut(step, path, found, outcome, disk);
  }

  private void carryOut(
      Step.PutFile step,
      SafePath path,
      Optional<Stat> found,
      Preserve.Outcome outcome,
      OnDisk disk) {
    switch (outcome) {
      case NOTHING -> {}
      case KEEP -> {
        found.ifPresent(stat -> adjust(path, stat, step.after()));
        if (disk == OnDisk.EDITED && isNewsKeptOut(step)) {
          kept.add(new Applied.Kept(path, path));
        }
      }
      case REPLACE -> write(step, path, found);
      case SALVAGE_AND_REPLACE -> {
        lost.salvage(path);
        write(step, path, Optional.empty());
      }
      case SALVAGE_ONLY -> lost.salvage(path);
      case WRITE_BESIDE -> {
        SafePath beside = new SafePath(path.text() + outcome.suffix());
        found.ifPresent(stat -> adjust(path, stat, step.after()));
        Optional<Stat> there = space.stat(beside);
        if (there.filter(stat -> !stat.isFile()).isPresent()) {
          clear(beside, there);
          there = Optional.empty();
        }
        write(step, beside, there);
        kept.add(new Applied.Kept(path, beside));
      }
      case REPLACE_KEEPING_OLD, REPLACE_KEEPING_LEGACY, REPLACE_KEEPING_UPDATE -> {
        SafePath old = new SafePath(path.text() + outcome.suffix());
        clear(old, space.stat(old));
        space.move(path, old);
        write(step, path, Optional.empty());
        kept.add(new Applied.Kept(path, old));
      }
    }
  }

  /** Only a changed delivery that the user's content kept from its place is worth a word. */
  private static boolean isNewsKeptOut(Step.PutFile step) {
    return Preserve.isEditable(step.after())
        && step.before() != null
        && !ContentHashes.agree(step.before(), step.after());
  }

  private void write(Step.PutFile step, SafePath path, Optional<Stat> found) {
    SafePath slot = staged.remove(step);
    if (slot == null) {
      slot = contents.content(step.owner(), step.after(), path);
    }
    contents.complete(
        slot, step.after(), accounts.ownership(step.owner(), step.after().attributes(), path));
    if (found.isPresent()) {
      space.replace(slot, path);
    } else {
      space.place(slot, path);
    }
  }

  /**
   * Mode and owner for a file whose content stays; never in place, it may be shared by hard links.
   */
  private void adjust(SafePath path, Stat stat, FileAction after) {
    Effect.Ownership wanted = accounts.ownership(stat, after.attributes(), path);
    if (!wanted.equals(Effect.Ownership.of(stat))) {
      SafePath slot = contents.copy(path, stat);
      wanted.applyTo(space.disk(), slot);
      space.replace(slot, path);
    }
  }

  /** Clears the way: an empty directory goes, what has content or is a file is salvaged. */
  private void clear(SafePath path, Optional<Stat> found) {
    if (found.isEmpty()) {
      return;
    }
    if (found.get().isDirectory()) {
      clearDirectory(path);
    } else if (found.get().isFile()) {
      lost.salvage(path);
    } else {
      space.take(path);
    }
  }

  private void clearDirectory(SafePath path) {
    if (space.list(path).isEmpty()) {
      space.moveTree(path, space.area().slot(path));
    } else {
      lost.salvageTree(path);
    }
  }

  /**
   * Compares contents only where the answer matters: for editable files and for what is in the way.
   */
  private OnDisk onDisk(
      SafePath path,
      Optional<Stat> found,
      @Nullable FileAction before,
      @Nullable FileAction after) {
    if (found.isEmpty()) {
      return OnDisk.MISSING;
    }
    if (!found.get().isFile()) {
      return OnDisk.NOT_A_FILE;
    }
    boolean editable =
        (before != null && Preserve.isEditable(before))
            || (after != null && Preserve.isEditable(after));
    if (before != null && !editable) {
      return OnDisk.ORIGINAL;
    }
    if (before != null && isContent(path, found.get(), before)) {
      return OnDisk.ORIGINAL;
    }
    return after != null && isContent(path, found.get(), after) ? OnDisk.DELIVERED : OnDisk.EDITED;
  }

  private boolean isContent(SafePath path, Stat stat, FileAction action) {
    if (action.size() >= 0 && action.size() != stat.size()) {
      return false;
    }
    return ContentHashes.of(action)
        .forContent()
        .filter(stated -> contents.hash(path, stated.digest()).equals(stated.hex()))
        .isPresent();
  }
}
