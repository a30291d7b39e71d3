package emblema.flash.create;

import emblema.core.error.ConflictException;
import emblema.core.error.NotFoundException;
import emblema.core.error.UsageException;
import emblema.core.event.Event;
import emblema.core.event.EventSink;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.flash.archive.SectionName;
import emblema.flash.archive.SectionText;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sections of users: files that they name, then those that precreation scripts left. */
final class UserSections {
  private final Workplace workplace;
  private final EventSink events;

  /** In the order that the archive gets. */
  private final Map<String, Disk> disks = new LinkedHashMap<>();

  private final Map<String, SafePath> files = new LinkedHashMap<>();

  UserSections(Workplace workplace, EventSink events) {
    this.workplace = workplace;
    this.events = events;
  }

  /** Refuses names that no section of a user can have, before any work is done. */
  static void check(List<String> names) {
    for (String name : names) {
      if (!SectionName.isFree(name)) {
        throw new UsageException(
            "'" + name + "' cannot be the name of a section",
            "the names of the software's sections are taken; '/', '=' and a leading dot are not"
                + " allowed");
      }
    }
  }

  /** Adds files of a directory by name. */
  void add(Disk directory, List<String> names) {
    for (String name : names) {
      SafePath file = SafePath.of(name);
      if (directory.stat(file).filter(Stat::isFile).isEmpty()) {
        throw new NotFoundException(
            "section file '" + directory.describe(file) + "' does not exist",
            "a section is a file of its name in the current directory, or in that of -d");
      }
      put(name, directory, file);
    }
  }

  /** Adds what scripts left. */
  void addFromScripts() {
    Disk disk = workplace.disk();
    for (SafePath place : Workplace.USER_SECTIONS) {
      if (disk.stat(place).filter(Stat::isDirectory).isEmpty()) {
        continue;
      }
      for (Disk.Entry entry : disk.entries(place)) {
        if (entry.stat().isFile()) {
          if (!SectionName.isFree(entry.name())) {
            throw new ConflictException(
                "'" + place + "/" + entry.name() + "' cannot be a section",
                "precreation scripts made it: they must choose another name");
          }
          put(entry.name(), disk, place.resolve(entry.name()));
        }
      }
    }
  }

  private void put(String name, Disk disk, SafePath file) {
    if (disks.put(name, disk) != null) {
      throw new ConflictException(
          "there are two sections '" + name + "'", "give one of them another name");
    }
    files.put(name, file);
    if (!name.startsWith("X")) {
      events.emit(
          new Event.Warning(
              "section '" + name + "' does not begin with X: older software may refuse it"));
    }
  }

  /** Writes all into one file of the workplace. */
  void prepare() {
    SafePath all = Workplace.SECTIONS_OF_USERS;
    try (OutputStream out = workplace.disk().create(all, 0600)) {
      for (Map.Entry<String, SafePath> file : files.entrySet()) {
        Disk disk = java.util.Objects.requireNonNull(disks.get(file.getKey()));
        SectionText.section(file.getKey(), disk.read(file.getValue()), out);
      }
    } catch (IOException e) {
      throw Scratch.unwritable(workplace.disk(), all, e);
    }
  }
}
