package emblema.flash.create;

import emblema.core.error.ConflictException;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.flash.archive.SectionName;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

/**
 * The older way of registering deployment scripts (spec flash-scripts, 2.1): {@code preinstall} and
 * {@code postinstall}, with the scripts in {@code proc.d} and their order in links in {@code
 * order.d}, or lying there directly. They become scripts of the sections under the names that order
 * them.
 */
final class OlderScripts {
  private static final Map<String, String> SECTIONS =
      Map.of(
          "preinstall", SectionName.PREDEPLOYMENT,
          "postinstall", SectionName.POSTDEPLOYMENT);
  private static final String SCRIPTS = "proc.d";
  private static final String ORDER = "order.d";

  private final Disk disk;

  OlderScripts(Disk disk) {
    this.disk = disk;
  }

  void register() {
    SECTIONS.forEach((from, to) -> register(SafePath.of(from), SafePath.of(to)));
  }

  private void register(SafePath from, SafePath to) {
    if (!isDirectory(from)) {
      return;
    }
    SafePath order = from.resolve(ORDER);
    SafePath scripts = from.resolve(SCRIPTS);
    if (isDirectory(order)) {
      for (Disk.Entry entry : disk.entries(order)) {
        SafePath place = order.resolve(entry.name());
        String target = entry.stat().isLink() ? disk.readLink(place) : "";
        String name = target.substring(target.lastIndexOf('/') + 1);
        copy(entry.stat().isLink() ? scripts.resolve(name) : place, to.resolve(entry.name()));
      }
    } else if (isDirectory(scripts)) {
      copyFiles(scripts, to);
    }
    copyFiles(from, to);
  }

  private boolean isDirectory(SafePath path) {
    return disk.stat(path).filter(Stat::isDirectory).isPresent();
  }

  private void copyFiles(SafePath from, SafePath to) {
    for (Disk.Entry entry : disk.entries(from)) {
      if (entry.stat().isFile()) {
        copy(from.resolve(entry.name()), to.resolve(entry.name()));
      }
    }
  }

  private void copy(SafePath script, SafePath copy) {
    Stat stat = disk.stat(script).filter(Stat::isFile).orElse(null);
    if (stat == null) {
      throw new ConflictException(
          "'" + disk.describe(script) + "' is ordered but is no script",
          "links in 'order.d' lead to files in 'proc.d'");
    }
    if (disk.stat(copy).isPresent()) {
      throw new ConflictException(
          "there are two scripts '" + copy + "'", "'" + script + "' is the other one");
    }
    try (InputStream in = disk.read(script);
        OutputStream out = disk.create(copy, stat.mode())) {
      in.transferTo(out);
    } catch (IOException e) {
      throw Scratch.unwritable(disk, copy, e);
    }
  }
}
