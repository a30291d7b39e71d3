package emblema.core.error;

import java.util.List;

/** Content is not what was promised: names the object, the expected and the actual value. */
public final class IntegrityException extends EmblemaException {
  private final String expected;
  private final String actual;

  /**
   * @param where the object, a path or an address
   * @param what what was compared, for example "SHA-1 of the content"
   */
  public IntegrityException(
      String where, String what, String expected, String actual, String... hints) {
    super(
        "'" + where + "' is damaged",
        what + "\n  expected: " + expected + "\n  actual:   " + actual,
        List.of(hints),
        null);
    this.expected = expected;
    this.actual = actual;
  }

  public String expected() {
    return expected;
  }

  public String actual() {
    return actual;
  }

  @Override
  public int exitCode() {
    return 1;
  }
}
