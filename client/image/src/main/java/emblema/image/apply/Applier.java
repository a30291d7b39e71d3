package emblema.image.apply;

import emblema.core.action.Action;
import emblema.core.error.EmblemaException;
import emblema.core.event.Event;
import emblema.core.event.EventSink;
import emblema.core.fmri.Fmri;
import emblema.core.io.Disk;
import emblema.core.io.Durability;
import emblema.core.io.SafePath;
import emblema.core.task.Tasks;
import emblema.image.plan.Preserve;
import emblema.image.plan.Salvage;
import emblema.image.plan.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * Carries out a plan's steps on an image, all or nothing.
 *
 * <p>Protocol: (1) all new contents are written, verified and given owner and mode in slots of the
 * {@link WorkArea}, nothing of the image changes, and one sync makes them durable; (2) each step
 * becomes {@link Effect}s, which are written to the {@link Journal} before they happen and are all
 * renames, so that each can be taken back; (3) one sync, then the journal says that the plan is
 * finished; (4) the caller saves what it means (installed packages) and calls {@link
 * WorkArea#discard}. An error in 1 or 2 takes everything back before it is thrown. After a kill or
 * power cut, {@link WorkArea#recover} does the same, or tells the caller to repeat (4).
 */
public final class Applier {
  /** Files staged by one task. */
  private static final int BATCH = 64;

  private final Disk disk;
  private final SafePath metadata;
  private final Payloads payloads;
  private final Durability durability;
  private final EventSink events;

  /**
   * @param disk the image's root
   * @param metadata the image's metadata directory, for example {@code var/pkg}
   * @param durability {@code NONE} only for an image that is thrown away after a crash
   */
  public Applier(
      Disk disk, SafePath metadata, Payloads payloads, Durability durability, EventSink events) {
    this.disk = disk;
    this.metadata = metadata;
    this.payloads = payloads;
    this.durability = durability;
    this.events = events;
  }

  /**
   * @param salvage where salvaged objects go
   * @param note for {@link WorkArea.Found.Finished}: enough to repeat saving what the plan means
   */
  public Applied apply(List<Step> steps, Salvage salvage, Instant now, byte[] note) {
    WorkArea area = new WorkArea(disk, metadata, durability);
    area.open();
    Workspace space = null;
    try (Disk.Hold hold = disk.hold()) {
      StagedContents contents = new StagedContents(disk, area, payloads);
      Map<Step, SafePath> staged = stage(steps, contents);
      durability.syncAll(disk);
      space = new Workspace(disk, area, durability);
      Applied applied = run(steps, salvage, now, space, contents, staged);
      space.finish(note, durability);
      return applied;
    } catch (RuntimeException | Error e) {
      takeBack(space, area, e);
      throw e;
    }
  }

  private static void takeBack(
      @org.jspecify.annotations.Nullable Workspace space, WorkArea area, Throwable reason) {
    try {
      if (space == null) {
        area.discard();
      } else {
        space.takeBack();
      }
    } catch (EmblemaException e) {
      reason.addSuppressed(e);
    }
  }

  /** Contents that are needed whatever is on disk are staged ahead, on all processors. */
  private Map<Step, SafePath> stage(List<Step> steps, StagedContents contents) {
    List<Step> writing = new ArrayList<>();
    long bytes = 0;
    for (Step step : steps) {
      if (isSureToWrite(step)) {
        writing.add(step);
        bytes += size(step);
      }
    }
    events.emit(new Event.PhaseStarted("stage", "Writing new content", bytes, Event.Unit.BYTES));
    Map<Step, SafePath> slots = new IdentityHashMap<>();
    long[] done = {0};
    List<Callable<Void>> tasks = new ArrayList<>();
    for (int i = 0; i < writing.size(); i += BATCH) {
      List<Step> batch = writing.subList(i, Math.min(i + BATCH, writing.size()));
      tasks.add(
          () -> {
            for (Step step : batch) {
              SafePath slot = stage(step, contents);
              synchronized (slots) {
                slots.put(step, slot);
                done[0] += size(step);
                events.emit(new Event.Advanced("stage", done[0]));
              }
            }
            return null;
          });
    }
    Tasks.inParallel(Runtime.getRuntime().availableProcessors(), tasks);
    events.emit(new Event.PhaseFinished("stage", bytes));
    return slots;
  }

  private boolean isSureToWrite(Step step) {
    return switch (step) {
      case Step.PutFile put ->
          !Preserve.isEditable(put.after())
              && (put.before() == null
                  || !emblema.core.hash.ContentHashes.agree(put.before(), put.after()));
      case Step.PutLicense ignored -> true;
      default -> false;
    };
  }

  private static long size(Step step) {
    return step instanceof Step.PutFile put ? Math.max(0, put.after().size()) : 0;
  }

  private SafePath stage(Step step, StagedContents contents) {
    return switch (step) {
      case Step.PutFile put ->
          contents.content(put.owner(), put.after(), SafePath.of(put.after().path()));
      case Step.PutLicense put ->
          contents.content(
              put.owner(),
              put.after(),
              MetadataSteps.licensePath(metadata, put.owner(), put.after()));
      default -> throw new IllegalArgumentException(step.toString());
    };
  }

  private Applied run(
      List<Step> steps,
      Salvage salvage,
      Instant now,
      Workspace space,
      StagedContents contents,
      Map<Step, SafePath> staged) {
    Accounts accounts = new Accounts(disk, steps, payloads, disk.isPrivileged());
    LostAndFound lost = new LostAndFound(space, metadata, now);
    FileSteps files = new FileSteps(space, contents, accounts, lost);
    DirectorySteps directories = new DirectorySteps(space, contents, accounts, lost, salvage);
    LinkSteps links = new LinkSteps(space, lost);
    AccountSteps people = new AccountSteps(space, contents, accounts, now);
    MetadataSteps metadataSteps = new MetadataSteps(space, contents, metadata, now);
    files.useStaged(staged);
    metadataSteps.useStaged(staged);
    List<String> remarks = new ArrayList<>();
    events.emit(
        new Event.PhaseStarted("apply", "Applying changes", steps.size(), Event.Unit.ITEMS));
    long done = 0;
    for (Step step : steps) {
      switch (step) {
        case Step.RemoveFile s -> files.remove(s);
        case Step.SetAsideFile s -> files.setAside(s);
        case Step.RemoveLink s -> links.remove(s.before().path());
        case Step.RemoveHardLink s -> links.remove(s.before().path());
        case Step.RemoveDirectory s -> directories.remove(s);
        case Step.RemoveLicense s -> metadataSteps.remove(s);
        case Step.RemoveLegacy s -> metadataSteps.remove(s);
        case Step.RemoveDriver s -> remarks.add(driver(s.owner(), s.before()));
        case Step.RemoveUser s -> people.remove(s);
        case Step.RemoveGroup s -> people.remove(s);
        case Step.PutGroup s -> people.put(s);
        case Step.PutUser s -> people.put(s);
        case Step.PutDirectory s -> directories.put(s);
        case Step.Recover s -> directories.recover(s);
        case Step.PutFile s -> files.put(s);
        case Step.PutHardLink s -> links.put(s);
        case Step.PutLink s -> links.put(s);
        case Step.PutDriver s -> remarks.add(driver(s.owner(), s.after()));
        case Step.PutLicense s -> metadataSteps.put(s);
        case Step.PutLegacy s -> metadataSteps.put(s);
      }
      events.emit(new Event.Advanced("apply", ++done));
    }
    people.end();
    space.settle();
    events.emit(new Event.PhaseFinished("apply", done));
    remarks.addAll(people.remarks());
    return new Applied(lost.records(), directories.moved(), files.kept(), remarks);
  }

  private static String driver(Fmri owner, Action action) {
    return "driver '"
        + action.key()
        + "' of "
        + owner
        + " is not registered: this system has no add_drv";
  }
}
