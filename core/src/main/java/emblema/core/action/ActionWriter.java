package emblema.core.action;

import emblema.core.attribute.Attributes;
import emblema.core.attribute.CodePoints;
import org.jspecify.annotations.Nullable;

/**
 * Writes one line without its end (spec manifest, section 4): the reference's bytes exactly, with
 * its losses (backslashes are never doubled, a tab does not force quotes), but for a payload with
 * an apostrophe, of which the reference makes a line that nobody can read. {@link ActionValidation}
 * refuses what would not be read back.
 */
public final class ActionWriter {
  private ActionWriter() {}

  public static String write(Action action) {
    return write(action.type().word(), action.payload(), action.attributes());
  }

  /** As {@link #write(Action)}, of what need not be an action: nothing is checked. */
  public static String write(String word, @Nullable String token, Attributes attributes) {
    StringBuilder line = new StringBuilder(256).append(word);
    String payload = token;
    if (payload != null && isPlainPayload(payload)) {
      line.append(' ').append(payload);
      payload = null;
    }
    if (payload == null) {
      attributes.forEach((name, value) -> append(line, attributes, name, value));
    } else {
      appendWithHash(line, attributes, payload);
    }
    return line.toString();
  }

  /** A payload that cannot stand alone becomes the attribute {@code hash}, at its sorted place. */
  private static void appendWithHash(StringBuilder line, Attributes attributes, String payload) {
    boolean written = false;
    for (String name : attributes.names()) {
      if (!written && CodePoints.compare(name, "hash") > 0) {
        append(line, attributes, "hash", payload);
        written = true;
      }
      attributes.all(name).forEach(value -> append(line, attributes, name, value));
    }
    if (!written) {
      append(line, attributes, "hash", payload);
    }
  }

  private static boolean isPlainPayload(String payload) {
    return payload.indexOf('=') < 0
        && payload.indexOf(' ') < 0
        && payload.indexOf('"') < 0
        && payload.indexOf('\'') < 0;
  }

  private static void append(StringBuilder line, Attributes attributes, String name, String value) {
    line.append(' ').append(name).append('=');
    String shown = name.equals("mode") && value.startsWith("0o") ? "0" + value.substring(2) : value;
    boolean expansion = shown.contains("$(") && attributes.count(name) <= 1;
    line.append(expansion || needsQuotes(shown) ? inQuotes(shown) : shown);
  }

  /** The value as it stands behind an equals sign: in quotes where it needs them. */
  public static String quoted(String value) {
    return needsQuotes(value) ? inQuotes(value) : value;
  }

  private static String inQuotes(String value) {
    if (value.indexOf('"') < 0) {
      return '"' + value + '"';
    }
    return value.indexOf('\'') < 0 ? "'" + value + "'" : '"' + value.replace("\"", "\\\"") + '"';
  }

  private static boolean needsQuotes(String value) {
    return value.isEmpty()
        || value.indexOf(' ') >= 0
        || value.indexOf('\'') >= 0
        || value.indexOf('"') >= 0;
  }
}
