package emblema.flash.deploy;

import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.flash.tree.DirectoryTimes;
import java.util.List;

/** The paths that deployment itself writes to, relative to the root of the system. */
final class Places {
  /** Exists while a deployment is under way: a tree that has it is not complete. */
  static final SafePath WORK = new SafePath(".flash-deployment");

  /** Where the sections with scripts are unpacked: {@code $FLASH_DIR}. */
  static final SafePath SCRIPTS = WORK.resolve("scripts");

  /** Names the master that a system was made of, without line feed. */
  static final SafePath MASTER = new SafePath("etc/flash/master");

  static final SafePath STATE = new SafePath("var/lib/flash");

  /** Patterns of host-specific files, which differ from the master's since they were reset. */
  static final SafePath EXCLUSIONS = STATE.resolve("exclusions");

  static final SafePath LOG = STATE.resolve("deployment.log");

  /** One directory for each archive whose reboot scripts are still to be run. */
  static final SafePath REBOOT = STATE.resolve("reboot");

  static final SafePath RUNNER = STATE.resolve("flash-reboot");

  /** The metadata of an image of packages. */
  static final SafePath PACKAGES = new SafePath("var/pkg");

  static final SafePath UNIT = new SafePath("etc/systemd/system/flash-reboot.service");
  static final SafePath WANTED =
      new SafePath("etc/systemd/system/multi-user.target.wants/flash-reboot.service");
  static final SafePath SERVICE = new SafePath("lib/svc/manifest/site/flash-reboot.xml");

  /** Not part of what a master delivers. */
  static final List<SafePath> OURS =
      List.of(WORK, new SafePath("etc/flash"), MASTER, STATE, UNIT, WANTED, SERVICE);

  private Places() {}

  /** Makes a directory and those above it, as far as they are missing. */
  static void make(Disk disk, SafePath directory, DirectoryTimes times) {
    if (disk.stat(directory).isEmpty()) {
      make(disk, directory.parent().orElseThrow(), times);
      times.beforeChangeOf(directory);
      disk.makeDirectory(directory, 0755);
    }
  }
}
