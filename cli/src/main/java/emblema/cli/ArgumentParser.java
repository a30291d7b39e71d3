package emblema.cli;

import emblema.core.error.UsageException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeSet;

/**
 * Reads a command line as POSIX getopt does (spec client-cli, sections 1.1 and 1.3): bundled short
 * options, long options by any unambiguous prefix, {@code --} ends the options, and so does the
 * first operand unless the syntax is intermixed.
 */
final class ArgumentParser {
  private final Syntax syntax;
  private final LinkedHashMap<String, List<String>> given = new LinkedHashMap<>();
  private final List<String> operands = new ArrayList<>();

  private ArgumentParser(Syntax syntax) {
    this.syntax = syntax;
  }

  static Arguments parse(Syntax syntax, List<String> words) {
    ArgumentParser parser = new ArgumentParser(syntax);
    parser.read(words);
    parser.checkCombinations();
    parser.checkOperands();
    return new Arguments(syntax, parser.given, parser.operands);
  }

  /** Options only: the operands are whatever is left. */
  static Arguments parseLeading(Syntax syntax, List<String> words) {
    ArgumentParser parser = new ArgumentParser(syntax);
    parser.read(words);
    parser.checkCombinations();
    return new Arguments(syntax, parser.given, parser.operands);
  }

  private void read(List<String> words) {
    int at = 0;
    while (at < words.size()) {
      String word = words.get(at++);
      if (word.equals("--")) {
        operands.addAll(words.subList(at, words.size()));
        return;
      }
      if (word.startsWith("--")) {
        at = readLong(word, words, at);
      } else if (word.startsWith("-") && word.length() > 1) {
        at = readBundle(word, words, at);
      } else {
        operands.add(word);
        if (!syntax.isIntermixed()) {
          operands.addAll(words.subList(at, words.size()));
          return;
        }
      }
    }
  }

  private int readLong(String word, List<String> words, int at) {
    int equals = word.indexOf('=');
    Option option = findLong(equals < 0 ? word : word.substring(0, equals));
    if (!option.takesArgument()) {
      if (equals >= 0) {
        throw new UsageException("option '" + option.label() + "' takes no argument");
      }
      record(option, "");
      return at;
    }
    if (equals >= 0) {
      record(option, word.substring(equals + 1));
      return at;
    }
    return recordNext(option, words, at);
  }

  private int readBundle(String word, List<String> words, int at) {
    for (int i = 1; i < word.length(); i++) {
      char letter = word.charAt(i);
      Option option = syntax.option("-" + letter).orElseThrow(() -> illegal("" + letter));
      if (!option.takesArgument()) {
        record(option, "");
      } else if (i + 1 < word.length()) {
        record(option, word.substring(i + 1));
        return at;
      } else {
        return recordNext(option, words, at);
      }
    }
    return at;
  }

  private int recordNext(Option option, List<String> words, int at) {
    if (at == words.size()) {
      throw new UsageException("option '" + option.label() + "' requires an argument");
    }
    record(option, words.get(at));
    return at + 1;
  }

  private Option findLong(String name) {
    var exact = syntax.option(name);
    if (exact.isPresent()) {
      return exact.get();
    }
    List<Option> found = new ArrayList<>();
    TreeSet<String> spellings = new TreeSet<>();
    for (Option option : syntax.options()) {
      for (String spelling : option.names()) {
        if (spelling.startsWith("--") && spelling.startsWith(name)) {
          spellings.add(spelling);
          if (!found.contains(option)) {
            found.add(option);
          }
        }
      }
    }
    if (found.isEmpty() || name.length() < 3) {
      throw illegal(name.substring(2));
    }
    if (found.size() > 1) {
      throw new UsageException(
          "option '" + name + "' is ambiguous",
          "it could be " + String.join(" or ", spellings),
          List.of(),
          null);
    }
    return found.getFirst();
  }

  private void record(Option option, String value) {
    String key = option.names().getFirst();
    List<String> earlier = given.get(key);
    List<String> values = earlier == null ? new ArrayList<>() : earlier;
    if (!values.isEmpty() && !option.mayRepeat()) {
      throw new UsageException("option '" + option.label() + "' may not be repeated");
    }
    if (!option.choices().isEmpty() && !option.choices().contains(value)) {
      throw new UsageException(
          "invalid argument '" + value + "' for option '" + option.label() + "'",
          "supported values: " + String.join(", ", option.choices()),
          List.of(),
          null);
    }
    values.add(value);
    given.putLast(key, values);
  }

  private void checkCombinations() {
    for (Syntax.Exclusion exclusion : syntax.exclusions()) {
      List<String> both = exclusion.options().stream().filter(given::containsKey).toList();
      if (both.size() > 1) {
        throw new UsageException(
            "options '"
                + label(both.get(0))
                + "' and '"
                + label(both.get(1))
                + "' may not be combined");
      }
    }
    for (Syntax.Need need : syntax.needs()) {
      if (given.containsKey(need.option())
          && need.others().stream().noneMatch(given::containsKey)) {
        throw new UsageException(
            "option '"
                + label(need.option())
                + "' makes sense only with '"
                + String.join("' or '", need.others().stream().map(this::label).toList())
                + "'");
      }
    }
  }

  private void checkOperands() {
    long least = 0;
    long most = 0;
    String missing = "";
    for (Syntax.Operand operand : syntax.operands()) {
      least += operand.least();
      most += operand.most();
      if (missing.isEmpty() && operands.size() < least) {
        missing = operand.name();
      }
    }
    if (!missing.isEmpty()) {
      throw new UsageException("at least one '" + missing + "' must be given");
    }
    if (operands.size() > most) {
      String extra = operands.get((int) most);
      String message =
          most == 0
              ? "no operands are allowed, found '" + extra + "'"
              : "too many operands, beginning with '" + extra + "'";
      throw !syntax.isIntermixed() && extra.startsWith("-")
          ? new UsageException(message, "options must come before operands")
          : new UsageException(message);
    }
  }

  private String label(String key) {
    return syntax.option(key).map(Option::label).orElse(key);
  }

  private static UsageException illegal(String letter) {
    return new UsageException("illegal option -- " + letter);
  }
}
