package emblema.publisher.transform;

import emblema.core.error.MalformedException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;

/** What {@code edit} puts in the place of a match: Python's {@code \1} and {@code \g<name>}. */
final class Replacement {
  private static final String LETTERS = "abfnrtv\\";
  private static final String MEANINGS = "\u0007\b\f\n\r\t\u000b\\";

  private sealed interface Part permits Literal, Group {}

  private record Literal(String text) implements Part {}

  private record Group(int number) implements Part {}

  private final String text;
  private final Regexp regexp;
  private final List<Part> parts = new ArrayList<>();
  private final StringBuilder literal = new StringBuilder();
  private int at;

  private Replacement(String text, Regexp regexp) {
    this.text = text;
    this.regexp = regexp;
  }

  /**
   * @param regexp whose groups it names
   */
  static Replacement of(String text, Regexp regexp) {
    Replacement replacement = new Replacement(text, regexp);
    replacement.read();
    return replacement;
  }

  /** A group that took no part in the match stands for nothing. */
  void append(StringBuilder result, Matcher matcher) {
    for (Part part : parts) {
      switch (part) {
        case Literal plain -> result.append(plain.text());
        case Group group -> {
          String matched = matcher.group(group.number());
          result.append(matched == null ? "" : matched);
        }
      }
    }
  }

  private void read() {
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c != '\\') {
        literal.append(c);
      } else if (at == text.length()) {
        throw new MalformedException("the replacement '" + text + "' ends within an escape");
      } else {
        escape(text.charAt(at++));
      }
    }
    endLiteral();
  }

  private void escape(char c) {
    if (c == 'g') {
      named();
    } else if (c == '0') {
      int start = at;
      while (at < text.length() && at < start + 2 && isOctal(text.charAt(at))) {
        at++;
      }
      literal.append((char) Integer.parseInt("0" + text.substring(start, at), 8));
    } else if (c >= '1' && c <= '9') {
      numbered(c);
    } else if (LETTERS.indexOf(c) >= 0) {
      literal.append(MEANINGS.charAt(LETTERS.indexOf(c)));
    } else if (c < 128 && Character.isLetter(c)) {
      throw new MalformedException("'\\" + c + "' in the replacement '" + text + "' means nothing");
    } else {
      literal.append('\\').append(c);
    }
  }

  /** One or two digits; three octal ones are a character. */
  private void numbered(char first) {
    String digits = String.valueOf(first);
    if (at < text.length() && Character.isDigit(text.charAt(at))) {
      digits += text.charAt(at++);
      boolean octal = first <= '3' && isOctal(digits.charAt(1));
      if (octal && at < text.length() && isOctal(text.charAt(at))) {
        digits += text.charAt(at++);
        literal.append((char) Integer.parseInt(digits, 8));
        return;
      }
    }
    group(Integer.parseInt(digits), digits);
  }

  private void named() {
    int close = text.indexOf('>', at);
    if (at == text.length() || text.charAt(at) != '<' || close < 0) {
      throw new MalformedException("'\\g' in the replacement '" + text + "' needs '<group>'");
    }
    String name = text.substring(at + 1, close);
    at = close + 1;
    group(name.matches("[0-9]{1,4}") ? Integer.parseInt(name) : regexp.group(name), name);
  }

  private void group(int number, String name) {
    if (number < 0 || number > regexp.groups()) {
      throw new MalformedException(
          "the replacement '" + text + "' refers to group '" + name + "', which does not exist");
    }
    endLiteral();
    parts.add(new Group(number));
  }

  private void endLiteral() {
    if (!literal.isEmpty()) {
      parts.add(new Literal(literal.toString()));
      literal.setLength(0);
    }
  }

  private static boolean isOctal(char c) {
    return c >= '0' && c <= '7';
  }
}
