package emblema.store.search;

import emblema.core.action.Action;
import emblema.core.action.ActionReader;
import emblema.core.error.MalformedException;
import java.util.Optional;

/** What a client shows of an action that was found. */
public final class HitColumns {
  private HitColumns() {}

  /** The action of the line; empty if it cannot be read. */
  public static Optional<Action> action(SearchHit.ActionHit hit) {
    return action(hit.line());
  }

  private static Optional<Action> action(String line) {
    try {
      return Optional.of(ActionReader.read(line));
    } catch (MalformedException e) {
      return Optional.empty();
    }
  }

  /** The protocol does not carry the key; it mostly follows from what it carries. */
  static String keyOf(String type, String value, String line) {
    return type.equals("set") ? action(line).map(Action::key).orElse(value) : value;
  }

  /** The value of the action's key attribute. */
  static String keyValue(SearchHit.ActionHit hit) {
    return action(hit).map(Action::key).orElse("");
  }

  /** What the word was found under ({@code search.match_type}). */
  public static String matchType(SearchHit.ActionHit hit) {
    return keyOf(hit.type(), hit.value(), hit.line());
  }

  /** What was found ({@code search.match}). */
  public static String match(SearchHit.ActionHit hit) {
    if (hit.type().equals("set")) {
      return hit.value();
    }
    return action(hit)
        .map(action -> action.attributes().get(hit.value(), action.key()))
        .orElse(hit.value());
  }
}
