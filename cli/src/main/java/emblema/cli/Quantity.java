package emblema.cli;

import java.util.Locale;

/** Numbers with units, for people. */
public final class Quantity {
  private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB"};

  private Quantity() {}

  /** Powers of 1024, two decimals: {@code 84.59 kB} (spec client-cli, section 4.10). */
  public static String bytes(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 1024 && unit < UNITS.length - 1) {
      value /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, "%.2f %s", value, UNITS[unit]);
  }

  /** Minutes and seconds: {@code 1:05}. */
  public static String duration(long seconds) {
    return seconds / 60 + ":" + (seconds % 60 < 10 ? "0" : "") + seconds % 60;
  }
}
