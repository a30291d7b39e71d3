package emblema.store.http;

import emblema.core.error.EmblemaException;
import java.nio.charset.StandardCharsets;

/**
 * A process that asks one address, with the proxies of its environment, and prints the answer. The
 * JDK decides once a process what proxies may be told.
 */
final class ProxiedRequest {
  private ProxiedRequest() {}

  /** The address. */
  public static void main(String[] arguments) {
    HttpSettings settings = HttpSettings.of("test", System.getenv());
    try (Wire wire = new Wire(arguments[0], Access.PLAIN, settings)) {
      System.out.print(
          new String(wire.document("versions/0/", 1 << 16, false), StandardCharsets.UTF_8));
    } catch (EmblemaException e) {
      System.out.print(e.getMessage() + ": " + e.detail().orElse(""));
    }
  }
}
