package emblema.image.cli;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * Times as C's {@code asctime} writes them, whatever the locale: {@code Sat Mar 1 00:00:01 2025}.
 */
final class Dates {
  private static final String[] DAYS = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  private static final String[] MONTHS = {
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
  };

  private Dates() {}

  static String asctime(Instant when, ZoneId zone) {
    ZonedDateTime time = when.atZone(zone);
    return String.format(
        java.util.Locale.ROOT,
        "%s %s %2d %02d:%02d:%02d %d",
        DAYS[time.getDayOfWeek().getValue() - 1],
        month(time),
        time.getDayOfMonth(),
        time.getHour(),
        time.getMinute(),
        time.getSecond(),
        time.getYear());
  }

  /** {@code Nov}. */
  static String month(ZonedDateTime time) {
    return MONTHS[time.getMonthValue() - 1];
  }
}
