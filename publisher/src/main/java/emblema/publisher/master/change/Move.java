package emblema.publisher.master.change;

/**
 * An object that is somewhere else now.
 *
 * @param reason in a few words, for the report
 */
public record Move(String from, String to, String reason) {
  @Override
  public String toString() {
    return from + " -> " + to + " (" + reason + ")";
  }
}
