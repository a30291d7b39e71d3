package emblema.core.fmri;

import emblema.core.error.MalformedException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What may be the address of an origin or a mirror: {@code file}, {@code http} or {@code https}
 * (spec fmri-version, 10.2). User and password have no place in it.
 */
public final class PublisherUrl {
  private PublisherUrl() {}

  public static boolean isValid(String text) {
    return problem(text) == null;
  }

  /** The text itself if it is a valid address. */
  public static String require(String text) {
    String problem = problem(text);
    if (problem != null) {
      throw new MalformedException(
          "'" + text + "' is not a valid publisher URI: " + problem,
          "use file:///path, http://host/path or https://host/path");
    }
    return text;
  }

  /** With a slash at the end, as origins are stored. */
  public static String stored(String text) {
    return require(text).endsWith("/") ? text : text + "/";
  }

  private static @Nullable String problem(String text) {
    int colon = text.indexOf(':');
    String scheme = colon < 0 ? "" : text.substring(0, colon);
    return switch (scheme) {
      case "file" -> text.startsWith("file:/") ? null : "the path is not absolute";
      case "http", "https" -> hostProblem(text);
      case "" -> "it has no scheme";
      default -> "the scheme '" + scheme + "' is not supported";
    };
  }

  private static @Nullable String hostProblem(String text) {
    String authority;
    try {
      authority = new URI(text).getRawAuthority();
    } catch (URISyntaxException e) {
      return e.getReason().substring(0, 1).toLowerCase(Locale.ROOT) + e.getReason().substring(1);
    }
    if (authority == null || authority.isEmpty()) {
      return "it has no host";
    }
    if (authority.indexOf('@') >= 0) {
      return "it contains a user name";
    }
    String host = authority.replaceFirst(":[0-9]*$", "");
    return PublisherPrefix.isValid(host) ? null : "the host '" + host + "' is not valid";
  }
}
