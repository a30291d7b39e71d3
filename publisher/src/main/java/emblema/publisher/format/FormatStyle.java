package emblema.publisher.format;

/** The two layouts. */
public enum FormatStyle {
  /** The older one: attributes and kinds of actions in alphabetical order. */
  V1,
  /** The current one. */
  V2
}
