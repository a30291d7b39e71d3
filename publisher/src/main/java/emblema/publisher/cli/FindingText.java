package emblema.publisher.cli;

import emblema.store.check.Finding;
import java.util.ArrayList;
import java.util.List;

/** A finding as {@code pkgrepo verify} prints it (spec pkgrepo, section 5). */
final class FindingText {
  private static final int LABEL = 16;
  private static final int LINE = 70;

  private FindingText() {}

  /** The block of one finding, with the blank lines that end it. */
  static String of(Finding finding) {
    StringBuilder text = new StringBuilder();
    line(text, finding.kind().isWarning() ? "WARNING" : "ERROR", finding.header());
    finding
        .facts()
        .forEach(
            (label, value) ->
                line(text, label, label.equals(Finding.DETAIL) ? wrapped(value) : value));
    return text.append("\n\n").toString();
  }

  private static void line(StringBuilder text, String label, String value) {
    text.repeat(' ', Math.max(0, LABEL - label.length()))
        .append(label)
        .append(": ")
        .append(value)
        .append('\n');
  }

  /** What does not fit begins on a line of its own. */
  private static String wrapped(String value) {
    if (value.length() <= LINE) {
      return value;
    }
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : value.split(" ", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > LINE) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return "\n" + String.join("\n", lines);
  }
}
