package emblema.publisher.transform;

import emblema.core.error.MalformedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** A regular expression in Python's syntax, which is what transforms are written in. */
final class Regexp {
  private final String text;
  private final Pattern pattern;
  private final Map<String, Integer> names;

  private Regexp(String text, Pattern pattern, Map<String, Integer> names) {
    this.text = text;
    this.pattern = pattern;
    this.names = names;
  }

  /** {@code MalformedException} says what is wrong with it. */
  static Regexp of(String text) {
    RegexpTranslation translation = RegexpTranslation.of(text);
    int flags = Pattern.UNIX_LINES | (translation.ascii() ? 0 : Pattern.UNICODE_CHARACTER_CLASS);
    try {
      return new Regexp(text, Pattern.compile(translation.java(), flags), translation.names());
    } catch (PatternSyntaxException e) {
      throw new MalformedException(
          "'" + text + "' is not a regular expression: " + e.getDescription());
    }
  }

  int groups() {
    return pattern.matcher("").groupCount();
  }

  /** The group of the name, or -1. */
  int group(String name) {
    return names.getOrDefault(name, -1);
  }

  /**
   * Matches from the start of the value, not necessarily to its end.
   *
   * @return what each group matched, null where it took no part; or nothing without a match
   */
  Optional<List<@Nullable String>> match(String value) {
    return guarded(
        () -> {
          Matcher matcher = pattern.matcher(value);
          if (!matcher.lookingAt()) {
            return Optional.empty();
          }
          List<@Nullable String> groups = new ArrayList<>(matcher.groupCount());
          for (int i = 1; i <= matcher.groupCount(); i++) {
            groups.add(matcher.group(i));
          }
          return Optional.of(groups);
        });
  }

  boolean find(String value) {
    return guarded(() -> pattern.matcher(value).find());
  }

  String replaceAll(String value, Replacement replacement) {
    return guarded(
        () -> {
          Matcher matcher = pattern.matcher(value);
          StringBuilder result = new StringBuilder();
          int end = 0;
          while (matcher.find()) {
            result.append(value, end, matcher.start());
            replacement.append(result, matcher);
            end = matcher.end();
          }
          return result.append(value, end, value.length()).toString();
        });
  }

  private <T> T guarded(java.util.function.Supplier<T> work) {
    try {
      return work.get();
    } catch (StackOverflowError e) {
      throw new MalformedException("'" + text + "' nests too deeply to match this value");
    }
  }
}
