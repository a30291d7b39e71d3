package emblema.publisher.master.rule;

import emblema.core.error.MalformedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads one {@code <transform …>} line; what needs more than one action or macros is refused. */
final class TransformReader {
  private final String line;
  private final String source;
  private final int number;

  private TransformReader(String line, String source, int number) {
    this.line = line;
    this.source = source;
    this.number = number;
  }

  static Transform read(String line, String source, int number) {
    return new TransformReader(line, source, number).read();
  }

  private Transform read() {
    if (!line.matches("<transform\\s.*>")) {
      throw error("expected <transform … -> …> on one line");
    }
    String body = line.substring("<transform".length(), line.length() - 1);
    int arrow = body.indexOf("->");
    if (arrow < 0) {
      throw error("a transform needs '->'");
    }
    if (body.contains("%(") || body.contains("%{") || body.contains("%<") || body.contains("$(")) {
      throw error(
          "macros and %(…) tokens are not supported in rule files; use pkgmogrify for them");
    }
    Set<String> types = new LinkedHashSet<>();
    Map<String, Pattern> patterns = new LinkedHashMap<>();
    for (String word : body.substring(0, arrow).strip().split("\\s+")) {
      int equals = word.indexOf('=');
      if (equals > 0) {
        patterns.put(word.substring(0, equals), pattern(unquoted(word.substring(equals + 1))));
      } else if (!word.isEmpty()) {
        types.add(word);
      }
    }
    List<String> operation = arguments(body.substring(arrow + 2).strip());
    return new Transform(types, patterns, operation(operation), operands(operation));
  }

  private Transform.Operation operation(List<String> words) {
    String word = words.isEmpty() ? "" : words.getFirst();
    for (Transform.Operation operation : Transform.Operation.values()) {
      if (operation.name().toLowerCase(Locale.ROOT).equals(word)) {
        return operation;
      }
    }
    throw error("operation '" + word + "' is not supported in rule files; use pkgmogrify for it");
  }

  private List<String> operands(List<String> words) {
    Transform.Operation operation = operation(words);
    List<String> operands = new ArrayList<>(words.subList(1, words.size()));
    if (operation == Transform.Operation.EDIT && operands.size() == 2) {
      operands.add("");
    }
    if (operands.size() != operation.arguments()) {
      throw error("'" + words.getFirst() + "' takes " + operation.arguments() + " arguments");
    }
    if (operation == Transform.Operation.EDIT || operation == Transform.Operation.DELETE) {
      pattern(operands.get(1));
    }
    return operands;
  }

  private Pattern pattern(String text) {
    try {
      return Pattern.compile(text.replace("(?P<", "(?<"));
    } catch (PatternSyntaxException e) {
      throw error("'" + text + "' is not a regular expression: " + e.getDescription());
    }
  }

  private static String unquoted(String text) {
    boolean quoted =
        text.length() > 1
            && (text.startsWith("\"") || text.startsWith("'"))
            && text.charAt(0) == text.charAt(text.length() - 1);
    return quoted ? text.substring(1, text.length() - 1) : text;
  }

  /** Splits as a shell does: quotes group, a backslash outside quotes takes the next character. */
  private List<String> arguments(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean within = false;
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        if (c == quote) {
          quote = 0;
        } else {
          word.append(c);
        }
      } else if (c == '"' || c == '\'') {
        quote = c;
        within = true;
      } else if (Character.isWhitespace(c)) {
        if (within) {
          words.add(word.toString());
        }
        word.setLength(0);
        within = false;
      } else {
        if (c == '\\' && i + 1 < text.length()) {
          c = text.charAt(++i);
        }
        word.append(c);
        within = true;
      }
    }
    if (quote != 0) {
      throw error("a quote is not closed");
    }
    if (within) {
      words.add(word.toString());
    }
    return words;
  }

  private MalformedException error(String reason) {
    return new MalformedException(source, number, 0, reason, "    " + line);
  }
}
