package emblema.core.io;

import java.util.Optional;
import java.util.function.Function;

/** The first thing on the way to a path that is no directory. */
record Obstacle(SafePath path, Stat.Kind kind) {

  /** Looks at one ancestor after the other from the top; the path itself is not looked at. */
  static Optional<Obstacle> find(SafePath path, Function<SafePath, Optional<Stat>> stat) {
    String text = path.text();
    for (int slash = text.indexOf('/'); slash > 0; slash = text.indexOf('/', slash + 1)) {
      SafePath ancestor = new SafePath(text.substring(0, slash));
      Optional<Stat> found = stat.apply(ancestor);
      if (found.isEmpty()) {
        return Optional.empty();
      }
      if (!found.get().isDirectory()) {
        return Optional.of(new Obstacle(ancestor, found.get().kind()));
      }
    }
    return Optional.empty();
  }
}
