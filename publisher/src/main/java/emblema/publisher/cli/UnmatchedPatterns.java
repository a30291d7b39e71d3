package emblema.publisher.cli;

import emblema.core.error.NotFoundException;
import emblema.core.error.PartialException;
import emblema.core.fmri.FmriPattern;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which of a command line's patterns have matched something. */
final class UnmatchedPatterns {
  private static final String MESSAGE = "the following pattern(s) did not match any packages:";

  private final List<FmriPattern> patterns;
  private final Set<FmriPattern> matched = new HashSet<>();

  UnmatchedPatterns(List<FmriPattern> patterns) {
    this.patterns = patterns;
  }

  /** For whoever matches: patterns that matched are added. */
  Collection<FmriPattern> matched() {
    return matched;
  }

  /** Status 1 unless all have matched. */
  void requireAll() {
    if (matched.size() < Set.copyOf(patterns).size()) {
      throw new NotFoundException(MESSAGE, detail(), List.of(), null);
    }
  }

  /** Status 1 if none has matched, 3 if only some have. */
  void report() {
    if (matched.isEmpty()) {
      requireAll();
    } else if (matched.size() < Set.copyOf(patterns).size()) {
      throw new PartialException(MESSAGE, detail(), List.of(), null);
    }
  }

  private String detail() {
    List<String> missing = new ArrayList<>();
    patterns.stream()
        .filter(pattern -> !matched.contains(pattern))
        .forEach(pattern -> missing.add("        " + pattern));
    return String.join("\n", missing);
  }
}
