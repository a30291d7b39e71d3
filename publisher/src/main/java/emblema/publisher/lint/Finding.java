package emblema.publisher.lint;

/**
 * Something that a check found.
 *
 * @param id of the check, with the number of the case
 */
public record Finding(Level level, String id, String text) {
  /** As one line: what it is in 34 columns, then the text. */
  public String line() {
    return String.format("%-33s %s", level + " " + id, text);
  }
}
