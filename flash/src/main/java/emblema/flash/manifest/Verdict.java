package emblema.flash.manifest;

import java.util.Optional;

/** What comes of comparing one line of a manifest with a clone (spec flash-archive, 4.1). */
public enum Verdict {
  /** As expected, or not looked at, or gone already: nothing to do. */
  FINE,
  /** Expected and gone: the clone cannot be updated, not even with force. */
  DELETED,
  /** Expected and different: the clone cannot be updated, not even with force. */
  MODIFIED,
  /** Not expected: an error, or with force a file to delete. */
  NEW_FILE,
  /** Exactly what the old image had and the new one has not: to be deleted. */
  OLD_FILE;

  /**
   * Judges one line.
   *
   * @param found the object of that path on the clone, looked at without following links; nothing
   *     if there is none
   */
  public static Verdict of(Line line, Optional<ObjectState> found) {
    return switch (line) {
      case Line.Kept kept ->
          found.map(object -> kept.state().agreesWith(object) ? FINE : MODIFIED).orElse(DELETED);
      case Line.Leaving leaving ->
          found
              .map(object -> leaving.state().agreesWith(object) ? OLD_FILE : NEW_FILE)
              .orElse(FINE);
      case Line.Arriving arriving -> FINE;
      case Line.Filter filter -> FINE;
      case Line.Listed listed -> FINE;
    };
  }
}
