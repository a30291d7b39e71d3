package emblema.image.verify;

import emblema.core.action.Action;
import java.util.List;

/**
 * What is to say about one object of a package.
 *
 * @param item for people: {@code file: usr/bin/tool}
 * @param action what the package delivers, to mend it by; a {@code depend} action cannot be mended
 * @param problems at least one
 */
public record Finding(String item, Action action, List<Problem> problems) {

  /** How bad a problem is. */
  public enum Level {
    /** Good to know. */
    INFO,
    /** Suspicious, but no failure. */
    WARNING,
    /** The object is not what the package delivers. */
    ERROR
  }

  /**
   * @param text without the level
   */
  public record Problem(Level level, String text) {}

  public Finding {
    problems = List.copyOf(problems);
  }

  public Level level() {
    return problems.stream().map(Problem::level).max(Enum::compareTo).orElse(Level.INFO);
  }
}
