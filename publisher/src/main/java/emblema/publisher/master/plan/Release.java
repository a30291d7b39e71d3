package emblema.publisher.master.plan;

import emblema.core.error.MalformedException;
import emblema.core.error.UsageException;
import emblema.core.fmri.Version;
import java.time.Instant;

/**
 * The version that new packages get: {@code <line>-<release>[.<respin>]:<timestamp>} (spec
 * master-image-diff, section 8.2).
 *
 * @param line the product line's version, constant for years
 * @param release a number, or numbers joined by dots
 * @param respin empty, or the number of a repeated release
 */
public record Release(String line, String release, String respin, Instant timestamp) {
  private static final String BUILD = ",5.11-";

  public Release {
    if (!release.matches("[0-9]+(\\.[0-9]+)*")) {
      throw new UsageException(
          "invalid release '" + release + "'", "give a number, or numbers joined by dots");
    }
    try {
      Version.parse(line + BUILD + release + (respin.isEmpty() ? "" : "." + respin));
    } catch (MalformedException e) {
      throw new UsageException("invalid version '" + line + "-" + release + "': " + e.reason());
    }
  }

  public Version version() {
    return Version.parse(line + BUILD + branch()).withTimestamp(timestamp);
  }

  /** {@code <release>[.<respin>]}. */
  public String branch() {
    return respin.isEmpty() ? release : release + "." + respin;
  }
}
