package emblema.publisher.master.plan;

import emblema.core.io.OsNames;
import java.util.Optional;

/** Which names and link targets a manifest can say (spec manifest, sections 1 and 4). */
final class DeliverableName {
  private DeliverableName() {}

  /** Why the text cannot be written; nothing if it can. */
  static Optional<String> problem(String text) {
    if (!OsNames.isText(text)) {
      return Optional.of("is not UTF-8");
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == 0x7F || c == 0x85 || c == 0x2028 || c == 0x2029) {
        return Optional.of("contains the control character U+" + String.format("%04X", (int) c));
      }
    }
    boolean quoted = text.contains(" ") || text.contains("'") || text.contains("\"");
    boolean continues = text.endsWith("\\"); // at the end of a line this would join the next
    if (continues
        || (quoted && (text.contains("\\\"") || text.contains("\\'") || text.contains("\\\\")))) {
      return Optional.of("contains a backslash that a manifest cannot quote");
    }
    return Optional.empty();
  }

  /** The text for a message: what cannot be shown becomes a question mark. */
  static String shown(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .forEach(
            c ->
                shown.appendCodePoint(
                    c < ' '
                            || (c >= 0xD800 && c <= 0xDFFF)
                            || c == 0x85
                            || c == 0x2028
                            || c == 0x2029
                        ? '?'
                        : c));
    return shown.toString();
  }
}
