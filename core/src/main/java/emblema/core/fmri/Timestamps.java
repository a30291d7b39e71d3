package emblema.core.fmri;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** The time of a version, {@code YYYYMMDDThhmmssZ} in UTC: a real date, years 1 to 9999. */
final class Timestamps {
  private static final int LENGTH = 16;

  private Timestamps() {}

  static boolean isValid(String text) {
    if (text.length() != LENGTH || text.charAt(8) != 'T' || text.charAt(15) != 'Z') {
      return false;
    }
    for (int i = 0; i < 15; i++) {
      if (i != 8 && (text.charAt(i) < '0' || text.charAt(i) > '9')) {
        return false;
      }
    }
    try {
      return local(text).getYear() >= 1;
    } catch (DateTimeException e) {
      return false;
    }
  }

  static Instant parse(String text) {
    return local(text).toInstant(ZoneOffset.UTC);
  }

  static String format(Instant when) {
    OffsetDateTime time = when.atOffset(ZoneOffset.UTC);
    return String.format(
        "%04d%02d%02dT%02d%02d%02dZ",
        time.getYear(),
        time.getMonthValue(),
        time.getDayOfMonth(),
        time.getHour(),
        time.getMinute(),
        time.getSecond());
  }

  private static LocalDateTime local(String text) {
    return LocalDateTime.of(
        number(text, 0, 4),
        number(text, 4, 6),
        number(text, 6, 8),
        number(text, 9, 11),
        number(text, 11, 13),
        number(text, 13, 15));
  }

  private static int number(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      number = number * 10 + (text.charAt(i) - '0');
    }
    return number;
  }
}
