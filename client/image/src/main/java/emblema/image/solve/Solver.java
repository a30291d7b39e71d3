package emblema.image.solve;

import emblema.core.error.ConflictException;
import emblema.core.error.ConstrainedException;
import emblema.core.fmri.Fmri;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which package versions the image shall hold (spec planner-solver, sections 4 and 5).
 * Deterministic.
 *
 * <p>Order of criteria: named packages as new as possible; installed ones unchanged (an update of
 * everything: as new as possible, incorporations first); those that must move as new as possible;
 * what has to come in as new as possible, and nothing that is not needed. Each criterion goes
 * through the packages by name.
 *
 * <p>Fails with {@code ConflictException} (exit status 1) when no version of a named package can be
 * considered at all, when an installed package could neither stay nor move, or when dependents
 * forbid a removal; with {@code ConstrainedException} (9) when versions exist but contradict each
 * other.
 */
public final class Solver {
  private final ImageFacts image;
  private final Request request;
  private final Pool pool;
  private final Trimming trimming;

  private Solver(Universe universe, ImageFacts image, Request request) {
    this.image = image;
    this.request = request;
    this.pool = new Pool(universe, image, request.proposed());
    this.trimming = new Trimming(image, pool, request);
  }

  public static Solution solve(Universe universe, ImageFacts image, Request request) {
    return new Solver(universe, image, request).solve();
  }

  private Solution solve() {
    if (request.kind() == Request.Kind.UNINSTALL) {
      refuseOrphans();
    }
    Set<String> needed = new TreeSet<>(image.installed().keySet());
    needed.removeAll(image.avoided());
    needed.addAll(request.proposed().keySet());
    needed.removeAll(request.rejected());
    Set<String> roots = new TreeSet<>(needed);
    roots.addAll(image.installed().keySet());
    roots.removeAll(request.rejected());
    Set<String> blocked = new TreeSet<>(image.avoided());
    blocked.removeAll(request.proposed().keySet());
    blocked.addAll(request.rejected());

    trimming.rejected();
    trimming.older(roots);
    trimming.unproposed();
    if (request.kind() != Request.Kind.UPDATE_ALL) {
      new Holds(image, pool, request.proposed()).apply(request.rejected());
    }
    trimming.frozen();
    Set<String> stems = trimming.closure(roots, blocked);
    trimming.unmet(stems, blocked);
    checkLeft(needed);

    Encoding encoding = encoding(stems, needed, blocked);
    Sat sat = run(encoding);
    Map<String, Candidate> chosen = Leftovers.drop(encoding.chosen(sat));
    TreeMap<String, Fmri> packages = new TreeMap<>();
    chosen.forEach((stem, candidate) -> packages.put(stem, candidate.fmri()));
    List<String> standstill = List.of();
    if (request.kind() != Request.Kind.UNINSTALL && packages.equals(image.installed())) {
      if (request.kind() == Request.Kind.UPDATE_ALL) {
        refuseStandstill(stems, needed, blocked);
      }
      standstill =
          new Standstill(pool, () -> encoding(stems, needed, blocked), this::preferences)
              .paragraphs(
                  request.kind() == Request.Kind.UPDATE_ALL
                      ? image.installed().keySet()
                      : request.proposed().keySet());
    }
    return new Solution(packages, avoided(chosen), standstill);
  }

  private Encoding encoding(Set<String> stems, Set<String> needed, Set<String> blocked) {
    Encoding encoding = new Encoding(pool, stems, needed, blocked);
    for (String stem : needed) {
      encoding.oneOf(
          pool.open(stem),
          request.proposed().containsKey(stem) ? new Reason.Wanted(stem) : new Reason.Kept(stem));
    }
    trimming.downgrades().forEach(encoding::onlyWith);
    return encoding;
  }

  private Sat run(Encoding encoding) {
    Sat sat = new Sat(encoding.variableCount());
    encoding.clauses().forEach(clause -> sat.add(clause.literals()));
    if (!sat.solve(preferences(encoding))) {
      throw new ConstrainedException(
          "no set of packages satisfies the request",
          Explanation.contradiction(encoding, pool, sat.core()),
          List.of(),
          null);
    }
    return sat;
  }

  private Preferences preferences(Encoding encoding) {
    Map<String, List<Candidate>> stems = encoding.stems();
    List<String> byWeight = new ArrayList<>(stems.keySet());
    Map<String, Long> weights = new HashMap<>();
    stems.forEach(
        (stem, versions) ->
            weights.put(
                stem, versions.getFirst().dependencies(Dependency.Type.INCORPORATE).count()));
    byWeight.sort(
        Comparator.comparing((String stem) -> -weights.getOrDefault(stem, 0L))
            .thenComparing(Comparator.naturalOrder()));
    IntList wishes = new IntList();
    for (String stem : byWeight) {
      if (request.proposed().containsKey(stem)) {
        encoding.versions(stem).forEach(candidate -> wishes.add(encoding.variable(candidate)));
      }
    }
    boolean keeping = request.kind() != Request.Kind.UPDATE_ALL;
    if (keeping) {
      for (List<Candidate> versions : stems.values()) {
        versions.stream()
            .filter(c -> pool.isInstalled(c) && !encoding.presence().containsKey(c.stem()))
            .forEach(candidate -> wishes.add(encoding.variable(candidate)));
      }
    }
    for (String stem : byWeight) {
      if (!encoding.presence().containsKey(stem)) {
        encoding.versions(stem).forEach(candidate -> wishes.add(encoding.variable(candidate)));
      }
    }
    return new Preferences(wishes.toArray(), optionals(encoding, keeping));
  }

  /** Later alternatives of a choice are left out first, so that earlier ones win. */
  private List<Preferences.Optional> optionals(Encoding encoding, boolean keeping) {
    Map<String, Integer> place = new HashMap<>();
    for (List<Candidate> versions : encoding.stems().values()) {
      for (Candidate candidate : versions) {
        for (Dependency dependency : candidate.dependencies()) {
          for (int i = 0; i < dependency.targets().size(); i++) {
            place.merge(dependency.targets().get(i).stem(), i, Math::max);
          }
        }
      }
    }
    List<String> stems = new ArrayList<>(encoding.presence().keySet());
    stems.sort(
        Comparator.comparing((String stem) -> image.installed().containsKey(stem))
            .thenComparing(stem -> -place.getOrDefault(stem, 0))
            .thenComparing(Comparator.naturalOrder()));
    return stems.stream()
        .map(
            stem -> {
              List<Candidate> versions = new ArrayList<>(encoding.versions(stem));
              if (keeping) {
                versions.sort(Comparator.comparing(candidate -> !pool.isInstalled(candidate)));
              }
              return new Preferences.Optional(
                  encoding.presence().getOrDefault(stem, 0),
                  versions.stream().mapToInt(encoding::variable).toArray());
            })
        .toList();
  }

  private void checkLeft(Set<String> needed) {
    List<String> impossible = new ArrayList<>();
    for (String stem : needed) {
      if (pool.open(stem).isEmpty() && request.proposed().containsKey(stem)) {
        impossible.add(stem);
      }
    }
    if (!impossible.isEmpty()) {
      throw new ConflictException(
          "no matching version of " + quoted(impossible) + " can be installed",
          Explanation.rejectionsOf(pool, impossible),
          List.of(),
          null);
    }
    for (String stem : needed) {
      if (pool.open(stem).isEmpty()) {
        impossible.add(stem);
      }
    }
    if (!impossible.isEmpty()) {
      throw new ConflictException(
          "package "
              + quoted(impossible)
              + " must be uninstalled or upgraded if the requested operation is to be performed",
          Explanation.rejectionsOf(pool, impossible),
          List.of(),
          null);
    }
  }

  private static String quoted(List<String> stems) {
    return stems.stream().map(stem -> "'" + stem + "'").collect(Collectors.joining(", "));
  }

  /** What is removed must not be required by what stays (4.9). */
  private void refuseOrphans() {
    for (String stem : request.rejected()) {
      Fmri going = image.installed().get(stem);
      List<String> dependents = new ArrayList<>();
      for (String other : image.installed().keySet()) {
        if (going != null
            && !request.rejected().contains(other)
            && pool.installed(other)
                .orElseThrow()
                .dependencies(Dependency.Type.REQUIRE)
                .anyMatch(dependency -> dependency.target().stem().equals(stem))) {
          dependents.add("  " + pool.installed(other).orElseThrow().shortName());
        }
      }
      if (!dependents.isEmpty() && going != null) {
        throw new ConflictException(
            "unable to remove '"
                + going.toShortString()
                + "' due to the following packages that depend on it:",
            String.join("\n", dependents),
            List.of("name these packages too, to remove them together"),
            null);
      }
    }
  }

  /** An update that changes nothing though a held incorporation has a newer version fails (4.8). */
  private void refuseStandstill(Set<String> stems, Set<String> needed, Set<String> blocked) {
    for (Candidate installed :
        image.installed().keySet().stream()
            .flatMap(stem -> pool.installed(stem).stream())
            .filter(c -> c.isIncorporation() && !c.holds().isEmpty())
            .toList()) {
      List<Candidate> newer =
          pool.open(installed.stem()).stream().filter(c -> !pool.isInstalled(c)).toList();
      if (!newer.isEmpty()) {
        Encoding encoding = encoding(stems, needed, blocked);
        encoding.oneOf(newer, new Reason.Newer(installed.fmri()));
        run(encoding);
      }
    }
  }

  /** Group members that the user removed stay away until they are asked for (4.7). */
  private Set<String> avoided(Map<String, Candidate> chosen) {
    Set<String> avoided = new TreeSet<>(image.avoided());
    avoided.removeAll(request.proposed().keySet());
    for (Candidate candidate : chosen.values()) {
      for (Dependency dependency : candidate.dependencies()) {
        if (dependency.type() == Dependency.Type.GROUP
            || dependency.type() == Dependency.Type.GROUP_ANY) {
          dependency.targets().stream()
              .map(Fmri::stem)
              .filter(request.rejected()::contains)
              .forEach(avoided::add);
        }
      }
    }
    return avoided;
  }
}
