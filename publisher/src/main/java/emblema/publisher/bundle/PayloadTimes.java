package emblema.publisher.bundle;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Modification times as the {@code timestamp} attribute writes them. */
public final class PayloadTimes {
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final long NANOSECONDS = 1_000_000_000L;

  private PayloadTimes() {}

  /**
   * @param mtime nanoseconds since the epoch
   */
  public static String write(long mtime) {
    return FORM.format(Instant.ofEpochSecond(Math.floorDiv(mtime, NANOSECONDS)));
  }
}
