package emblema.flash.create;

import emblema.core.error.ConflictException;
import emblema.core.io.Disk;
import emblema.core.io.OsNames;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.flash.archive.SectionName;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The private directory of one creation, {@code $FLASH_DIR} (spec flash-scripts, 2.1). Names that
 * begin with a dot are ours; what scripts leave in directories of other names travels with the
 * predeployment section.
 */
final class Workplace {
  static final SafePath TOOLS = SafePath.of(".bin");
  static final SafePath SELECTED = SafePath.of(".selection");
  static final SafePath FORCED = SafePath.of(".include");
  static final SafePath CHANGED = SafePath.of(".changed");
  static final SafePath DELETED = SafePath.of(".deleted");
  static final SafePath MANIFEST = SafePath.of(".manifest");
  static final SafePath SECTIONS_OF_SOFTWARE = SafePath.of(".sections-of-software");
  static final SafePath SECTIONS_OF_USERS = SafePath.of(".sections-of-users");
  static final SafePath SUMMARY = SafePath.of("summary");
  static final SafePath PREEXIT = SafePath.of("preexit");

  /** Both spellings are in the manuals. */
  static final List<SafePath> USER_SECTIONS =
      List.of(SafePath.of("custom_sections"), SafePath.of("sections"));

  private static final SafePath MASTERS = SafePath.of("etc/flash");
  private static final List<String> PHASES =
      List.of(SectionName.PREDEPLOYMENT, SectionName.POSTDEPLOYMENT, SectionName.REBOOT);
  private static final Set<String> KNOWN =
      Set.of(
          SectionName.PREDEPLOYMENT,
          SectionName.POSTDEPLOYMENT,
          SectionName.REBOOT,
          "custom_sections",
          "sections",
          "preinstall",
          "postinstall",
          "preexit");

  private static final int PRIVATE = 0700;

  private final Disk disk;

  /** An empty directory of its own. */
  Workplace(Disk disk) {
    this.disk = disk;
  }

  Disk disk() {
    return disk;
  }

  /** Makes what scripts expect to find, with the master's own scripts in it. */
  void prepare(Optional<Disk> master) {
    for (String name : KNOWN) {
      disk.makeDirectory(SafePath.of(name), PRIVATE);
    }
    disk.makeDirectory(TOOLS, PRIVATE);
    write(SUMMARY, 0600, "");
    write(FORCED, 0600, "");
    master.ifPresent(
        image -> {
          for (String phase : PHASES) {
            copy(image, MASTERS.resolve(phase), SafePath.of(phase));
          }
        });
  }

  /** Where the master keeps its scripts of one kind. */
  static SafePath ofMaster(String kind) {
    return MASTERS.resolve(kind);
  }

  void write(SafePath file, int mode, String text) {
    try (OutputStream out = disk.create(file, mode)) {
      out.write(OsNames.encode(text));
    } catch (IOException e) {
      throw Scratch.unwritable(disk, file, e);
    }
  }

  /** A tree of scripts: files, links and directories, nothing else. */
  private void copy(Disk image, SafePath from, SafePath to) {
    if (image.stat(from).filter(Stat::isDirectory).isEmpty()) {
      return;
    }
    for (Disk.Entry entry : image.entries(from)) {
      SafePath source = from.resolve(entry.name());
      SafePath copy = to.resolve(entry.name());
      switch (entry.stat().kind()) {
        case DIRECTORY -> {
          disk.makeDirectory(copy, entry.stat().mode() | PRIVATE);
          copy(image, source, copy);
        }
        case FILE -> copyFile(image, source, copy, entry.stat());
        case LINK -> disk.symlink(image.readLink(source), copy);
        default ->
            throw new ConflictException(
                "'" + image.describe(source) + "' is neither script nor data",
                "only files, links and directories belong there");
      }
    }
  }

  private void copyFile(Disk image, SafePath source, SafePath copy, Stat stat) {
    try (InputStream in = image.read(source);
        OutputStream out = disk.create(copy, stat.mode() | 0600)) {
      in.transferTo(out);
    } catch (IOException e) {
      throw Scratch.unwritable(disk, copy, e);
    }
    disk.setTimes(copy, stat.mtime(), stat.mtime());
  }

  /** Names at the top that a phase's section holds. */
  Set<String> contents(String phase) {
    Set<String> names = new TreeSet<>(List.of(phase, phase + "_processing"));
    if (phase.equals(SectionName.PREDEPLOYMENT)) {
      names.add(DELETED.text());
      for (Disk.Entry entry : disk.entries(SafePath.ROOT)) {
        boolean isData = entry.stat().isDirectory() && !entry.name().startsWith(".");
        if (isData && !KNOWN.contains(entry.name())) {
          names.add(entry.name());
        }
      }
    }
    return names;
  }

  /** Lines that scripts added to the summary. */
  List<String> summary() {
    return lines(SUMMARY);
  }

  /** Names that scripts forced into the archive. */
  List<String> forced() {
    return lines(FORCED);
  }

  private List<String> lines(SafePath file) {
    if (disk.stat(file).filter(Stat::isFile).isEmpty()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    for (String line : OsNames.decode(disk.readBytes(file)).split("\n", -1)) {
      if (!line.isEmpty()) {
        lines.add(line);
      }
    }
    return lines;
  }
}
