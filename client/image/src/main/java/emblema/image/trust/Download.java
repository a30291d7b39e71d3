package emblema.image.trust;

import java.io.IOException;

/** Fetches a small file by its address. */
@FunctionalInterface
public interface Download {
  /**
   * @param uri {@code http:}, {@code https:} or {@code file:}
   * @throws IOException if it cannot be had, for whatever reason
   */
  byte[] get(String uri) throws IOException;
}
