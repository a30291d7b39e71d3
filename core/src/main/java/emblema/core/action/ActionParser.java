package emblema.core.action;

import emblema.core.attribute.Attributes;
import emblema.core.error.MalformedException;
import org.jspecify.annotations.Nullable;

/**
 * The part of an action's text after its type: payload and attributes (spec manifest, 2.2, 2.3).
 */
final class ActionParser {
  private final String text;
  private final ActionType type;
  private final Attributes.Builder attributes = Attributes.builder();
  private @Nullable String payload;
  private int at;

  ActionParser(String text, int at, ActionType type) {
    this.text = text;
    this.at = at;
    this.type = type;
  }

  @Nullable String payload() {
    return payload;
  }

  Attributes attributes() {
    return attributes.build();
  }

  void parse() {
    skipSpaces();
    while (at < text.length()) {
      int start = at;
      int equals = endOfKey();
      if (equals < 0) {
        takePayload(start);
      } else {
        String key = text.substring(start, equals);
        at = equals + 1;
        attributes.add(key, value());
      }
      skipSpaces();
    }
  }

  /** Moves to the end of the word; the index of its equals sign, or -1 where a space ends it. */
  private int endOfKey() {
    int start = at;
    for (; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '=') {
        if (at == start) {
          throw malformed(text, at, "missing key");
        }
        return at;
      }
      if (c == '\'' || c == '"') {
        throw malformed(text, at, "quote in key");
      }
      if (isSpace(c)) {
        return -1;
      }
    }
    throw malformed(text, at, "missing value");
  }

  /** A word without equals sign is the payload, if it comes first. */
  private void takePayload(int start) {
    if (payload != null || !attributes.isEmpty()) {
      throw malformed(text, at, "whitespace in key");
    }
    payload = text.substring(start, at);
    if (!type.hasPayload()) {
      throw ActionRules.invalid(() -> text, "action type doesn't allow payload");
    }
  }

  private String value() {
    if (at == text.length() || isSpace(text.charAt(at))) {
      throw malformed(text, at, "missing value");
    }
    return isQuote(text.charAt(at)) ? quotedValue() : plainValue();
  }

  private String plainValue() {
    int start = at;
    while (at < text.length() && !isSpace(text.charAt(at))) {
      at++;
    }
    return text.substring(start, at);
  }

  /** Adjacent quoted texts, with or without space between them, are one value. */
  private String quotedValue() {
    String value = quoted();
    skipSpaces();
    if (at == text.length() || !isQuote(text.charAt(at))) {
      return value;
    }
    StringBuilder joined = new StringBuilder(value);
    while (at < text.length() && isQuote(text.charAt(at))) {
      joined.append(quoted());
      skipSpaces();
    }
    return joined.toString();
  }

  private String quoted() {
    char quote = text.charAt(at++);
    int start = at;
    StringBuilder escaped = null;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == quote) {
        String rest = text.substring(start, at++);
        return escaped == null ? rest : escaped.append(rest).toString();
      }
      if (c == '\\' && at + 1 < text.length() && isEscaped(text.charAt(at + 1), quote)) {
        escaped = escaped == null ? new StringBuilder() : escaped;
        escaped.append(text, start, at);
        start = at + 1;
        at++;
      }
      at++;
    }
    throw malformed(text, text.length(), "unfinished quoted value");
  }

  /** A backslash before anything else stands for itself. */
  private static boolean isEscaped(char c, char quote) {
    return c == quote || c == '\\';
  }

  private void skipSpaces() {
    while (at < text.length() && isSpace(text.charAt(at))) {
      at++;
    }
  }

  private static boolean isQuote(char c) {
    return c == '\'' || c == '"';
  }

  static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n';
  }

  /**
   * @param position from 0
   */
  static MalformedException malformed(String text, int position, String reason) {
    return new MalformedException("action", 0, position + 1, reason, text);
  }
}
