package emblema.core.sign;

import java.util.Optional;

/** Where revocation lists come from; keeps copies until they are due for renewal. */
@FunctionalInterface
public interface RevocationSource {
  /**
   * The list at an address of a certificate's distribution point, {@code http:}, {@code https:} or
   * {@code file:}; nothing if it cannot be had.
   */
  Optional<RevocationList> list(String uri);
}
