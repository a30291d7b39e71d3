package emblema.publisher.master.finding;

import emblema.core.error.ConflictException;
import java.util.ArrayList;
import java.util.List;

/** What a planner has to say: errors stop the plan, the rest is for the report. */
public final class Findings {
  private static final int SHOWN = 20;

  private final List<String> errors = new ArrayList<>();
  private final List<String> risks = new ArrayList<>();
  private final List<String> suggestions = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  public void error(String text) {
    errors.add(text);
  }

  /** Something a person should look at before publishing. */
  public void risk(String text) {
    risks.add(text);
  }

  /** Something a rule could make so. */
  public void suggest(String text) {
    suggestions.add(text);
  }

  public void note(String text) {
    notes.add(text);
  }

  public List<String> errors() {
    return List.copyOf(errors);
  }

  public List<String> risks() {
    return List.copyOf(risks);
  }

  public List<String> suggestions() {
    return List.copyOf(suggestions);
  }

  public List<String> notes() {
    return List.copyOf(notes);
  }

  /** Ends planning if there was an error. */
  public void check() {
    if (errors.isEmpty()) {
      return;
    }
    int shown = Math.min(SHOWN, errors.size());
    String more = errors.size() > shown ? "\nand " + (errors.size() - shown) + " more" : "";
    throw new ConflictException(
        "the release cannot be planned",
        String.join("\n", errors.subList(0, shown)) + more,
        List.of("mend the tree, or say with a rule or option how to treat these objects"),
        null);
  }
}
