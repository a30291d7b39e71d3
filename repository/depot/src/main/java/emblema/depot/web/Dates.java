package emblema.depot.web;

import emblema.core.fmri.Version;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times and amounts for readers. */
public final class Dates {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};

  private Dates() {}

  /** When the version was made; empty if it does not say. */
  public static String day(Version version) {
    return version.instant().map(DAY::format).orElse("");
  }

  public static String minute(Version version) {
    return version.instant().map(MINUTE::format).orElse("");
  }

  public static String minute(Instant when) {
    return when.equals(Instant.EPOCH) ? "never" : MINUTE.format(when);
  }

  /** Release and branch, without what tells only builds apart. */
  public static String shown(Version version) {
    return version.toShortString();
  }

  /** An amount of bytes. */
  public static String size(long bytes) {
    double amount = bytes;
    int unit = 0;
    while (amount >= 1000 && unit < UNITS.length - 1) {
      amount /= 1000;
      unit++;
    }
    return unit == 0
        ? bytes + " B"
        : String.format(Locale.ROOT, amount < 10 ? "%.1f %s" : "%.0f %s", amount, UNITS[unit]);
  }

  public static String count(long number, String one, String many) {
    return String.format(Locale.ROOT, "%,d", number) + " " + (number == 1 ? one : many);
  }
}
