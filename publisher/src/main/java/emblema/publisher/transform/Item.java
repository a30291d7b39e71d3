package emblema.publisher.transform;

/** What input consists of besides rules. */
sealed interface Item {

  /** Kept as it is. */
  record Text(String line) implements Item {}

  /**
   * An action.
   *
   * @param prefix a macro before it, or empty text
   */
  record Content(String prefix, Draft draft, Place place) implements Item {}

  /** The end of a file that the user named; metadata does not reach beyond it. */
  record End(String source) implements Item {}
}
