package emblema.store.http;

import java.time.Duration;
import java.util.Map;

/** Settings with which failing takes no time. */
final class Quick {
  static final HttpSettings SETTINGS =
      HttpSettings.of("test", Map.of())
          .withPatience(4, Duration.ofMillis(1500), Duration.ofMillis(1));

  private Quick() {}
}
