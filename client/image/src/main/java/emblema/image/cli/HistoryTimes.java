package emblema.image.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Times and durations as the history writes them. */
final class HistoryTimes {
  private static final DateTimeFormatter BASIC =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT);
  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT);

  private HistoryTimes() {}

  static String basic(Instant when) {
    return BASIC.format(LocalDateTime.ofInstant(when, ZoneOffset.UTC));
  }

  static String local(Instant when, ZoneId zone) {
    return LOCAL.format(LocalDateTime.ofInstant(when, zone));
  }

  static LocalDateTime parse(String text) {
    return LocalDateTime.parse(text, LOCAL);
  }

  /** {@code 0:00:01}. */
  static String between(Instant start, Instant end) {
    Duration duration = Duration.between(start, end).truncatedTo(ChronoUnit.SECONDS);
    return String.format(
        Locale.ROOT,
        "%d:%02d:%02d",
        duration.toHours(),
        duration.toMinutesPart(),
        duration.toSecondsPart());
  }
}
