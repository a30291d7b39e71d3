package emblema.publisher.transform;

/** A line of the manifest that transforms leave. */
public sealed interface OutputLine {
  String text();

  /** A comment, an empty line, or an include that was not followed. */
  record Plain(String text) implements OutputLine {}

  /**
   * @param prefix a macro that stays before the action, or empty text
   * @param place where the action came from
   */
  record OfAction(String prefix, Draft draft, Place place) implements OutputLine {
    @Override
    public String text() {
      return prefix + draft.text();
    }
  }
}
