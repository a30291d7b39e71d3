package emblema.depot.web;

import emblema.core.fmri.Fmri;
import emblema.core.fmri.Version;
import java.util.List;

/**
 * One package of a publisher, as lists show it.
 *
 * @param versions ascending, at least one
 * @param summary of the newest version, or empty
 * @param state of the newest version: empty, {@code obsolete} or {@code renamed}
 */
public record Offer(
    String publisher, String stem, List<Version> versions, String summary, String state) {
  public Offer {
    versions = List.copyOf(versions);
  }

  /** The newest version. */
  public Fmri newest() {
    return fmri(versions.getLast());
  }

  public Fmri fmri(Version version) {
    return new Fmri(publisher, stem, version);
  }

  /** When the newest version was made, as a date. */
  public String date() {
    return Dates.day(versions.getLast());
  }

  /** Whether a part of its name or summary is the text, which must be in lower case. */
  boolean matches(String text) {
    return stem.toLowerCase(java.util.Locale.ROOT).contains(text)
        || summary.toLowerCase(java.util.Locale.ROOT).contains(text);
  }
}
