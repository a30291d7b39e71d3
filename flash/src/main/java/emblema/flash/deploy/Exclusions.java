package emblema.flash.deploy;

import emblema.core.fmri.Glob;
import emblema.core.io.Disk;
import emblema.core.io.OsNames;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Paths of a clone that the manifest does not speak for: what deployment itself wrote there, the
 * host-specific files that it reset, the clone's own list, and the manifest's filters.
 */
final class Exclusions {
  /** Shell patterns, one a line, {@code #} comments (spec flash-archive, 4.1). */
  private static final SafePath LIST = new SafePath("usr/lib/flash/flash_exclusion_list");

  private final List<String> patterns = new ArrayList<>();
  private final Set<String> paths = new HashSet<>();

  /** Those of a clone. */
  static Exclusions of(Disk clone) {
    Exclusions exclusions = new Exclusions();
    Places.OURS.forEach(path -> exclusions.add("/" + path));
    exclusions.patterns.add("/" + Places.STATE + "/*");
    exclusions.read(clone, Places.EXCLUSIONS);
    exclusions.read(clone, LIST);
    return exclusions;
  }

  private void read(Disk clone, SafePath list) {
    if (CloneCheck.stat(clone, list).filter(Stat::isFile).isPresent()) {
      OsNames.decode(clone.readBytes(list))
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .forEach(patterns::add);
    }
  }

  /** Exactly this absolute path. */
  void add(String path) {
    paths.add(path);
  }

  /** A filter of the manifest wants it checked after all. */
  void remove(String path) {
    paths.remove(path);
  }

  boolean exclude(String path) {
    return paths.contains(path)
        || patterns.stream().anyMatch(pattern -> Glob.matches(pattern, path));
  }
}
