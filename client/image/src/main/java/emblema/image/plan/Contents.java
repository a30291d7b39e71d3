package emblema.image.plan;

import emblema.core.action.Action;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compares the content that two actions deliver (spec manifest, section 6.3). */
final class Contents {
  private static final List<String> RANKING =
      List.of("file:sha512t_256:", "file:sha256:", "file:sha1:");

  private Contents() {}

  /** By the best content hash that both have, else by the payload's name. */
  static boolean isSame(@Nullable Action before, Action after) {
    if (before == null) {
      return false;
    }
    for (String method : RANKING) {
      Optional<String> one = hash(before, method);
      Optional<String> other = hash(after, method);
      if (one.isPresent() && other.isPresent()) {
        return one.equals(other);
      }
    }
    String name = before.payload();
    return name != null && name.equals(after.payload());
  }

  private static Optional<String> hash(Action action, String method) {
    return action.attributes().all("pkg.content-hash").stream()
        .filter(entry -> entry.startsWith(method))
        .findFirst();
  }
}
