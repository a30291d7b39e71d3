package emblema.image.plan;

import emblema.core.fmri.Fmri;
import emblema.image.solve.ImageFacts;
import emblema.image.solve.Matching;
import emblema.image.solve.Request;
import emblema.image.solve.Solution;
import emblema.image.solve.Solver;
import emblema.image.solve.Universe;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * From a wish to a plan, in two parts: {@link #solve} says which package versions the image shall
 * hold, from catalogs alone; when their manifests are at hand, {@link #evaluate} says what that
 * does to the image. Both are pure: the same values in, the same value out, nothing touched.
 */
public final class Planner {
  private Planner() {}

  /** What a wish leads to, and the packages that were named and so are installed "manually". */
  public record Choice(Solution solution, Set<String> named) {
    public Choice {
      named = Set.copyOf(named);
    }

    /** Versions that are not installed yet, whose manifests {@link Planner#evaluate} will read. */
    public List<Fmri> coming(ImageFacts image) {
      return solution.packages().values().stream()
          .filter(fmri -> !fmri.equals(image.installed().get(fmri.stem())))
          .toList();
    }
  }

  /** Errors: those of {@link Matching} and of {@link Solver}. */
  public static Choice solve(Wish wish, Universe universe, ImageFacts image) {
    Set<String> rejected = Matching.stems(universe, image, wish.rejected());
    return switch (wish.kind()) {
      case INSTALL -> install(wish, universe, image, Matching.Mode.ALL, rejected);
      case UPDATE -> install(wish, universe, image, Matching.Mode.INSTALLED_STEMS, rejected);
      case UPDATE_ALL ->
          new Choice(
              Solver.solve(
                  universe, image, new Request(Request.Kind.UPDATE_ALL, Map.of(), rejected)),
              Set.of());
      case UNINSTALL -> uninstall(wish, universe, image);
    };
  }

  private static Choice install(
      Wish wish, Universe universe, ImageFacts image, Matching.Mode mode, Set<String> rejected) {
    Map<String, Set<Fmri>> proposed =
        Matching.find(universe, image, wish.patterns(), mode, rejected, wish.ignoreMissing());
    Request request = new Request(Request.Kind.INSTALL, proposed, rejected);
    return new Choice(Solver.solve(universe, image, request), proposed.keySet());
  }

  private static Choice uninstall(Wish wish, Universe universe, ImageFacts image) {
    Set<String> stems =
        new TreeSet<>(
            Matching.find(
                    universe,
                    image,
                    wish.patterns(),
                    Matching.Mode.INSTALLED_VERSIONS,
                    Set.of(),
                    wish.ignoreMissing())
                .keySet());
    Request request = new Request(Request.Kind.UNINSTALL, Map.of(), stems);
    return new Choice(Solver.solve(universe, image, request), Set.of());
  }

  /**
   * What has to be done to make the image hold the solution.
   *
   * @throws emblema.core.error.ConflictException if packages contradict each other or deliver to
   *     places that are not theirs
   */
  public static Plan evaluate(PlanInput input, Solution solution) {
    return new Evaluation(input, solution).plan();
  }

  /** What leaves all versions as they are. */
  public static Choice stay(ImageFacts image) {
    return new Choice(new Solution(image.installed(), image.avoided()), Set.of());
  }

  /**
   * What has to be done to put objects of installed packages as the packages have them.
   *
   * @param repairs all of them possible
   * @param removals of what no package delivers, done first
   */
  public static Plan repair(PlanInput input, List<Repair> repairs, List<? extends Step> removals) {
    return Repairing.plan(input, repairs, removals);
  }
}
