package emblema.core.action;

/** Writes one line without its end (spec manifest, section 4): the reference's bytes exactly. */
public final class ActionWriter {
  private ActionWriter() {}

  public static String write(Action action) {
    throw new UnsupportedOperationException("not yet");
  }
}
