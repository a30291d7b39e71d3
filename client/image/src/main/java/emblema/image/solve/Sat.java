package emblema.image.solve;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/**
 * Decides whether a set of clauses can be true at once: conflict-driven clause learning with two
 * watched literals and first unique implication points. It knows no packages. Variables are numbers
 * from 1; a literal is a variable or, negated, minus the variable.
 *
 * <p>Deterministic: the same clauses in the same order with the same {@link Brancher} give the same
 * answer. As the brancher alone decides the order, the answer is the best one in that order. Each
 * learnt clause remembers what it was derived from, so that a contradiction can be traced to the
 * clauses that were put in ({@link #core}).
 */
final class Sat {
  private static final int NO_REASON = -1;

  private final int variables;
  private final List<int[]> clauses = new ArrayList<>();

  /**
   * For learnt clauses: clauses derived from, and (negated, minus 1) variables fixed at level 0.
   */
  private final List<int[]> origins = new ArrayList<>();

  private final IntList[] watches;
  private final byte[] values;
  private final int[] levels;
  private final int[] reasons;
  private final IntList trail = new IntList();
  private final IntList decisions = new IntList();
  private int propagated;
  private int inputs = -1;
  private int[] core = {};

  Sat(int variables) {
    this.variables = variables;
    values = new byte[variables + 1];
    levels = new int[variables + 1];
    reasons = new int[variables + 1];
    watches = new IntList[2 * variables + 2];
    for (int i = 0; i < watches.length; i++) {
      watches[i] = new IntList();
    }
  }

  /** Adds "at least one of these"; its number is the count of clauses before it. */
  int add(int... literals) {
    clauses.add(literals.clone());
    return clauses.size() - 1;
  }

  int clauseCount() {
    return inputs < 0 ? clauses.size() : inputs;
  }

  /** 1 true, -1 false, 0 not known. */
  int value(int literal) {
    return literal > 0 ? values[literal] : -values[-literal];
  }

  /** Whether the clauses can be true at once; to be called once. */
  boolean solve(Brancher brancher) {
    inputs = clauses.size();
    for (int i = 0; i < inputs; i++) {
      int[] clause = clauses.get(i);
      if (clause.length >= 2) {
        watch(i);
      } else if (clause.length == 0 || !enqueue(clause[0], i)) {
        core = trace(i);
        return false;
      }
    }
    while (true) {
      int conflict = propagate();
      if (conflict >= 0) {
        if (decisions.size() == 0) {
          core = trace(conflict);
          return false;
        }
        learn(conflict);
        brancher.backtracked();
      } else {
        int literal = brancher.next(this);
        if (literal == 0 && (literal = firstFree()) == 0) {
          return true;
        }
        decisions.add(trail.size());
        enqueue(literal, NO_REASON);
      }
    }
  }

  /** After a failed {@link #solve}: numbers of added clauses that contradict each other, sorted. */
  int[] core() {
    return core;
  }

  private int firstFree() {
    for (int v = 1; v <= variables; v++) {
      if (values[v] == 0) {
        return -v;
      }
    }
    return 0;
  }

  private static int slot(int literal) {
    return literal > 0 ? 2 * literal : -2 * literal + 1;
  }

  private void watch(int index) {
    int[] clause = clauses.get(index);
    watches[slot(clause[0])].add(index);
    watches[slot(clause[1])].add(index);
  }

  /** False if the literal is false already. */
  private boolean enqueue(int literal, int reason) {
    int value = value(literal);
    if (value != 0) {
      return value > 0;
    }
    int variable = Math.abs(literal);
    values[variable] = (byte) (literal > 0 ? 1 : -1);
    levels[variable] = decisions.size();
    reasons[variable] = reason;
    trail.add(literal);
    return true;
  }

  /** The number of a clause that became false, or -1. */
  private int propagate() {
    while (propagated < trail.size()) {
      int falsified = -trail.get(propagated++);
      IntList list = watches[slot(falsified)];
      int kept = 0;
      for (int i = 0; i < list.size(); i++) {
        int index = list.get(i);
        int[] clause = clauses.get(index);
        if (clause[0] == falsified) {
          clause[0] = clause[1];
          clause[1] = falsified;
        }
        if (value(clause[0]) > 0 || !moveWatch(clause, index)) {
          list.set(kept++, index);
          if (value(clause[0]) <= 0 && !enqueue(clause[0], index)) {
            for (i++; i < list.size(); i++) {
              list.set(kept++, list.get(i));
            }
            list.shorten(kept);
            return index;
          }
        }
      }
      list.shorten(kept);
    }
    return -1;
  }

  private boolean moveWatch(int[] clause, int index) {
    for (int k = 2; k < clause.length; k++) {
      if (value(clause[k]) >= 0) {
        int literal = clause[k];
        clause[k] = clause[1];
        clause[1] = literal;
        watches[slot(literal)].add(index);
        return true;
      }
    }
    return false;
  }

  /** Learns from a conflict, goes back to where the new clause forces a literal, and forces it. */
  private void learn(int conflict) {
    boolean[] seen = new boolean[variables + 1];
    IntList learnt = new IntList();
    learnt.add(0);
    IntList from = new IntList();
    int open = 0;
    int index = conflict;
    int position = trail.size();
    int pivot = 0;
    do {
      from.add(index);
      for (int literal : clauses.get(index)) {
        int variable = Math.abs(literal);
        if (literal == pivot || seen[variable]) {
          continue;
        }
        seen[variable] = true;
        if (levels[variable] == 0) {
          from.add(-variable - 1);
        } else if (levels[variable] == decisions.size()) {
          open++;
        } else {
          learnt.add(literal);
        }
      }
      do {
        pivot = trail.get(--position);
      } while (!seen[Math.abs(pivot)]);
      index = reasons[Math.abs(pivot)];
      open--;
    } while (open > 0);
    learnt.set(0, -pivot);
    int[] clause = learnt.toArray();
    int level = 0;
    for (int i = 1; i < clause.length; i++) {
      if (levels[Math.abs(clause[i])] > level) {
        level = levels[Math.abs(clause[i])];
        int other = clause[1];
        clause[1] = clause[i];
        clause[i] = other;
      }
    }
    backTo(level);
    clauses.add(clause);
    origins.add(from.toArray());
    int number = clauses.size() - 1;
    if (clause.length >= 2) {
      watch(number);
    }
    enqueue(clause[0], number);
  }

  private void backTo(int level) {
    int length = decisions.get(level);
    for (int i = length; i < trail.size(); i++) {
      values[Math.abs(trail.get(i))] = 0;
    }
    trail.shorten(length);
    decisions.shorten(level);
    propagated = length;
  }

  /** The added clauses from which a clause that is false at level 0 follows. */
  private int[] trace(int conflict) {
    BitSet done = new BitSet();
    BitSet found = new BitSet();
    Deque<Integer> open = new ArrayDeque<>();
    push(conflict, done, open);
    boolean[] fixed = new boolean[variables + 1];
    for (int literal : clauses.get(conflict)) {
      fix(Math.abs(literal), fixed, done, open);
    }
    while (!open.isEmpty()) {
      int index = open.pop();
      if (index < inputs) {
        found.set(index);
        continue;
      }
      for (int origin : origins.get(index - inputs)) {
        if (origin >= 0) {
          push(origin, done, open);
        } else {
          fix(-origin - 1, fixed, done, open);
        }
      }
    }
    return found.stream().toArray();
  }

  private static void push(int index, BitSet done, Deque<Integer> open) {
    if (!done.get(index)) {
      done.set(index);
      open.push(index);
    }
  }

  /** Adds the reasons of a variable that has its value at level 0, and of those behind it. */
  private void fix(int first, boolean[] fixed, BitSet done, Deque<Integer> open) {
    Deque<Integer> pending = new ArrayDeque<>();
    pending.push(first);
    while (!pending.isEmpty()) {
      int variable = pending.pop();
      if (fixed[variable] || reasons[variable] < 0 || values[variable] == 0) {
        continue;
      }
      fixed[variable] = true;
      push(reasons[variable], done, open);
      for (int literal : clauses.get(reasons[variable])) {
        pending.push(Math.abs(literal));
      }
    }
  }
}
