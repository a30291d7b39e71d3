package emblema.image.image;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What an image notes about one package version (spec image-layout, section 4). */
public enum PackageFlag {
  /** In the catalog of an enabled publisher. */
  KNOWN(0),
  INSTALLED(2),
  /** A newer version from the same publisher is known. */
  UPGRADABLE(4),
  /** Came from a catalog of version 1; always set. */
  CATALOG_V1(7),
  OBSOLETE(8),
  RENAMED(9),
  /** Its metadata cannot be understood, so it cannot be installed. */
  UNSUPPORTED(10),
  FROZEN(11),
  LEGACY(12),
  /** The administrator named it, rather than another package requiring it. */
  MANUAL(13);

  private final int number;

  PackageFlag(int number) {
    this.number = number;
  }

  /** As stored; never renumbered. */
  public int number() {
    return number;
  }

  static Optional<PackageFlag> of(int number) {
    for (PackageFlag flag : values()) {
      if (flag.number == number) {
        return Optional.of(flag);
      }
    }
    return Optional.empty();
  }

  static Set<PackageFlag> setOf(Collection<PackageFlag> flags) {
    return flags.isEmpty() ? EnumSet.noneOf(PackageFlag.class) : EnumSet.copyOf(flags);
  }
}
