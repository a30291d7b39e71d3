package emblema.store.search;

import java.util.ArrayList;
import java.util.List;

/** The lines of a stored manifest as they are, continued ones joined. */
final class ManifestLines {
  private ManifestLines() {}

  static List<String> of(String manifest) {
    List<String> lines = new ArrayList<>();
    StringBuilder joined = new StringBuilder();
    for (String line : manifest.split("\n")) {
      String text = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
      if (text.endsWith("\\")) {
        joined.append(text, 0, text.length() - 1).append(' ');
        continue;
      }
      String whole = joined.append(text).toString().strip();
      joined.setLength(0);
      if (!whole.isEmpty() && whole.charAt(0) != '#') {
        lines.add(whole);
      }
    }
    return lines;
  }
}
