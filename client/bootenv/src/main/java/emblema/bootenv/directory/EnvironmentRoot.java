package emblema.bootenv.directory;

import emblema.bootenv.directory.DirectoryEnvironments.Setting;
import emblema.core.io.AtomicFile;
import emblema.core.io.Disk;
import emblema.core.io.FileLock;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.core.io.TemporaryNames;
import emblema.core.io.TreeRemoval;
import java.time.Instant;
import java.util.List;

/** The environment root's own files: links, notes, the lock, and what crashes leave. */
final class EnvironmentRoot {
  private final Disk disk;
  private final Setting setting;

  EnvironmentRoot(Disk disk, Setting setting) {
    this.disk = disk;
    this.setting = setting;
  }

  Info info(String name, Stat tree) {
    Instant otherwise = Instant.ofEpochSecond(tree.mtime() / 1_000_000_000L);
    boolean isNoted = disk.stat(Layout.info(name)).filter(Stat::isFile).isPresent();
    return Info.parse(isNoted ? disk.readBytes(Layout.info(name)) : new byte[0], otherwise);
  }

  /** Notes a new environment. */
  void note(String name, String origin, String description) {
    Instant now = Instant.ofEpochSecond(setting.clock().instant().getEpochSecond());
    String uuid = setting.identifiers().get();
    note(name, new Info(uuid, now, origin, description));
  }

  void note(String name, Info info) {
    AtomicFile.write(disk, Layout.info(name), 0644, info.toBytes(), setting.durability());
  }

  /** The environment that a link names; empty text if it names none. */
  String linked(SafePath link) {
    return disk.stat(link)
        .filter(Stat::isLink)
        .map(s -> Layout.linked(disk.readLink(link)))
        .orElse("");
  }

  /** Replaces a link by one rename. */
  void point(SafePath link, String name) {
    SafePath temporary = TemporaryNames.of(link);
    if (disk.stat(temporary).isPresent()) {
      disk.remove(temporary);
    }
    disk.symlink(Layout.linkTo(name), temporary);
    setting.durability().sync(disk, SafePath.ROOT);
    disk.rename(temporary, link);
    setting.durability().sync(disk, SafePath.ROOT);
  }

  /** Removes what interrupted commands left behind. */
  void sweep() {
    List<String> names = disk.list(Layout.TREES);
    for (String name : names) {
      if (Layout.isOurs(name)) {
        TreeRemoval.remove(disk, Layout.TREES.resolve(name));
      }
    }
    for (String name : disk.list(Layout.INFO)) {
      if (!names.contains(name)) {
        disk.remove(Layout.INFO.resolve(name));
      }
    }
  }

  FileLock lock() {
    String what = "environment root '" + disk.root() + "'";
    return FileLock.acquire(disk, Layout.LOCK, what, setting.owner(), setting.clock());
  }
}
