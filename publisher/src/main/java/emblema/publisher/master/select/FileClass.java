package emblema.publisher.master.select;

import emblema.publisher.master.rule.PathGlob;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Built-in classes of objects that a package must not deliver (spec master-image-diff, section
 * 5.3). Patterns name contents; the directories that hold them are delivered.
 */
public enum FileClass {
  /** Contents of pseudo file systems. */
  PSEUDO(false, "proc/**", "sys/**", "dev/**", "run/**"),
  /** What comes and goes. */
  VOLATILE(
      false,
      "tmp/**",
      "var/tmp/**",
      "var/cache/**",
      "var/run/**",
      "var/lock/**",
      "**/lost+found/**",
      "**/*.swp",
      "**/core.[0-9]*"),
  /** What tells one machine from another: a master must be neutral. */
  IDENTITY(
      true,
      "etc/machine-id",
      "var/lib/dbus/machine-id",
      "etc/ssh/ssh_host_*",
      "etc/hostname",
      "etc/hostid",
      "var/lib/dhcp/*",
      "var/lib/dhclient/*",
      "var/lib/NetworkManager/*.lease",
      "var/lib/systemd/random-seed",
      "var/lib/systemd/credential.secret",
      "var/lib/urandom/random-seed",
      "etc/udev/rules.d/70-persistent-*.rules",
      "var/mail/**",
      "var/spool/mail/**",
      "root/.*_history",
      "home/*/.*_history"),
  /** Account files, which section 7.2 treats on their own. */
  ACCOUNTS(
      false,
      "etc/passwd",
      "etc/passwd-",
      "etc/group",
      "etc/group-",
      "etc/shadow",
      "etc/shadow-",
      "etc/gshadow",
      "etc/gshadow-",
      "etc/subuid",
      "etc/subuid-",
      "etc/subgid",
      "etc/subgid-"),
  /** Caches that services build at run time. */
  CACHES(
      false,
      "etc/ld.so.cache",
      "usr/share/icons/*/icon-theme.cache",
      "usr/share/applications/mimeinfo.cache",
      "usr/share/mime/mime.cache",
      "usr/lib/x86_64-linux-gnu/gdk-pixbuf-*/*/loaders.cache",
      "**/lib/modules/*/modules.dep",
      "**/lib/modules/*/modules.*.bin",
      "**/lib/modules/*/modules.alias",
      "**/lib/modules/*/modules.symbols",
      "**/lib/modules/*/modules.softdep",
      "**/lib/modules/*/modules.devname"),
  /** This system's image metadata and other package databases. */
  DATABASES(
      false,
      "var/pkg/**",
      ".org.opensolaris,pkg/**",
      "var/lib/dpkg/**",
      "var/lib/apt/**",
      "var/lib/rpm/**",
      "usr/lib/sysimage/rpm/**"),
  /** Areas that an image refuses. */
  RESERVED(false, "system/volatile/**", "var/share/**"),
  /** What packages of other publishers deliver; told by the tree's own image, not by patterns. */
  FOREIGN(false);

  private final boolean reported;
  private final List<PathGlob> globs;

  FileClass(boolean reported, String... globs) {
    this.reported = reported;
    this.globs = Arrays.stream(globs).map(PathGlob::of).toList();
  }

  /** The word of {@code --class} and of reports. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<FileClass> named(String word) {
    return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
  }

  /** Whether each object of the class is a finding for the report. */
  public boolean isReported() {
    return reported;
  }

  List<PathGlob> globs() {
    return globs;
  }
}
