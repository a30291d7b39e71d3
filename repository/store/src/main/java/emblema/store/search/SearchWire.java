package emblema.store.search;

import emblema.core.error.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Results as the protocol writes them, a line each (spec depot-protocol, section 6). */
public final class SearchWire {
  /** The first line of an answer to search/1. */
  public static final String HEADER = "Return from search v1";

  private static final String UNRESERVED = "_.-~/";
  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  private SearchWire() {}

  /**
   * A line of search/1, without its end.
   *
   * @param query its number among those of the request, from 0
   */
  public static String line(int query, SearchHit hit) {
    return switch (hit) {
      case SearchHit.PackageHit found -> query + " 1 " + found.fmri();
      case SearchHit.ActionHit found ->
          query + " 2 " + found.fmri() + " " + encode(found.value()) + " " + found.line();
    };
  }

  /** A line of search/0, without its end. */
  public static String oldLine(SearchHit.ActionHit hit) {
    if (hit.type().equals("set")) {
      return hit.key() + " " + hit.fmri() + " set " + hit.value();
    }
    return hit.value() + " " + hit.fmri() + " " + hit.type() + " " + HitColumns.keyValue(hit);
  }

  /** Reads a line of search/1; empty for one of another query or of another form. */
  public static Optional<SearchHit> read(String line) {
    String[] parts = line.split(" ", 5);
    if (parts.length == 3 && parts[1].equals("1")) {
      return Optional.of(new SearchHit.PackageHit(name(parts[2], line)));
    }
    if (parts.length == 5 && parts[1].equals("2")) {
      String text = parts[4].stripTrailing();
      int blank = text.indexOf(' ');
      if (blank > 0) {
        String value = decode(parts[3]);
        String type = text.substring(0, blank);
        return Optional.of(new SearchHit.ActionHit(name(parts[2], line), type, value, value, text));
      }
    }
    throw malformed(line);
  }

  private static String name(String fmri, String line) {
    if (!fmri.startsWith("pkg:/") || fmri.indexOf('@') < 0) {
      throw malformed(line);
    }
    return fmri.substring("pkg:/".length());
  }

  private static MalformedException malformed(String line) {
    return new MalformedException("the search result '" + line + "' cannot be read");
  }

  /** Percent-encoded, with slashes kept. */
  static String encode(String text) {
    StringBuilder encoded = new StringBuilder(text.length());
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (c < 0x80 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0)) {
        encoded.append(c);
      } else {
        encoded.append('%').append(HEX[c >> 4]).append(HEX[c & 15]);
      }
    }
    return encoded.toString();
  }

  static String decode(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    byte[] decoded = new byte[bytes.length];
    int count = 0;
    for (int i = 0; i < bytes.length; i++) {
      int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
      int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
      if (bytes[i] == '%' && high >= 0 && low >= 0) {
        decoded[count++] = (byte) (high << 4 | low);
        i += 2;
      } else {
        decoded[count++] = bytes[i];
      }
    }
    return new String(decoded, 0, count, StandardCharsets.UTF_8);
  }
}
