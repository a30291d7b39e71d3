package emblema.publisher.cli;

import emblema.core.error.UsageException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Operands like {@code section/property=value}; {@code =(a b)} is a list, and the same property
 * given again adds to it (spec pkgrepo, section 3).
 */
final class PropertyValues {
  private PropertyValues() {}

  static SequencedMap<String, List<String>> parse(List<String> operands) {
    SequencedMap<String, List<String>> values = new LinkedHashMap<>();
    for (String operand : operands) {
      int equals = operand.indexOf('=');
      String name = equals < 0 ? operand : operand.substring(0, equals);
      int slash = name.indexOf('/');
      if (equals < 0 || slash < 1 || slash + 1 == name.length()) {
        throw new UsageException(
            "'" + operand + "' is not a property with a value", "write 'section/property=value'");
      }
      values
          .computeIfAbsent(name, ignored -> new ArrayList<>())
          .addAll(items(operand.substring(equals + 1)));
    }
    return values;
  }

  static String section(String name) {
    return name.substring(0, name.indexOf('/'));
  }

  static String name(String name) {
    return name.substring(name.indexOf('/') + 1);
  }

  private static List<String> items(String value) {
    return value.startsWith("(") && value.endsWith(")") && value.length() > 1
        ? words(value.substring(1, value.length() - 1))
        : List.of(value);
  }

  /** As a shell splits them: quotes keep blanks, a backslash keeps the next character. */
  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean inWord = false;
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && quote != '\'' && i + 1 < text.length()) {
        word.append(text.charAt(++i));
        inWord = true;
      } else if (quote != 0) {
        if (c == quote) {
          quote = 0;
        } else {
          word.append(c);
        }
      } else if (c == '"' || c == '\'') {
        quote = c;
        inWord = true;
      } else if (Character.isWhitespace(c)) {
        if (inWord) {
          words.add(word.toString());
          word.setLength(0);
          inWord = false;
        }
      } else {
        word.append(c);
        inWord = true;
      }
    }
    if (quote != 0) {
      throw new UsageException("a quote in '(" + text + ")' is not closed");
    }
    if (inWord) {
      words.add(word.toString());
    }
    return words;
  }
}
