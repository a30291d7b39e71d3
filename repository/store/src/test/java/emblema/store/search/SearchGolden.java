package emblema.store.search;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What the reference made: a repository, its index, its answers. */
final class SearchGolden {
  private SearchGolden() {}

  static Path path(String name) {
    try {
      return Path.of(
          Objects.requireNonNull(SearchGolden.class.getResource("/golden/" + name)).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static String text(String name) {
    try {
      return Files.readString(path("search/" + name), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The lines of a recorded, chunked HTTP answer. */
  static List<String> answer(String name) {
    String text = text(name + ".response").replace("\r\n", "\n");
    String body = text.substring(text.indexOf("\n\n") + 2);
    List<String> lines = new ArrayList<>();
    for (String line : body.split("\n")) {
      if (!line.isEmpty() && !line.matches("[0-9a-f]+")) {
        lines.add(line);
      }
    }
    return lines;
  }
}
