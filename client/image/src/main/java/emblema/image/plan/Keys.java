package emblema.image.plan;

import emblema.core.action.Action;
import java.util.function.LongConsumer;

/** 64-bit hashes of names and of whole actions. */
final class Keys {
  private static final long START = 0xcbf29ce484222325L;
  private static final long FACTOR = 0x100000001b3L;

  private Keys() {}

  /** The name space and the name in it; types that share the space of paths share keys. */
  static long of(Action action) {
    return action.type().isInPathSpace()
        ? path(action.key())
        : end(mix(mix(START, action.type().word()), action.key()));
  }

  /** The type and the name. */
  static long typed(Action action) {
    String key = action.type().isInPathSpace() ? clean(action.key()) : action.key();
    return end(mix(mix(START, action.type().word() + "="), key));
  }

  static long path(String path) {
    return end(mix(mix(START, "path"), clean(path)));
  }

  /** The path without slashes at its ends. */
  static String clean(String path) {
    int start = 0;
    int end = path.length();
    while (start < end && path.charAt(start) == '/') {
      start++;
    }
    while (end > start && path.charAt(end - 1) == '/') {
      end--;
    }
    return path.substring(start, end);
  }

  /** Each directory that the path lies in, deepest first, not the root. */
  static void parents(String path, LongConsumer each) {
    String clean = clean(path);
    for (int slash = clean.lastIndexOf('/'); slash > 0; slash = clean.lastIndexOf('/', slash - 1)) {
      each.accept(path(clean.substring(0, slash)));
    }
  }

  /** Everything that the action says. */
  static long text(Action action) {
    long[] hash = {mix(mix(START, action.type().word()), String.valueOf(action.payload()))};
    action.attributes().forEach((name, value) -> hash[0] = mix(mix(hash[0], name), value));
    return end(hash[0]);
  }

  private static long mix(long hash, String text) {
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * FACTOR;
    }
    return (hash ^ 0x10000L) * FACTOR;
  }

  private static long end(long hash) {
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return hash ^ (hash >>> 33);
  }
}
