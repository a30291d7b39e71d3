package emblema.core.action;

/** Reads one logical line (spec manifest, sections 2 and 3). */
public final class ActionReader {
  private ActionReader() {}

  /** The action that the text describes; {@code MalformedException} with the column otherwise. */
  public static Action read(String text) {
    throw new UnsupportedOperationException("not yet");
  }
}
