package emblema.publisher.transform;

import emblema.core.error.MalformedException;

/**
 * Where a line came from.
 *
 * @param source the file as named by the user, or a word for other input
 * @param line from 1, the last one of a continued line; 0 if unknown
 */
public record Place(String source, int line) {
  MalformedException error(String reason) {
    return new MalformedException(source, line, 0, reason, null);
  }

  /** An error in this line. */
  MalformedException error(String reason, String excerpt) {
    return new MalformedException(source, line, 0, reason, "    " + excerpt);
  }

  @Override
  public String toString() {
    return line > 0 ? source + ":" + line : source;
  }
}
