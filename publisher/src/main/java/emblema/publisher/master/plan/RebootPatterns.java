package emblema.publisher.master.plan;

import emblema.publisher.master.rule.PathGlob;
import java.util.List;

/**
 * Objects whose change or removal needs a new boot environment (spec master-image-diff, section 9).
 */
final class RebootPatterns {
  private static final List<PathGlob> OFF =
      globs(
          "**/lib/modules/*/build/**",
          "**/lib/modules/*/source/**",
          "**/lib/modules/**/*.conf",
          "boot/**/*.conf");

  private static final List<PathGlob> ON =
      globs(
          "boot/**",
          "lib/modules/*/**",
          "usr/lib/modules/*/**",
          "etc/default/grub",
          "usr/lib/grub/**",
          "usr/sbin/grub-*",
          "usr/lib/systemd/boot/**",
          "**/ld-*.so*",
          "**/ld.so",
          "**/libc.so*",
          "**/libc-*.so",
          "**/libpthread*.so*",
          "**/libdl*.so*",
          "**/libm.so*",
          "**/libm-*.so",
          "**/librt*.so*",
          "**/libresolv*.so*",
          "**/libnss_*.so*",
          "sbin/init",
          "usr/sbin/init",
          "usr/lib/systemd/systemd",
          "lib/systemd/systemd",
          "**/libsystemd-shared-*.so*",
          "**/libsystemd-core-*.so*",
          "**/systemd-udevd",
          "usr/bin/udevadm",
          "usr/bin/dbus-daemon",
          "usr/bin/dbus-broker*",
          "etc/selinux/**",
          "etc/apparmor.d/**",
          "kernel/**",
          "platform/**");

  private RebootPatterns() {}

  private static List<PathGlob> globs(String... globs) {
    return java.util.Arrays.stream(globs).map(PathGlob::of).toList();
  }

  static boolean match(String path) {
    return any(ON, path) && !any(OFF, path);
  }

  private static boolean any(List<PathGlob> globs, String path) {
    for (PathGlob glob : globs) {
      if (glob.matches(path)) {
        return true;
      }
    }
    return false;
  }
}
