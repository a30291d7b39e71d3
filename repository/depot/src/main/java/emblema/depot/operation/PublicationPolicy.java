package emblema.depot.operation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Who may publish. A depot that only this machine can reach is open; as soon as it names tokens or
 * the makers of client certificates, they are asked of everybody; one that others can reach and
 * that names neither takes no publications at all.
 *
 * @param local whether the depot can only be reached from this machine
 * @param tokens secrets, any of which opens; sent as {@code Authorization: Bearer TOKEN}, or as the
 *     password of {@code Basic}, which is what an address with a password becomes
 * @param certificates whether a verified client certificate opens
 */
public record PublicationPolicy(boolean local, List<String> tokens, boolean certificates) {

  /** What clients are told, and the log at the start. */
  public static final String CLOSED =
      "This depot accepts no publications: it can be reached from other machines, and neither a"
          + " token file nor client certificates say who may publish. Start it with --token-file"
          + " or --client-ca, or let it listen on a loopback address only.";

  /** Anybody on this machine. */
  public static final PublicationPolicy OPEN = new PublicationPolicy(true, List.of(), false);

  public PublicationPolicy {
    tokens = List.copyOf(tokens);
  }

  /** Whether nobody may publish. */
  public boolean isClosed() {
    return !local && tokens.isEmpty() && !certificates;
  }

  /** What to answer instead; nothing if the request may change the repository. */
  Optional<Response> refusal(Request request) {
    if (isForeignPage(request)) {
      return Optional.of(ErrorPage.of(403, "Web pages of other sites may not publish."));
    }
    if (tokens.isEmpty() && !certificates) {
      return local ? Optional.empty() : Optional.of(ErrorPage.of(403, CLOSED));
    }
    if (certificates && request.caller().certificate().isPresent()
        || token(request).filter(this::isKnown).isPresent()) {
      return Optional.empty();
    }
    String wanted =
        tokens.isEmpty()
            ? "a client certificate"
            : certificates ? "a client certificate or a token" : "a token";
    return Optional.of(
        ErrorPage.of(401, "Publishing to this depot needs " + wanted + ".")
            .with("WWW-Authenticate", "Bearer realm=\"publication\""));
  }

  /** A browser says so by itself; what publishes is no browser. */
  private static boolean isForeignPage(Request request) {
    return request.header("Origin").isPresent()
        || request
            .header("Sec-Fetch-Site")
            .filter(site -> !site.equals("none") && !site.equals("same-origin"))
            .isPresent();
  }

  private static Optional<String> token(Request request) {
    String value = request.header("Authorization").orElse("").strip();
    String kind = value.toLowerCase(Locale.ROOT);
    if (kind.startsWith("bearer ")) {
      return Optional.of(value.substring("bearer ".length()).strip());
    }
    if (kind.startsWith("basic ")) {
      try {
        byte[] pair = Base64.getDecoder().decode(value.substring("basic ".length()).strip());
        String text = new String(pair, StandardCharsets.UTF_8);
        return Optional.of(text.substring(text.indexOf(':') + 1));
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** Takes as long for a wrong one as for a right one. */
  private boolean isKnown(String given) {
    byte[] bytes = given.getBytes(StandardCharsets.UTF_8);
    boolean known = false;
    for (String token : tokens) {
      known |= MessageDigest.isEqual(token.getBytes(StandardCharsets.UTF_8), bytes);
    }
    return known;
  }
}
