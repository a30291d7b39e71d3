package emblema.flash.select;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rules by path: the rule with the longest prefix of a path, by whole names, decides. Finding it
 * takes one step for each name of the path, however many rules there are.
 */
final class RuleTree {
  private static final String LOST_AND_FOUND = "lost+found";

  /** What the rules say about a path. */
  enum Verdict {
    INCLUDED,
    EXCLUDED,
    /** Excluded by what the software leaves out. */
    BUILT_IN
  }

  static final class Node {
    private @Nullable Map<String, Node> children;
    private @Nullable Verdict rule;

    /** What is below is left out by the software. */
    private boolean isEmptied;

    private boolean hasIncludedBelow;

    private @Nullable Node child(String name) {
      return children == null ? null : children.get(name);
    }

    private Node makeChild(String name) {
      if (children == null) {
        children = HashMap.newHashMap(2);
      }
      return children.computeIfAbsent(name, absent -> new Node());
    }
  }

  /**
   * A path seen by the rules.
   *
   * @param isEmptied whether what is below is left out by the software
   * @param hasIncludedBelow whether some rule includes something below
   */
  record Sight(Verdict verdict, boolean isEmptied, boolean hasIncludedBelow) {}

  private static final Sight PLAIN = new Sight(Verdict.INCLUDED, false, false);

  private final Node root = new Node();

  /**
   * Adds a rule; including wins.
   *
   * @return false if there was an opposite rule for the same path
   */
  boolean add(String path, boolean isIncluded) {
    Node node = root;
    for (int start = 0; start < path.length(); ) {
      if (isIncluded) {
        node.hasIncludedBelow = true;
      }
      int end = end(path, start);
      node = node.makeChild(path.substring(start, end));
      start = end + 1;
    }
    Verdict verdict = isIncluded ? Verdict.INCLUDED : Verdict.EXCLUDED;
    Verdict before = node.rule;
    if (before != Verdict.INCLUDED) {
      node.rule = verdict;
    }
    return before == null || before == verdict;
  }

  /** Leaves out what is below a path. */
  void empty(String path) {
    Node node = root;
    for (int start = 0; start < path.length(); ) {
      int end = end(path, start);
      node = node.makeChild(path.substring(start, end));
      start = end + 1;
    }
    node.isEmptied = true;
  }

  Sight see(String path) {
    Node node = root;
    Verdict verdict = root.rule == null ? Verdict.INCLUDED : root.rule;
    boolean isEmptied = root.isEmptied && root.rule != Verdict.INCLUDED;
    for (int start = 0; start < path.length(); ) {
      int end = end(path, start);
      if (isEmptied) {
        verdict = Verdict.BUILT_IN;
      }
      isEmptied = end - start == LOST_AND_FOUND.length() && path.startsWith(LOST_AND_FOUND, start);
      node = node == null || node.children == null ? null : node.child(path.substring(start, end));
      if (node != null) {
        isEmptied |= node.isEmptied;
        if (node.rule != null) {
          verdict = node.rule;
          isEmptied &= node.rule != Verdict.INCLUDED;
        }
      }
      start = end + 1;
    }
    if (node == null && verdict == Verdict.INCLUDED && !isEmptied) {
      return PLAIN;
    }
    return new Sight(verdict, isEmptied, node != null && node.hasIncludedBelow);
  }

  /** Whether a rule includes exactly this path. */
  boolean includes(String path) {
    Node node = root;
    for (int start = 0; start < path.length() && node != null; ) {
      int end = end(path, start);
      node = node.child(path.substring(start, end));
      start = end + 1;
    }
    return node != null && node.rule == Verdict.INCLUDED;
  }

  private static int end(String path, int start) {
    int slash = path.indexOf('/', start);
    return slash < 0 ? path.length() : slash;
  }
}
