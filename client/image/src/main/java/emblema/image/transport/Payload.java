package emblema.image.transport;

import emblema.core.action.Action;
import java.util.Objects;

/**
 * Content that an action delivers.
 *
 * @param publisher whose origins have it
 * @param action a file, licence or signature with a payload
 */
public record Payload(String publisher, Action action) {

  /** SHA-1 of the content: its name in repositories and caches. */
  public String sha1() {
    return Objects.requireNonNull(action.payload(), "an action without payload");
  }

  /** Length of the stored gzip stream, or -1 if the action does not say. */
  public long storedSize() {
    return number("pkg.csize");
  }

  /** Length of the content, or -1 if the action does not say. */
  public long size() {
    return number("pkg.size");
  }

  private long number(String name) {
    String text = action.attributes().get(name, "-1");
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
