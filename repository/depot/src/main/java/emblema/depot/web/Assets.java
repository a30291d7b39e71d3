package emblema.depot.web;

import emblema.core.hash.Digest;
import emblema.depot.operation.Request;
import emblema.depot.operation.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** The style sheet, the script and the icon, which come from this program. */
final class Assets {
  private static final String STYLE = read("site.css");
  private static final String SCRIPT = read("site.js");
  private static final String ICON = read("icon.svg");

  /** Changes with the assets, so that browsers may keep them. */
  static final String STAMP =
      Digest.SHA1.hex((STYLE + SCRIPT).getBytes(StandardCharsets.UTF_8)).substring(0, 8);

  private static final Map<String, String> TYPES =
      Map.of(
          "site.css", "text/css; charset=utf-8",
          "site.js", "text/javascript; charset=utf-8",
          "icon.svg", "image/svg+xml");

  private Assets() {}

  private static String read(String name) {
    try (InputStream in = Assets.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its file " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Optional<Response> answer(Request request, String name) {
    String type = TYPES.get(name);
    if (type == null) {
      return Optional.empty();
    }
    String text =
        switch (name) {
          case "site.css" -> STYLE;
          case "site.js" -> SCRIPT;
          default -> ICON;
        };
    return Optional.of(Html.text(request, 200, type, text));
  }
}
