package emblema.image.solve;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.testkit.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sat4j.core.VecInt;
import org.sat4j.minisat.SolverFactory;
import org.sat4j.specs.ContradictionException;
import org.sat4j.specs.ISolver;
import org.sat4j.specs.TimeoutException;

class SatTest {
  private final long seed = Seed.orElse(20260101L);
  private final Random random = new Random(seed);

  @Test
  void agreesWithSat4jOnRandomClauses() {
    int solvable = 0;
    for (int round = 0; round < 1500; round++) {
      int variables = 3 + random.nextInt(18);
      List<int[]> clauses =
          randomClauses(variables, (int) (variables * (2 + random.nextDouble() * 4)));
      Sat sat = new Sat(variables);
      clauses.forEach(sat::add);
      boolean answer = sat.solve(solver -> 0);
      assertThat(answer).as("seed %d round %d", seed, round).isEqualTo(oracle(clauses));
      if (answer) {
        solvable++;
        assertThat(clauses).allMatch(clause -> isTrue(sat, clause));
      } else {
        List<int[]> core = new ArrayList<>();
        for (int number : sat.core()) {
          core.add(clauses.get(number));
        }
        assertThat(oracle(core)).as("core, seed %d round %d", seed, round).isFalse();
      }
    }
    assertThat(solvable).isBetween(200, 1300);
  }

  @Test
  void givesTheBestAnswerInTheOrderOfThePreferences() {
    for (int round = 0; round < 300; round++) {
      int variables = 3 + random.nextInt(8);
      List<int[]> clauses = randomClauses(variables, 2 * variables);
      Sat sat = new Sat(variables);
      clauses.forEach(sat::add);
      boolean solvable =
          sat.solve(
              solver -> {
                for (int v = 1; v <= variables; v++) {
                  if (solver.value(v) == 0) {
                    return v;
                  }
                }
                return 0;
              });
      if (solvable) {
        for (int v = 1; v <= variables; v++) {
          if (sat.value(v) < 0) {
            List<int[]> better = new ArrayList<>(clauses);
            for (int u = 1; u < v; u++) {
              better.add(new int[] {sat.value(u) > 0 ? u : -u});
            }
            better.add(new int[] {v});
            assertThat(oracle(better)).as("seed %d round %d", seed, round).isFalse();
          }
        }
      }
    }
  }

  @Test
  void tracesAContradictionToItsClauses() {
    Sat sat = new Sat(6);
    sat.add(5, 6);
    sat.add(1);
    sat.add(-1, 2);
    sat.add(3, 4);
    sat.add(-2, -1);
    assertThat(sat.solve(solver -> 0)).isFalse();
    assertThat(sat.core()).containsExactly(1, 2, 4);
  }

  private List<int[]> randomClauses(int variables, int count) {
    List<int[]> clauses = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int[] clause = new int[1 + random.nextInt(4)];
      for (int k = 0; k < clause.length; k++) {
        clause[k] = (1 + random.nextInt(variables)) * (random.nextBoolean() ? 1 : -1);
      }
      if (clause.length > 1 || random.nextInt(4) == 0) {
        clauses.add(java.util.Arrays.stream(clause).distinct().toArray());
      }
    }
    return clauses;
  }

  private static boolean isTrue(Sat sat, int[] clause) {
    for (int literal : clause) {
      if (sat.value(literal) > 0) {
        return true;
      }
    }
    return false;
  }

  private static boolean oracle(List<int[]> clauses) {
    ISolver solver = SolverFactory.newDefault();
    try {
      for (int[] clause : clauses) {
        solver.addClause(new VecInt(clause));
      }
      return solver.isSatisfiable();
    } catch (ContradictionException e) {
      return false;
    } catch (TimeoutException e) {
      throw new AssertionError(e);
    }
  }
}
