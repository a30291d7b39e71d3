package emblema.image.cli;

import emblema.core.fmri.Fmri;
import emblema.core.fmri.Version;
import emblema.image.image.PackageFlag;
import emblema.image.image.StateEntry;
import emblema.image.image.StateSnapshot;
import java.util.Set;
import java.util.function.Predicate;

/**
 * One line of {@code pkg list}.
 *
 * @param isNeeded wanted by a group or optional dependency; shown by {@code -R} only
 */
record ListRow(Fmri fmri, Predicate<PackageFlag> flags, String summary, boolean isNeeded) {

  static ListRow of(StateSnapshot.Row row) {
    return new ListRow(
        new Fmri(row.publisher(), row.stem(), Version.parse(row.version())),
        row::has,
        row.summary(),
        false);
  }

  static ListRow of(StateEntry entry, Set<String> needed) {
    boolean isNeeded = entry.isInstalled() && needed.contains(entry.fmri().stem());
    return new ListRow(entry.fmri(), entry::has, entry.summary(), isNeeded);
  }

  boolean has(PackageFlag flag) {
    return flags.test(flag);
  }

  /** The three letters under {@code IFO} (spec client-cli, section 5). */
  String letters() {
    char installed = has(PackageFlag.INSTALLED) ? 'i' : '-';
    char held =
        has(PackageFlag.FROZEN) ? 'f' : isNeeded ? 'S' : has(PackageFlag.MANUAL) ? 'm' : '-';
    char kind =
        has(PackageFlag.OBSOLETE)
            ? 'o'
            : has(PackageFlag.RENAMED) ? 'r' : has(PackageFlag.LEGACY) ? 'l' : '-';
    return "" + installed + held + kind;
  }

  /** {@code pkg://publisher/stem@release-branch:timestamp}. */
  String shortFmri() {
    Version version = fmri.requireVersion();
    String timestamp = version.timestamp();
    return "pkg://"
        + fmri.publisherIfAny().orElse("")
        + "/"
        + fmri.stem()
        + "@"
        + version.toShortString()
        + (timestamp == null ? "" : ":" + timestamp);
  }
}
