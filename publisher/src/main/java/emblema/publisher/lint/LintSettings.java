package emblema.publisher.lint;

import java.util.List;
import java.util.Set;

/**
 * What is told.
 *
 * @param least findings below this level are not told
 * @param excluded checks that are not run, by name
 * @param publication whether actions are checked as when they are published
 * @param missing packages that dependencies may name though nobody knows them
 */
public record LintSettings(
    Level least, List<String> excluded, boolean publication, Set<String> missing) {
  public LintSettings {
    excluded = List.copyOf(excluded);
    missing = Set.copyOf(missing);
  }

  public static final LintSettings DEFAULT =
      new LintSettings(Level.INFO, List.of(), true, Set.of());

  boolean isExcluded(String id) {
    return excluded.stream().anyMatch(each -> id.equals(each) || id.startsWith(each + "."));
  }
}
