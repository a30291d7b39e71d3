package emblema.publisher.master.select;

import emblema.core.error.MalformedException;
import emblema.core.error.UsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What {@code -x -y -X -f -F -z} say (spec flar-cli, section 3.3). Paths are relative to the tree;
 * the longest path that covers an object decides, and include wins where both are equal.
 *
 * @param excluded {@code -x}, {@code -X}, {@code -z -}
 * @param included {@code -y}, {@code -z +}
 * @param listed {@code -f}
 * @param listOnly {@code -F}: the list is the whole list, its directories without their contents
 */
public record SelectionRules(
    Set<String> excluded, Set<String> included, Set<String> listed, boolean listOnly) {
  public static final SelectionRules ALL = new SelectionRules(Set.of(), Set.of(), Set.of(), false);

  public SelectionRules {
    excluded = Set.copyOf(excluded);
    included = Set.copyOf(included);
    listed = Set.copyOf(listed);
  }

  /** Collects the options. */
  public static final class Builder {
    private final Set<String> excluded = new TreeSet<>();
    private final Set<String> included = new TreeSet<>();
    private final Set<String> listed = new TreeSet<>();
    private boolean listOnly;

    public Builder exclude(String path) {
      excluded.add(normal(path));
      return this;
    }

    public Builder include(String path) {
      included.add(normal(path));
      return this;
    }

    public Builder list(String path) {
      listed.add(normal(path));
      return this;
    }

    public Builder listOnly() {
      listOnly = true;
      return this;
    }

    /** {@code -X}: one excluded path a line. */
    public Builder excludeLines(String text) {
      lines(text).forEach(this::exclude);
      return this;
    }

    /** {@code -f}: one path a line. */
    public Builder listLines(String text) {
      lines(text).forEach(this::list);
      return this;
    }

    /**
     * {@code -z}: {@code + path} or {@code - path} a line.
     *
     * @param source named in errors
     */
    public Builder signedLines(String text, String source) {
      int number = 0;
      for (String line : text.lines().toList()) {
        number++;
        if (line.isEmpty()) {
          continue;
        }
        if (!line.matches("[+-]\\s+.+")) {
          throw new MalformedException(source, number, 1, "expected '+ path' or '- path'", line);
        }
        String path = line.substring(1).stripLeading();
        if (line.charAt(0) == '+') {
          include(path);
        } else {
          exclude(path);
        }
      }
      return this;
    }

    public SelectionRules build() {
      if (listOnly && listed.isEmpty()) {
        throw new UsageException("option '-F' needs a list given with '-f'");
      }
      return new SelectionRules(excluded, included, listed, listOnly);
    }

    private static List<String> lines(String text) {
      return text.lines().filter(line -> !line.isEmpty()).toList();
    }

    private static String normal(String path) {
      List<String> names = new ArrayList<>();
      for (String name : path.split("/", -1)) {
        if (name.equals("..")) {
          throw new UsageException("path '" + path + "' must not contain '..'");
        }
        if (!name.isEmpty() && !name.equals(".")) {
          names.add(name);
        }
      }
      if (names.isEmpty()) {
        throw new UsageException("path '" + path + "' names the whole tree");
      }
      return String.join("/", names);
    }
  }

  /** Whether the object at the path is selected, its ancestors' case aside. */
  public boolean selects(String path) {
    if (listOnly) {
      return listed.contains(path) && verdict(path, included, Set.of()) != Verdict.EXCLUDED;
    }
    return verdict(path, included, listed) != Verdict.EXCLUDED;
  }

  /** Whether an inclusion, and not only the absence of a rule, selects the path. */
  public boolean names(String path) {
    if (listOnly) {
      return listed.contains(path);
    }
    return verdict(path, included, listed) == Verdict.INCLUDED;
  }

  private enum Verdict {
    NONE,
    INCLUDED,
    EXCLUDED
  }

  private Verdict verdict(String path, Set<String> includes, Set<String> alsoIncludes) {
    if (excluded.isEmpty() && includes.isEmpty() && alsoIncludes.isEmpty()) {
      return Verdict.NONE;
    }
    String covering = path;
    while (true) {
      if (includes.contains(covering) || alsoIncludes.contains(covering)) {
        return Verdict.INCLUDED;
      }
      if (excluded.contains(covering)) {
        return Verdict.EXCLUDED;
      }
      int slash = covering.lastIndexOf('/');
      if (slash < 0) {
        return Verdict.NONE;
      }
      covering = covering.substring(0, slash);
    }
  }
}
