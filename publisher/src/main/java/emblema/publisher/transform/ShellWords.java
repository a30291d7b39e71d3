package emblema.publisher.transform;

import emblema.core.error.MalformedException;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits arguments as a shell does (spec pkgmogrify, section 5): quotes group, a backslash outside
 * of them takes the next character and disappears; within double quotes it does so only before a
 * double quote or another backslash.
 */
final class ShellWords {
  private final String text;
  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean within;
  private int at;

  private ShellWords(String text) {
    this.text = text;
  }

  static List<String> split(String text) {
    return new ShellWords(text).split();
  }

  private List<String> split() {
    while (at < text.length()) {
      char c = text.charAt(at++);
      switch (c) {
        case ' ', '\t', '\r', '\n' -> end();
        case '\'' -> single();
        case '"' -> quoted();
        case '\\' -> {
          if (at == text.length()) {
            throw new MalformedException("the backslash at the end escapes nothing");
          }
          add(text.charAt(at++));
        }
        default -> add(c);
      }
    }
    end();
    return words;
  }

  private void add(char c) {
    word.append(c);
    within = true;
  }

  private void end() {
    if (within) {
      words.add(word.toString());
    }
    word.setLength(0);
    within = false;
  }

  private void single() {
    int close = text.indexOf('\'', at);
    if (close < 0) {
      throw unclosed();
    }
    word.append(text, at, close);
    within = true;
    at = close + 1;
  }

  private void quoted() {
    within = true;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"') {
        return;
      }
      boolean escape = c == '\\' && at < text.length() && "\"\\".indexOf(text.charAt(at)) >= 0;
      word.append(escape ? text.charAt(at++) : c);
    }
    throw unclosed();
  }

  private static MalformedException unclosed() {
    return new MalformedException("a quote is not closed");
  }
}
