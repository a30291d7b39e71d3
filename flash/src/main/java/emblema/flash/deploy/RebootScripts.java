package emblema.flash.deploy;

import emblema.core.event.EventSink;
import emblema.core.io.AtomicFile;
import emblema.core.io.Disk;
import emblema.core.io.Durability;
import emblema.core.io.FileCopy;
import emblema.core.io.OsNames;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.core.io.TreeCopy;
import emblema.core.io.TreeRemoval;
import emblema.flash.archive.SectionName;
import emblema.flash.script.Script;
import emblema.flash.script.ScriptRunner;
import emblema.flash.tree.DirectoryTimes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Puts an archive's reboot scripts, and the data that they find in {@code $FLASH_DIR}, where the
 * boot-time service runs them once (spec flash-scripts, 4.5); and that service with them, because a
 * master need not have it. The layout is in docs/formats/flash-reboot.md.
 */
final class RebootScripts {
  private static final List<SafePath> SYSTEMD =
      List.of(new SafePath("etc/systemd/system"), new SafePath("usr/lib/systemd/system"));
  private static final List<SafePath> SMF = List.of(new SafePath("lib/svc/manifest"));

  private final Disk disk;
  private final DirectoryTimes times;

  RebootScripts(Disk disk, DirectoryTimes times) {
    this.disk = disk;
    this.times = times;
  }

  /** What is unpacked in the scripts' directory, and would be run. */
  List<Script> waiting() {
    return ScriptRunner.scripts(disk, Places.SCRIPTS.resolve(SectionName.REBOOT)).stream()
        .map(name -> new Script(SectionName.REBOOT, name))
        .toList();
  }

  /**
   * Installs them.
   *
   * @param archive its content_name
   * @param variables of the scripts; those of places are made anew
   */
  List<Script> install(String archive, Map<String, String> variables) {
    List<Script> scripts = waiting();
    if (scripts.isEmpty()) {
      return scripts;
    }
    Places.make(disk, Places.REBOOT, times);
    SafePath place = Places.REBOOT.resolve(directoryName(archive));
    SafePath building = Places.REBOOT.resolve(".new");
    TreeRemoval.remove(disk, building);
    TreeRemoval.remove(disk, place);
    disk.makeDirectory(building, 0700);
    for (String name : disk.list(Places.SCRIPTS)) {
      if (isKept(name)) {
        copy(Places.SCRIPTS.resolve(name), building.resolve(name));
      }
    }
    Map<String, String> there = new TreeMap<>(variables);
    String directory = "/" + place.text();
    there.putAll(Map.of("FLASH_ROOT", "/", "FLASH_DIR", directory, "FLASHDIR", directory));
    StringBuilder text = new StringBuilder();
    there.forEach(
        (name, value) -> text.append(name).append('=').append(quoted(value)).append('\n'));
    write(building.resolve(".variables"), 0600, text.toString());
    disk.rename(building, place);
    installService();
    return scripts;
  }

  /** The steps before and after the extraction have been. */
  private static boolean isKept(String name) {
    return !name.equals(SectionName.PREDEPLOYMENT)
        && !name.equals(SectionName.POSTDEPLOYMENT)
        && !name.endsWith("_processing")
        && !name.startsWith(".");
  }

  private void copy(SafePath from, SafePath to) {
    if (disk.stat(from).filter(Stat::isDirectory).isPresent()) {
      TreeCopy.copy(disk, from, to, TreeCopy.Policy.COPY, EventSink.QUIET);
    } else {
      new FileCopy(disk, EventSink.QUIET).copy(from, to);
    }
  }

  /** One plain name of a directory, whatever the archive is called. */
  private static String directoryName(String archive) {
    String plain = archive.replaceAll("[^A-Za-z0-9._-]", "_");
    String cut = plain.length() > 100 ? plain.substring(0, 100) : plain;
    return cut.isEmpty() || cut.startsWith(".") ? "_" + cut : cut;
  }

  private static String quoted(String value) {
    return "'" + value.replace("'", "'\\''") + "'";
  }

  private void installService() {
    write(Places.RUNNER, 0755, resource("flash-reboot"));
    if (hasOneOf(SYSTEMD)) {
      Places.make(disk, Places.UNIT.parent().orElseThrow(), times);
      write(Places.UNIT, 0644, resource("flash-reboot.service"));
      Places.make(disk, Places.WANTED.parent().orElseThrow(), times);
      if (disk.stat(Places.WANTED).isEmpty()) {
        disk.symlink("../" + Places.UNIT.name(), Places.WANTED);
      }
    }
    if (hasOneOf(SMF)) {
      Places.make(disk, Places.SERVICE.parent().orElseThrow(), times);
      write(Places.SERVICE, 0644, resource("flash-reboot.xml"));
    }
  }

  private boolean hasOneOf(List<SafePath> directories) {
    return directories.stream()
        .anyMatch(each -> CloneCheck.stat(disk, each).filter(Stat::isDirectory).isPresent());
  }

  private void write(SafePath path, int mode, String text) {
    byte[] bytes = OsNames.encode(text);
    AtomicFile.write(disk, path, mode, bytes, Durability.NONE);
  }

  static String resource(String name) {
    try (InputStream in = RebootScripts.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its file " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
