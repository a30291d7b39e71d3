package emblema.publisher.transform;

import emblema.core.error.MalformedException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads one {@code <transform …>} line (spec pkgmogrify, sections 4 and 5). */
public final class TransformReader {
  private static final String START = "<transform";

  private final String line;
  private final Place place;

  private TransformReader(String line, Place place) {
    this.line = line;
    this.place = place;
  }

  /** The rule; {@code MalformedException} with file and line if it is none. */
  public static Transform read(String line, Place place) {
    try {
      return new TransformReader(line, place).read();
    } catch (MalformedException e) {
      throw e.line() > 0 ? e : place.error(e.reason(), line);
    }
  }

  private Transform read() {
    if (!line.startsWith(START) || !line.endsWith(">")) {
      throw new MalformedException("expected '<transform … -> …>' in one line");
    }
    String body = line.substring(START.length(), line.length() - 1);
    int arrow = body.indexOf("->");
    if (arrow < 0) {
      throw new MalformedException("missing '->' in transform");
    }
    List<String> types = new ArrayList<>();
    List<Transform.Match> matches = new ArrayList<>();
    Set<String> attributes = new HashSet<>();
    for (String word : body.substring(0, arrow).strip().split("\\s+")) {
      if (word.indexOf('=') >= 0) {
        Transform.Match match = match(word);
        if (!attributes.add(match.attribute())) {
          throw new MalformedException("'" + match.attribute() + "' is matched twice");
        }
        matches.add(match);
      } else if (!word.isEmpty()) {
        types.add(word);
      }
    }
    String operation = body.substring(arrow + 2).strip();
    return new Transform(types, matches, operation(operation), place, line);
  }

  private static Transform.Match match(String word) {
    int equals = word.indexOf('=');
    String value = word.substring(equals + 1);
    if (equals == 0 || value.isEmpty()) {
      throw new MalformedException("'" + word + "' lacks an attribute or an expression");
    }
    char quote = value.charAt(0);
    if (quote == '"' || quote == '\'') {
      if (value.length() == 1 || value.charAt(value.length() - 1) != quote) {
        throw new MalformedException(
            "the quote in '" + word + "' is not closed: an expression here cannot hold a blank");
      }
      value = value.substring(1, value.length() - 1).replace("\\" + quote, quote + "");
    }
    return new Transform.Match(word.substring(0, equals), Regexp.of(value));
  }

  private static Operation operation(String text) {
    int blank = 0;
    while (blank < text.length() && !Character.isWhitespace(text.charAt(blank))) {
      blank++;
    }
    String word = text.substring(0, blank);
    String rest = text.substring(blank).strip();
    return switch (word) {
      case "set" -> {
        List<Template> two = two(word, rest);
        yield new Operation.Set(two.getFirst(), two.getLast());
      }
      case "default" -> {
        List<Template> two = two(word, rest);
        yield new Operation.Default(two.getFirst(), two.getLast());
      }
      case "add" -> {
        List<Template> two = two(word, rest);
        yield new Operation.Add(two.getFirst(), two.getLast());
      }
      case "edit" -> edit(rest);
      case "delete" -> {
        List<String> words = words(word, rest, 2, 2);
        yield new Operation.Delete(words.getFirst(), Regexp.of(words.getLast()));
      }
      case "drop" -> {
        words(word, rest, 0, 0);
        yield new Operation.Drop();
      }
      case "abort" -> {
        words(word, rest, 0, 0);
        yield new Operation.Exit(0, Template.of("", false));
      }
      case "exit" -> exit(rest);
      case "emit" -> new Operation.Emit(Template.of(rest, true));
      case "print" -> new Operation.Print(Template.of(rest, true));
      case "" -> throw new MalformedException("missing operation in transform");
      default -> throw new MalformedException("unknown transform operation '" + word + "'");
    };
  }

  private static Operation edit(String rest) {
    List<String> words = words("edit", rest, 2, 3);
    Operation.Edit edit =
        new Operation.Edit(
            Template.of(words.getFirst(), false),
            Template.of(words.get(1), false),
            Template.of(words.size() > 2 ? words.get(2) : "", false));
    if (edit.regexp().isConstant()) {
      Regexp regexp = Regexp.of(edit.regexp().text());
      if (edit.replacement().isConstant()) {
        Replacement.of(edit.replacement().text(), regexp);
      }
    }
    return edit;
  }

  private static Operation exit(String rest) {
    String[] words = rest.split("\\s+", 2);
    if (!words[0].matches("[0-9]{0,3}") || words[0].compareTo("255") > 0 && words[0].length() > 2) {
      throw new MalformedException("'" + words[0] + "' is not an exit status", "0 to 255 are");
    }
    return new Operation.Exit(
        words[0].isEmpty() ? 0 : Integer.parseInt(words[0]),
        Template.of(words.length > 1 ? words[1] : "", true));
  }

  private static List<Template> two(String word, String rest) {
    return words(word, rest, 2, 2).stream().map(text -> Template.of(text, false)).toList();
  }

  private static List<String> words(String word, String rest, int least, int most) {
    List<String> words = ShellWords.split(rest);
    if (words.size() < least || words.size() > most) {
      String wanted = least == most ? "" + least : least + " or " + most;
      throw new MalformedException(
          "'" + word + "' takes " + wanted + " arguments, found " + words.size());
    }
    return words;
  }
}
