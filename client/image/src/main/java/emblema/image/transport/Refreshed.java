package emblema.image.transport;

import emblema.core.error.EmblemaException;
import java.util.List;
import java.util.Map;

/**
 * How a refresh went.
 *
 * @param changed whether any catalog was other than the image's copy
 * @param succeeded prefixes of which all origins could be read
 * @param failures prefixes to what failed, origin by origin
 */
public record Refreshed(
    boolean changed, List<String> succeeded, Map<String, List<Failure>> failures) {

  /** One origin that could not be read. */
  public record Failure(String uri, EmblemaException cause) {}

  /** One line that says why, with the first line of its detail. */
  public static String reason(EmblemaException cause) {
    String first = cause.detail().flatMap(text -> text.lines().findFirst()).orElse("");
    return cause.getMessage() + (first.isEmpty() ? "" : " (" + first.strip() + ")");
  }

  public Refreshed {
    succeeded = List.copyOf(succeeded);
    failures = Map.copyOf(failures);
  }

  public boolean isComplete() {
    return failures.isEmpty();
  }
}
