package emblema.flash.integrity;

import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Where paths lead when the directories in them are links; links stay within the image. */
final class RealPaths {
  /** As many links on one way as kernels follow. */
  private static final int MOST_LINKS = 40;

  private final Disk image;

  /** Directories met so far: their real paths, or nothing where they lead nowhere. */
  private final Map<SafePath, Optional<SafePath>> directories = new HashMap<>();

  RealPaths(Disk image) {
    this.image = image;
  }

  /** The object itself, if there may be one: its last name is not followed. */
  Optional<SafePath> resolve(SafePath path) {
    if (path.isRoot()) {
      return Optional.of(path);
    }
    SafePath parent = path.parent().orElseThrow();
    return directory(parent, MOST_LINKS).map(real -> real.resolve(path.name()));
  }

  private Optional<SafePath> directory(SafePath path, int links) {
    if (path.isRoot()) {
      return Optional.of(path);
    }
    Optional<SafePath> known = directories.get(path);
    if (known == null) {
      known =
          directory(path.parent().orElseThrow(), links)
              .flatMap(parent -> follow(parent.resolve(path.name()), links));
      directories.put(path, known);
    }
    return known;
  }

  private Optional<SafePath> follow(SafePath real, int links) {
    Optional<Stat> stat = image.stat(real);
    if (stat.filter(Stat::isDirectory).isPresent()) {
      return Optional.of(real);
    }
    if (stat.filter(Stat::isLink).isEmpty() || links == 0) {
      return Optional.empty();
    }
    String target = image.readLink(real);
    String from = target.startsWith("/") ? "" : real.parent().orElseThrow().text();
    return directory(normal(from + "/" + target), links - 1);
  }

  /** Lexically; above the root is the root. */
  private static SafePath normal(String path) {
    SafePath at = SafePath.ROOT;
    for (String name : path.split("/", -1)) {
      if (name.equals("..")) {
        at = at.parent().orElse(SafePath.ROOT);
      } else if (!name.isEmpty() && !name.equals(".")) {
        at = at.resolve(name);
      }
    }
    return at;
  }
}
