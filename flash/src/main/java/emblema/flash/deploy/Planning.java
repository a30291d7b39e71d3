package emblema.flash.deploy;

import emblema.core.error.ConflictException;
import emblema.core.error.MalformedException;
import emblema.core.error.StorageException;
import emblema.core.event.Event;
import emblema.core.event.EventSink;
import emblema.core.io.Disk;
import emblema.core.io.OsNames;
import emblema.core.io.RealDisk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.flash.archive.ArchiveReader;
import emblema.flash.archive.Identification;
import emblema.flash.archive.Keyword;
import emblema.flash.archive.SectionName;
import emblema.flash.codec.Member;
import emblema.flash.codec.MemberReader;
import emblema.flash.codec.Payload;
import emblema.flash.deploy.DeploymentOptions.Check;
import emblema.flash.deploy.DeploymentPlan.Contents;
import emblema.flash.manifest.ChecklistReader;
import emblema.flash.script.Script;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Checks everything that can be checked before the first change (spec flash-scripts, 4 and 5). */
final class Planning {
  private static final long BLOCK = 4096;

  private final ArchiveReader archive;
  private final Target target;
  private final DeploymentOptions options;
  private final EventSink events;

  Planning(ArchiveReader archive, Target target, DeploymentOptions options, EventSink events) {
    this.archive = archive;
    this.target = target;
    this.options = options;
    this.events = events;
  }

  /** What the archive says about itself. */
  void checkIdentification(Set<String> machine) {
    Identification identification = archive.identification();
    if (identification.isRootPool()) {
      throw new ConflictException(
          "'" + archive.source() + "' is an archive of a ZFS root pool: a send stream, not files",
          "receive its payload with 'zfs receive' on a system that has ZFS");
    }
    String type = identification.value(Keyword.TYPE).orElse("FULL");
    if (!type.equals("FULL") && !type.equals("DIFFERENTIAL")) {
      throw new MalformedException(
          archive.source(), 0, 0, "Unknown archive type (" + type + ")", null);
    }
    if (options.makes(Check.ARCHITECTURE)) {
      identification
          .value(Keyword.ARCHITECTURES)
          .filter(list -> !list.isBlank())
          .filter(
              list ->
                  Arrays.stream(list.split("[, ]+"))
                      .noneMatch(each -> machine.contains(each.toLowerCase(Locale.ROOT))))
          .ifPresent(
              list -> {
                throw new ConflictException(
                    "Archive does not support this architecture (" + list + ")",
                    "--no-architecture-check deploys it all the same");
              });
    }
  }

  /** The system that a differential archive updates, or the directory of a full one. */
  void checkBase(Path root) {
    try (Disk base = RealDisk.open(root)) {
      if (archive.identification().isDifferential()) {
        checkMaster(base);
      }
    }
  }

  private void checkMaster(Disk base) {
    String expected = archive.identification().value(Keyword.MASTER).orElse("");
    String found =
        CloneCheck.stat(base, Places.MASTER)
            .filter(Stat::isFile)
            .map(stat -> OsNames.decode(base.readBytes(Places.MASTER)).strip())
            .orElse("none");
    if (options.makes(Check.MASTER) && !found.equals(expected)) {
      throw new ConflictException(
          "Clone master differs from archive master (\"" + found + "\" ws \"" + expected + "\")",
          "'/etc/flash/master' of the clone names the master that it was made from",
          "--no-master-check updates it all the same");
    }
  }

  /**
   * Reads the archive to its end.
   *
   * @param base what a differential archive will be applied to
   */
  Contents read(Optional<Path> base) {
    List<Script> scripts = new ArrayList<>();
    List<String> removals = new ArrayList<>();
    boolean isChecked = base.isPresent() && options.makes(Check.CONTENT);
    archive.sections(
        (name, body) -> {
          if (ScriptSections.isOne(name)) {
            scripts.addAll(ScriptSections.list(name, body));
          } else if (name.equals(SectionName.MANIFEST) && isChecked) {
            try (Disk clone = RealDisk.open(base.orElseThrow())) {
              CloneCheck check = CloneCheck.of(new ChecklistReader(body, archive.source()), clone);
              check.require(target.name(), archive.source(), options.force());
              removals.addAll(check.removals(options.force()));
            }
          }
        });
    return count(scripts, removals);
  }

  private Contents count(List<Script> scripts, List<String> removals) {
    events.emit(new Event.PhaseStarted("verify", "Reading the archive", -1, Event.Unit.ITEMS));
    long objects = 0;
    long bytes = 0;
    String id;
    try {
      Payload payload = archive.files();
      payload.warnings().forEach(text -> events.emit(new Event.Warning(text)));
      MemberReader members = new GuardedMembers(payload.members(), "verify", events);
      for (Member member = members.next(); member != null; member = members.next()) {
        objects++;
        bytes += BLOCK * Math.max(1, (member.size() + BLOCK - 1) / BLOCK);
      }
      id = payload.finish();
      boolean agrees = archive.checkId(id, events);
      if (!agrees && options.isStrict()) {
        throw new ConflictException(
            "'" + archive.source() + "' is not what it was made as: its id does not agree");
      }
    } catch (IOException e) {
      throw new StorageException(
          "cannot read '" + archive.source() + "'",
          Objects.toString(e.getMessage(), null),
          List.of("nothing was changed"),
          e);
    }
    events.emit(new Event.PhaseFinished("verify", objects));
    return new Contents(objects, bytes, id, scripts, removals);
  }

  /** Refuses, with figures, what cannot end well. */
  void checkSpace(Path place, Optional<Contents> contents) {
    long needed = contents.map(Contents::bytes).orElseGet(this::stated);
    long inodes = contents.map(Contents::objects).orElse(0L);
    try (Disk disk = RealDisk.open(place)) {
      Disk.Space space = disk.space(SafePath.ROOT);
      if (needed > space.freeBytes() || inodes > space.freeInodes()) {
        boolean lacksBytes = needed > space.freeBytes();
        throw new StorageException(
            "cannot deploy '"
                + archive.source()
                + "': not enough "
                + (lacksBytes ? "space" : "inodes")
                + " on the file system of '"
                + place
                + "'",
            lacksBytes
                ? "needed: " + needed + " bytes, free: " + space.freeBytes()
                : "needed: " + inodes + " inodes, free: " + space.freeInodes(),
            List.of("nothing was changed"),
            null);
      }
    }
  }

  /** As the original reckons (spec flash-archive, section 9). */
  private long stated() {
    Identification identification = archive.identification();
    return identification
        .unarchivedSize()
        .or(
            () ->
                identification
                    .archivedSize()
                    .map(size -> identification.isCompressed() ? size + size * 3 / 10 : size))
        .orElse(0L);
  }
}
