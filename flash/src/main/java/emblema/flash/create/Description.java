package emblema.flash.create;

import emblema.core.error.UsageException;
import emblema.flash.archive.Keyword;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the user says about an archive. What an identification section could not hold is refused.
 *
 * @param name content_name, 1 to 256 characters
 * @param date creation_date, fourteen digits
 * @param text content_description, a line each
 * @param userKeywords {@code X-name=value}
 */
public record Description(
    String name,
    String date,
    String master,
    Optional<String> author,
    Optional<String> type,
    Optional<List<String>> text,
    List<String> userKeywords) {
  private static final int LONGEST_NAME = 256;
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  public Description {
    userKeywords = List.copyOf(userKeywords);
    text = text.map(List::copyOf);
    int length = name.codePointCount(0, name.length());
    if (name.isBlank() || length > LONGEST_NAME) {
      throw new UsageException(
          "the archive's name has " + length + " characters", "name it with 1 to 256: -n NAME");
    }
    requireOneLine(name, "the archive's name");
    requireOneLine(master, "the master's name");
    author.ifPresent(value -> requireOneLine(value, "the author"));
    type.ifPresent(value -> requireOneLine(value, "the type"));
    requireDate(date);
    text.ifPresent(Description::requireFits);
    userKeywords.forEach(Description::requireUserKeyword);
  }

  /** The date in seconds since the epoch. */
  long seconds() {
    return LocalDateTime.parse(date, DATE).toEpochSecond(ZoneOffset.UTC);
  }

  /** A moment in UTC as creation_date has it. */
  public static String date(LocalDateTime utc) {
    return DATE.format(utc);
  }

  private static void requireDate(String date) {
    try {
      if (date.matches("[0-9]{14}")) {
        DATE.parse(date, LocalDateTime::from);
        return;
      }
    } catch (DateTimeException e) {
      // Digits, but no date: the same error.
    }
    throw new UsageException(
        "'" + date + "' is not a date", "give fourteen digits of a real one: CCYYMMDDhhmmss");
  }

  private static void requireOneLine(String value, String what) {
    if (value.indexOf('\n') >= 0 || value.indexOf('\0') >= 0) {
      throw new UsageException(what + " cannot hold a line feed or NUL");
    }
  }

  /** Further lines must not look like keywords or boundaries to those who read them. */
  private static void requireFits(List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      boolean isFurther = i > 0;
      if (line.indexOf('\0') >= 0
          || line.indexOf('\n') >= 0
          || (isFurther && (line.indexOf('=') >= 0 || line.startsWith("section_")))) {
        throw new UsageException(
            "line " + (i + 1) + " of the description cannot stand in an archive",
            "after the first line no line may hold '=' or begin with 'section_'");
      }
    }
  }

  private static void requireUserKeyword(String pair) {
    int equals = pair.indexOf('=');
    if (equals < 0) {
      throw new UsageException(
          "'" + pair + "' is not a keyword with a value", "write -U x-department=\"" + pair + "\"");
    }
    if (!Keyword.isForUsers(pair.substring(0, equals))) {
      throw new UsageException(
          "keyword '" + pair.substring(0, equals) + "' is not for users",
          "keywords of users begin with 'X-' or 'x-'");
    }
    requireOneLine(pair, "a keyword's value");
  }
}
