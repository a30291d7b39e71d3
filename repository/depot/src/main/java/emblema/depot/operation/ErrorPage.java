package emblema.depot.operation;

import emblema.core.error.EmblemaException;
import java.util.Map;

/**
 * Errors as the small pages that clients know: the reason is the text of the first paragraph (spec
 * depot-protocol, section 8).
 */
public final class ErrorPage {
  private static final Map<Integer, String> PHRASES =
      Map.ofEntries(
          Map.entry(400, "Bad Request"),
          Map.entry(401, "Unauthorized"),
          Map.entry(403, "Forbidden"),
          Map.entry(404, "Not Found"),
          Map.entry(405, "Method Not Allowed"),
          Map.entry(408, "Request Timeout"),
          Map.entry(411, "Length Required"),
          Map.entry(412, "Precondition Failed"),
          Map.entry(413, "Content Too Large"),
          Map.entry(414, "URI Too Long"),
          Map.entry(416, "Range Not Satisfiable"),
          Map.entry(431, "Request Header Fields Too Large"),
          Map.entry(500, "Internal Server Error"),
          Map.entry(503, "Service Unavailable"),
          Map.entry(507, "Insufficient Storage"));

  private ErrorPage() {}

  /** A page with the status and one paragraph. */
  public static Response of(int status, String message) {
    String title = status + " " + PHRASES.getOrDefault(status, "Error");
    String page =
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
            <meta charset="utf-8">
            <title>%s</title>
        </head>
        <body>
            <h2>%s</h2>
            <p>%s</p>
        </body>
        </html>
        """
            .formatted(title, title, escaped(message));
    return Response.of(status, "text/html;charset=utf-8", Body.text(page));
  }

  /** A page for an error of ours; the text is what the reference says in the same case. */
  public static Response of(int status, EmblemaException error) {
    return of(status, sentence(error));
  }

  /** The message as a sentence, then its details. */
  static String sentence(EmblemaException error) {
    String message = String.valueOf(error.getMessage()).stripTrailing();
    String start =
        message.isEmpty() ? "" : Character.toUpperCase(message.charAt(0)) + message.substring(1);
    String end = start.endsWith(".") || start.endsWith(":") ? "" : ".";
    return start + end + error.detail().map(detail -> "\n" + detail).orElse("");
  }

  /** Safe as text and within quotes. */
  static String escaped(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\n', '\t' -> out.append(c);
        default -> out.append(c < ' ' || c == 0x7f ? '\ufffd' : c);
      }
    }
    return out.toString();
  }
}
