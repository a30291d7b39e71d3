package emblema.store.catalog;

import emblema.core.error.MalformedException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Times as catalogs write them: UTC, microseconds, {@code 20261120T201824.643591Z} (section 4). */
public final class CatalogStamp {
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss", Locale.ROOT);
  private static final DateTimeFormatter HOUR =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HH'Z'", Locale.ROOT);

  private CatalogStamp() {}

  /** The fraction has six digits, and is left out when it is zero. */
  public static String write(Instant when) {
    LocalDateTime time = LocalDateTime.ofInstant(when, ZoneOffset.UTC);
    int micros = time.getNano() / 1000;
    String fraction = micros == 0 ? "" : "." + Integer.toString(1_000_000 + micros).substring(1);
    return SECONDS.format(time) + fraction + "Z";
  }

  public static Instant parse(String text) {
    try {
      if (text.matches("[0-9]{8}T[0-9]{6}(\\.[0-9]{6})?Z")) {
        LocalDateTime seconds = LocalDateTime.parse(text.substring(0, 15), SECONDS);
        long micros = text.length() > 16 ? Long.parseLong(text.substring(16, 22)) : 0;
        return seconds.toInstant(ZoneOffset.UTC).plus(micros, ChronoUnit.MICROS);
      }
    } catch (DateTimeException e) {
      // reported below, with the text
    }
    throw new MalformedException("time stamp '" + text + "' is not like 20261120T201824.643591Z");
  }

  /** The hour, as update logs are named: {@code 20261120T20Z}. */
  static String hour(Instant when) {
    return HOUR.format(LocalDateTime.ofInstant(when, ZoneOffset.UTC));
  }
}
