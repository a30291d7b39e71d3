package emblema.flash.deploy;

import emblema.core.error.ConflictException;
import emblema.core.error.StorageException;
import emblema.core.event.Event;
import emblema.core.event.EventSink;
import emblema.core.io.AtomicFile;
import emblema.core.io.Disk;
import emblema.core.io.Durability;
import emblema.core.io.OsNames;
import emblema.core.io.RealDisk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.core.io.TreeRemoval;
import emblema.flash.archive.ArchiveReader;
import emblema.flash.archive.Keyword;
import emblema.flash.archive.SectionName;
import emblema.flash.codec.Payload;
import emblema.flash.deploy.DeploymentOptions.Check;
import emblema.flash.manifest.ChecklistReader;
import emblema.flash.reset.HostReset;
import emblema.flash.script.Script;
import emblema.flash.tree.DirectoryTimes;
import emblema.flash.tree.Extraction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Carries a plan out in one tree. From its first change to its last the tree holds the directory
 * {@link Places#WORK}, which says that it is not complete.
 */
final class Deployer {
  private static final String PHASE = "extract";

  private final DeploymentPlan plan;
  private final Map<String, String> environment;
  private final EventSink events;
  private final List<Script> run = new ArrayList<>();
  private List<String> removals = List.of();
  private List<String> reset = List.of();
  private List<Script> rebootScripts = List.of();
  private long objects;

  Deployer(DeploymentPlan plan, Map<String, String> environment, EventSink events) {
    this.plan = plan;
    this.environment = environment;
    this.events = events;
  }

  DeploymentReport report() {
    return new DeploymentReport(objects, removals, run, reset, rebootScripts);
  }

  String archiveName() {
    return value(Keyword.NAME).orElse(plan.source().name());
  }

  private Optional<String> value(String keyword) {
    return plan.identification().value(keyword);
  }

  void deploy(Path root) {
    try (Disk disk = RealDisk.open(root);
        ArchiveReader archive = plan.source().open()) {
      DirectoryTimes times = new DirectoryTimes(disk);
      times.beforeChangeOf(Places.WORK);
      TreeRemoval.remove(disk, Places.WORK);
      disk.makeDirectory(Places.WORK, 0700);
      disk.makeDirectory(Places.SCRIPTS, 0700);
      disk.makeDirectory(Places.SCRIPTS.resolve("flash"), 0700);
      boolean isChecked = readSections(archive, disk);
      ScriptPhases scripts = new ScriptPhases(disk, plan, environment, events);
      run.addAll(scripts.before());
      remove(isChecked, disk, times);
      extract(archive, disk, times);
      writeMaster(disk, times);
      if (!plan.isDifferential() && !plan.options().keepsIdentity()) {
        resetHost(disk, times);
      }
      run.addAll(scripts.after());
      if (plan.options().runScripts()) {
        rebootScripts = new RebootScripts(disk, times).install(archiveName(), scripts.variables());
      }
      writeLog(disk, scripts.log(), times);
      TreeRemoval.remove(disk, Places.WORK);
      times.restore();
    }
  }

  /** Whether the tree was checked against a manifest: then that says what goes. */
  private boolean readSections(ArchiveReader archive, Disk disk) {
    boolean wantsCheck = plan.isDifferential() && plan.options().makes(Check.CONTENT);
    boolean[] isChecked = new boolean[1];
    archive.sections(
        (name, body) -> {
          if (ScriptSections.isOne(name)) {
            ScriptSections.unpack(body, disk, archive.source(), events);
          } else if (name.equals(SectionName.MANIFEST) && wantsCheck) {
            CloneCheck check = CloneCheck.of(new ChecklistReader(body, archive.source()), disk);
            boolean force = plan.options().force();
            check.require(plan.target().name(), archive.source(), force);
            removals = check.removals(force);
            isChecked[0] = true;
          }
        });
    if (wantsCheck && !isChecked[0]) {
      warn("Manifest section not found: the clone was not checked");
    }
    return isChecked[0];
  }

  private void remove(boolean isChecked, Disk disk, DirectoryTimes times) {
    if (isChecked) {
      for (String path : removals) {
        times.beforeChangeOf(SafePath.of(path));
        TreeRemoval.remove(disk, SafePath.of(path));
      }
    } else if (plan.isDifferential()) {
      List<String> removed = new ArrayList<>();
      // Without a check nobody knows what else a directory holds by now: only empty ones go.
      for (SafePath path : ScriptSections.deleted(disk).reversed()) {
        Optional<Stat> stat = disk.stat(path);
        if (stat.isPresent() && (!stat.get().isDirectory() || disk.list(path).isEmpty())) {
          times.beforeChangeOf(path);
          TreeRemoval.remove(disk, path);
          removed.add("/" + path);
        }
      }
      removals = removed.reversed();
    }
  }

  private void extract(ArchiveReader archive, Disk disk, DirectoryTimes times) {
    long total = plan.contents().map(contents -> contents.objects()).orElse(-1L);
    events.emit(
        new Event.PhaseStarted(
            PHASE, "Extracting archive: " + archiveName(), total, Event.Unit.ITEMS));
    try {
      Payload payload = archive.files();
      GuardedMembers members = new GuardedMembers(payload.members(), PHASE, events);
      new Extraction(disk, SafePath.ROOT, times, events).run(members, archive.source());
      objects = members.count();
      if (objects > 0 && !members.hasPackages()) {
        warnOfPackages(disk);
      }
      requireAgreement(archive, payload.finish());
    } catch (IOException e) {
      throw new StorageException(
          "cannot read '" + archive.source() + "'",
          Objects.toString(e.getMessage(), null),
          List.of(),
          e);
    }
    events.emit(new Event.PhaseFinished(PHASE, objects));
  }

  private void warnOfPackages(Disk disk) {
    if (CloneCheck.stat(disk, Places.PACKAGES).filter(Stat::isDirectory).isPresent()) {
      events.emit(
          new Event.Warning(
              "the archive changes files of a system with packages, but not what is known of them",
              List.of("'pkg verify' shows which packaged files are not as they were delivered")));
    }
  }

  /** A file that was read before must be the same now; a stream is read for the first time. */
  private void requireAgreement(ArchiveReader archive, String id) {
    EventSink told = plan.contents().isPresent() ? EventSink.QUIET : events;
    if (!archive.checkId(id, told) && plan.options().isStrict()) {
      throw new ConflictException(
          "'" + archive.source() + "' is not what it was made as: its id does not agree");
    }
    if (plan.contents().filter(contents -> !contents.id().equals(id)).isPresent()) {
      throw new ConflictException(
          "'" + archive.source() + "' changed while it was deployed", "deploy it again");
    }
  }

  private void writeMaster(Disk disk, DirectoryTimes times) {
    byte[] master = OsNames.encode(value(Keyword.MASTER).orElse("none"));
    if (disk.stat(Places.MASTER).filter(Stat::isFile).isPresent()
        && Arrays.equals(disk.readBytes(Places.MASTER), master)) {
      return;
    }
    Places.make(disk, Places.MASTER.parent().orElseThrow(), times);
    times.beforeChangeOf(Places.MASTER);
    AtomicFile.write(disk, Places.MASTER, 0644, master, Durability.NONE);
  }

  private void resetHost(Disk disk, DirectoryTimes times) {
    HostReset host = HostReset.of(disk, events);
    reset = host.run(plan.options().rootPassword());
    try {
      noteExclusions(host.patterns(), disk, times);
    } catch (ConflictException e) {
      warn(
          "'/"
              + Places.EXCLUSIONS
              + "' was not written, so that differential archives will find host-specific files"
              + " changed: "
              + e.getMessage());
    }
  }

  private static void noteExclusions(List<String> patterns, Disk disk, DirectoryTimes times) {
    List<String> lines = new ArrayList<>(patterns);
    for (SafePath at = Places.STATE; disk.stat(at).isEmpty(); at = at.parent().orElseThrow()) {
      lines.add("/" + at); // The master has no such directory.
    }
    Places.make(disk, Places.STATE, times);
    times.beforeChangeOf(Places.EXCLUSIONS);
    String text = String.join("\n", lines) + "\n";
    AtomicFile.write(disk, Places.EXCLUSIONS, 0644, OsNames.encode(text), Durability.NONE);
  }

  private static void writeLog(Disk disk, List<String> lines, DirectoryTimes times) {
    if (!lines.isEmpty()) {
      Places.make(disk, Places.STATE, times);
      String text = String.join("\n", lines) + "\n";
      AtomicFile.write(disk, Places.LOG, 0600, OsNames.encode(text), Durability.NONE);
    }
  }

  private void warn(String text) {
    events.emit(new Event.Warning(text));
  }
}
