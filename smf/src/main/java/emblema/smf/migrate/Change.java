package emblema.smf.migrate;

/**
 * One thing that a migration did, or would do.
 *
 * @param from the staged path, as the running environment sees it
 * @param to the shared path, or empty when there is none
 * @param note what was not kept, or why the object was left; empty when there is nothing to say
 */
public record Change(Outcome outcome, String from, String to, String note) {

  /** One line for people. */
  public String sentence() {
    String text =
        switch (outcome) {
          case CREATED -> "created directory " + to;
          case MOVED -> "moved " + from + " -> " + to;
          case DROPPED -> "dropped " + from + ": " + to + " holds the same";
          case ASIDE -> "moved aside " + from + " -> " + to;
          case APPENDED -> "put " + from + " in front of " + to;
          case DISCARDED -> "discarded " + from;
          case LEFT -> "left " + from;
          case FAILED -> "could not move " + from;
        };
    return note.isEmpty() ? text : text + " (" + note + ")";
  }
}
