package emblema.image.solve;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.core.error.ConflictException;
import emblema.core.error.ConstrainedException;
import emblema.core.fmri.Fmri;
import emblema.core.manifest.Varcets;
import emblema.testkit.Seed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.sat4j.core.VecInt;
import org.sat4j.minisat.SolverFactory;
import org.sat4j.specs.ContradictionException;
import org.sat4j.specs.ISolver;
import org.sat4j.specs.TimeoutException;

/**
 * Random universes: an independent, literal translation of the dependency rules into clauses for
 * sat4j says what is possible; the solver must agree, and its answer must obey the rules and be the
 * best.
 */
class SolverPropertyTest {
  private final long seed = Seed.orElse(4711L);
  private final Random random = new Random(seed);

  @Test
  void agreesWithAnIndependentSolverAndPrefersTheNewest() {
    int solved = 0;
    for (int round = 0; round < 400; round++) {
      String about = "seed " + seed + " round " + round;
      TestUniverse universe = universe(4 + random.nextInt(6));
      Request request = universe.install("p0", "p1");
      Optional<Map<String, Fmri>> found = solve(universe, Map.of(), request);
      Oracle oracle = new Oracle(universe);
      oracle.oneOf("p0", null);
      oracle.oneOf("p1", null);
      assertThat(found.isPresent()).as(about).isEqualTo(oracle.isSatisfiable());
      if (found.isPresent()) {
        solved++;
        Map<String, Fmri> packages = found.get();
        assertThat(Oracle.violations(universe, packages)).as(about).isEmpty();
        assertThat(packages).as(about).containsKeys("p0", "p1");
        Oracle newer = new Oracle(universe);
        newer.oneOf("p0", packages.get("p0"));
        newer.atLeast("p1", Objects.requireNonNull(packages.get("p1")));
        assertThat(newer.isSatisfiable()).as("newer p0, " + about).isFalse();
        for (String stem : packages.keySet()) {
          if (!stem.equals("p0") && !stem.equals("p1")) {
            Map<String, Fmri> without = new TreeMap<>(packages);
            without.remove(stem);
            assertThat(Oracle.violations(universe, without))
                .as("needs " + stem + ", " + about)
                .isNotEmpty();
          }
        }
      }
    }
    assertThat(solved).isBetween(100, 390);
  }

  @Test
  void changesNothingThatCouldStay() {
    int checked = 0;
    for (int round = 0; round < 400; round++) {
      String about = "seed " + seed + " round " + round;
      TestUniverse universe = universe(4 + random.nextInt(5));
      Optional<Map<String, Fmri>> before = solve(universe, Map.of(), universe.install("p2", "p3"));
      if (before.isEmpty()) {
        continue;
      }
      Optional<Map<String, Fmri>> after = solve(universe, before.get(), universe.install("p0"));
      if (after.isEmpty()) {
        continue;
      }
      checked++;
      assertThat(Oracle.violations(universe, after.get())).as(about).isEmpty();
      for (Map.Entry<String, Fmri> entry : before.get().entrySet()) {
        String stem = entry.getKey();
        assertThat(after.get()).as(about).containsKey(stem);
        if (Objects.requireNonNull(after.get().get(stem))
                .requireVersion()
                .compareTo(entry.getValue().requireVersion())
            < 0) {
          assertThat(after.get().values())
              .as("downgraded " + stem + " for an incorporation, " + about)
              .anyMatch(who -> Oracle.incorporates(universe, who, stem));
        }
        if (!stem.equals("p0") && !entry.getValue().equals(after.get().get(stem))) {
          Map<String, Fmri> back = new TreeMap<>(after.get());
          back.put(stem, entry.getValue());
          assertThat(Oracle.violations(universe, back))
              .as("moved " + stem + ", " + about)
              .isNotEmpty();
        }
      }
    }
    assertThat(checked).isGreaterThan(50);
  }

  @Test
  void updatesEverythingAsFarAsItCanGo() {
    int checked = 0;
    for (int round = 0; round < 1500; round++) {
      String about = "seed " + seed + " round " + round;
      TestUniverse universe = universe(4 + random.nextInt(5));
      Map<String, Fmri> before = new TreeMap<>();
      for (String stem : universe.stems()) {
        before.put(stem, universe.versions(stem).getFirst());
      }
      if (!Oracle.violations(universe, before).isEmpty()) {
        continue;
      }
      checked++;
      Map<String, Fmri> after = solve(universe, before, TestUniverse.update()).orElseThrow();
      assertThat(Oracle.violations(universe, after)).as(about).isEmpty();
      for (String stem : after.keySet()) {
        for (Fmri newer : universe.versions(stem)) {
          if (newer
                  .requireVersion()
                  .compareTo(Objects.requireNonNull(after.get(stem)).requireVersion())
              > 0) {
            Map<String, Fmri> better = new TreeMap<>(after);
            better.put(stem, newer);
            assertThat(Oracle.violations(universe, better)).as(newer + ", " + about).isNotEmpty();
          }
        }
      }
    }
    assertThat(checked).isGreaterThan(20);
  }

  @Test
  void plansAnImageOfTwoThousandPackages() {
    TestUniverse universe = new TestUniverse();
    int packages = 2000;
    for (int version = 1; version <= 5; version++) {
      List<String> frame = new ArrayList<>();
      frame.add("set pkg.depend.install-hold core-os");
      for (int i = 0; i < packages; i++) {
        frame.add("incorporate p" + i + "@" + version);
        List<String> needs = new ArrayList<>();
        for (int k = 0; k < 4 && i > 0; k++) {
          needs.add("require p" + random.nextInt(i) + "@" + (1 + random.nextInt(version)));
        }
        universe.add("p" + i + "@" + version, needs.toArray(String[]::new));
      }
      universe.add("entire@" + version, frame.toArray(String[]::new));
    }
    Map<String, Fmri> before = new TreeMap<>();
    before.put("entire", TestUniverse.fmri("entire@2"));
    for (int i = 0; i < packages; i++) {
      before.put("p" + i, TestUniverse.fmri("p" + i + "@2"));
    }
    Map<String, Fmri> after = solve(universe, before, TestUniverse.update()).orElseThrow();
    assertThat(after).hasSize(packages + 1);
    assertThat(after.values()).allMatch(fmri -> fmri.toShortString().endsWith("@5"));
  }

  private static Optional<Map<String, Fmri>> solve(
      TestUniverse universe, Map<String, Fmri> installed, Request request) {
    try {
      return Optional.of(
          Solver.solve(universe, ImageFacts.of(installed, TestUniverse.PUBLISHERS), request)
              .packages());
    } catch (ConflictException | ConstrainedException e) {
      return Optional.empty();
    }
  }

  /** Versions 1 to at most 4 of each package, with random dependencies; the first is the oldest. */
  private TestUniverse universe(int packages) {
    TestUniverse universe = new TestUniverse();
    for (int i = 0; i < packages; i++) {
      int versions = 1 + random.nextInt(4);
      for (int version = 1; version <= versions; version++) {
        List<String> lines = new ArrayList<>();
        for (int k = random.nextInt(4); k > 0; k--) {
          String one = "p" + other(i, packages);
          String at = "@" + (1 + random.nextInt(3));
          lines.add(
              switch (random.nextInt(10)) {
                case 0, 1, 2, 3 -> "require " + one + at;
                case 4 -> "require-any " + one + at + " p" + other(i, packages);
                case 5 -> "optional " + one + at;
                case 6 -> "exclude " + one + at;
                case 7 -> "conditional p" + other(i, packages) + at + " " + one;
                case 8 -> "group " + one;
                default -> "incorporate " + one + at;
              });
        }
        universe.add("p" + i + "@" + version, lines.toArray(String[]::new));
      }
    }
    return universe;
  }

  private int other(int self, int packages) {
    int other = random.nextInt(packages - 1);
    return other >= self ? other + 1 : other;
  }

  /** The rules once more, plainly. */
  private static final class Oracle {
    private final TestUniverse universe;
    private final Map<Fmri, Integer> variables = new HashMap<>();
    private final List<int[]> clauses = new ArrayList<>();

    Oracle(TestUniverse universe) {
      this.universe = universe;
      for (String stem : universe.stems()) {
        for (Fmri fmri : universe.versions(stem)) {
          variables.put(fmri, variables.size() + 1);
        }
      }
      for (String stem : universe.stems()) {
        List<Fmri> versions = universe.versions(stem);
        for (Fmri one : versions) {
          for (Fmri two : versions) {
            if (variable(one) < variable(two)) {
              clauses.add(new int[] {-variable(one), -variable(two)});
            }
          }
          for (Dependency dependency : dependencies(universe, one)) {
            depends(one, dependency);
          }
        }
      }
    }

    /** Of the versions newer than the given one, if there is one given. */
    void oneOf(String stem, @Nullable Fmri than) {
      clauses.add(
          universe.versions(stem).stream()
              .filter(f -> than == null || f.requireVersion().compareTo(than.requireVersion()) > 0)
              .mapToInt(this::variable)
              .toArray());
    }

    void atLeast(String stem, Fmri least) {
      clauses.add(
          universe.versions(stem).stream()
              .filter(f -> f.requireVersion().compareTo(least.requireVersion()) >= 0)
              .mapToInt(this::variable)
              .toArray());
    }

    boolean isSatisfiable() {
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

    private void depends(Fmri who, Dependency dependency) {
      List<Integer> positive = new ArrayList<>();
      for (Fmri target : dependency.targets()) {
        for (Fmri version : universe.versions(target.stem())) {
          if (satisfies(dependency, version, target)) {
            positive.add(variable(version));
          } else if (rulesOut(dependency, version, target)) {
            clauses.add(new int[] {-variable(who), -variable(version)});
          }
        }
      }
      switch (dependency.type()) {
        case REQUIRE, REQUIRE_ANY -> {
          positive.add(-variable(who));
          clauses.add(ints(positive));
        }
        case GROUP -> {
          if (!positive.isEmpty()) {
            positive.add(-variable(who));
            clauses.add(ints(positive));
          }
        }
        case CONDITIONAL -> {
          Fmri predicate = Objects.requireNonNull(dependency.predicate());
          for (Fmri version : universe.versions(predicate.stem())) {
            if (Dependency.isAtLeast(version, predicate)) {
              List<Integer> clause = new ArrayList<>(positive);
              clause.add(-variable(who));
              clause.add(-variable(version));
              clauses.add(ints(clause));
            }
          }
        }
        default -> {}
      }
    }

    private int variable(Fmri fmri) {
      return variables.getOrDefault(fmri, 0);
    }

    private static int[] ints(List<Integer> numbers) {
      return numbers.stream().mapToInt(Integer::intValue).distinct().toArray();
    }

    private static boolean satisfies(Dependency dependency, Fmri version, Fmri target) {
      return switch (dependency.type()) {
        case GROUP -> true;
        case REQUIRE, REQUIRE_ANY, CONDITIONAL -> Dependency.isAtLeast(version, target);
        default -> false;
      };
    }

    private static boolean rulesOut(Dependency dependency, Fmri version, Fmri target) {
      return switch (dependency.type()) {
        case OPTIONAL -> !Dependency.isAtLeast(version, target);
        case EXCLUDE -> Dependency.isAtLeast(version, target);
        case INCORPORATE -> !Dependency.isWithin(version, target);
        default -> false;
      };
    }

    private static List<Dependency> dependencies(TestUniverse universe, Fmri fmri) {
      return Candidate.of(fmri, universe.facts(fmri), Varcets.NONE).dependencies();
    }

    static boolean incorporates(TestUniverse universe, Fmri who, String stem) {
      return dependencies(universe, who).stream()
          .anyMatch(
              dependency ->
                  dependency.type() == Dependency.Type.INCORPORATE
                      && dependency.target().stem().equals(stem));
    }

    static List<String> violations(TestUniverse universe, Map<String, Fmri> packages) {
      List<String> violations = new ArrayList<>();
      for (Fmri who : packages.values()) {
        for (Dependency dependency : dependencies(universe, who)) {
          boolean met = false;
          for (Fmri target : dependency.targets()) {
            Fmri there = packages.get(target.stem());
            met |= there != null && satisfies(dependency, there, target);
            if (there != null && rulesOut(dependency, there, target)) {
              violations.add(who + " " + dependency);
            }
          }
          boolean asks =
              switch (dependency.type()) {
                case REQUIRE, REQUIRE_ANY -> true;
                case GROUP -> !universe.versions(dependency.target().stem()).isEmpty();
                case CONDITIONAL -> {
                  Fmri predicate = Objects.requireNonNull(dependency.predicate());
                  Fmri there = packages.get(predicate.stem());
                  yield there != null && Dependency.isAtLeast(there, predicate);
                }
                default -> false;
              };
          if (asks && !met) {
            violations.add(who + " " + dependency);
          }
        }
      }
      return violations;
    }
  }
}
