package emblema.smf.migrate;

import java.util.Locale;

/** What became of one staged object (docs/formats/shared-migration.md, the table of events). */
public enum Outcome {
  CREATED,
  MOVED,
  DROPPED,
  ASIDE,
  APPENDED,
  DISCARDED,
  LEFT,
  FAILED;

  /** The word in logs and JSON. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the object is still in staging and needs a person. */
  public boolean isLeftover() {
    return this == LEFT || this == FAILED;
  }
}
