package emblema.image.solve;

import java.util.ArrayList;
import java.util.List;

/** Makes sets of clauses that contradict each other fit for reading. */
final class Contradiction {
  /** Above this size a smaller set is not looked for, because every clause costs one solving. */
  private static final int LARGEST = 400;

  private Contradiction() {}

  /** Leaves out, one after the other, what the contradiction does not need. */
  static List<Encoding.Clause> least(int variables, List<Encoding.Clause> clauses) {
    List<Encoding.Clause> left = new ArrayList<>(clauses);
    if (left.size() > LARGEST) {
      return left;
    }
    for (int i = left.size() - 1; i >= 0; i--) {
      if (i >= left.size()) {
        continue;
      }
      List<Encoding.Clause> fewer = new ArrayList<>(left);
      fewer.remove(i);
      Sat sat = new Sat(variables);
      fewer.forEach(clause -> sat.add(clause.literals()));
      if (!sat.solve(solver -> 0)) {
        List<Encoding.Clause> core = new ArrayList<>();
        for (int number : sat.core()) {
          core.add(fewer.get(number));
        }
        left = core;
      }
    }
    return left;
  }

  /** Those first that say something by themselves, then those that follow from what is known. */
  static List<Encoding.Clause> inOrder(int variables, List<Encoding.Clause> clauses) {
    byte[] values = new byte[variables + 1];
    List<Encoding.Clause> left = new ArrayList<>(clauses);
    List<Encoding.Clause> ordered = new ArrayList<>();
    while (!left.isEmpty()) {
      int best = 0;
      int fewest = Integer.MAX_VALUE;
      for (int i = 0; i < left.size(); i++) {
        int open = open(left.get(i).literals(), values);
        if (open < fewest) {
          fewest = open;
          best = i;
        }
      }
      Encoding.Clause next = left.remove(best);
      ordered.add(next);
      if (fewest == 1) {
        for (int literal : next.literals()) {
          if (values[Math.abs(literal)] == 0) {
            values[Math.abs(literal)] = (byte) (literal > 0 ? 1 : -1);
          }
        }
      }
    }
    return ordered;
  }

  /** Literals without a value; clauses that are true already come last. */
  private static int open(int[] literals, byte[] values) {
    int open = 0;
    for (int literal : literals) {
      int value = literal > 0 ? values[literal] : -values[-literal];
      if (value > 0) {
        return Integer.MAX_VALUE - 1;
      }
      if (value == 0) {
        open++;
      }
    }
    return open;
  }
}
