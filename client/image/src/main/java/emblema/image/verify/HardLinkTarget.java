package emblema.image.verify;

import emblema.core.error.MalformedException;
import emblema.core.io.SafePath;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Where a hard link's target lies: relative to the link's directory, or absolute in the image. */
final class HardLinkTarget {
  private HardLinkTarget() {}

  /** Nothing if the target would lie outside the image. */
  static Optional<SafePath> of(SafePath link, String target) {
    Deque<String> names = new ArrayDeque<>();
    if (!target.startsWith("/")) {
      link.parent().ifPresent(parent -> add(names, parent.text()));
    }
    if (!add(names, target)) {
      return Optional.empty();
    }
    try {
      return Optional.of(SafePath.of(String.join("/", names)));
    } catch (MalformedException e) {
      return Optional.empty();
    }
  }

  private static boolean add(Deque<String> names, String path) {
    for (String name : path.split("/", -1)) {
      if (name.equals("..")) {
        if (names.isEmpty()) {
          return false;
        }
        names.removeLast();
      } else if (!name.isEmpty() && !name.equals(".")) {
        names.addLast(name);
      }
    }
    return true;
  }
}
