package emblema.publisher.transform;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One rule: which actions, and what becomes of them.
 *
 * @param types words that actions begin with; none: any
 * @param matches in the order written; all must match
 * @param text as written, for messages
 */
public record Transform(
    List<String> types, List<Match> matches, Operation operation, Place place, String text) {

  /**
   * @param attribute that must exist, and all of whose values the expression must match from their
   *     start
   */
  record Match(String attribute, Regexp regexp) {}

  public Transform {
    types = List.copyOf(types);
    matches = List.copyOf(matches);
  }

  /** What the groups of all expressions matched, value by value; nothing if one does not match. */
  Optional<List<@Nullable String>> match(Draft draft) {
    if (!types.isEmpty() && !types.contains(draft.word())) {
      return Optional.empty();
    }
    List<@Nullable String> groups = new ArrayList<>();
    for (Match match : matches) {
      List<String> values = draft.attributes().all(match.attribute());
      if (values.isEmpty()) {
        return Optional.empty();
      }
      for (String value : values) {
        Optional<List<@Nullable String>> found = match.regexp().match(value);
        if (found.isEmpty()) {
          return Optional.empty();
        }
        groups.addAll(found.get());
      }
    }
    return Optional.of(groups);
  }

  @Override
  public String toString() {
    return text;
  }
}
