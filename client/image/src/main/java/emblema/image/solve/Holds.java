package emblema.image.solve;

import emblema.core.fmri.Fmri;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which installed incorporations an installation must leave alone (spec planner-solver, section
 * 4.4, step 4), and what that rules out.
 */
final class Holds {
  private final ImageFacts image;
  private final Pool pool;
  private final Map<String, Set<Fmri>> proposed;

  Holds(ImageFacts image, Pool pool, Map<String, Set<Fmri>> proposed) {
    this.image = image;
    this.pool = pool;
    this.proposed = proposed;
  }

  /** Rejects other versions of the maintained incorporations, and all that those do not admit. */
  void apply(Set<String> leaving) {
    for (String stem : maintained(leaving)) {
      Candidate incorporation = pool.installed(stem).orElseThrow();
      for (Candidate other : pool.all(stem)) {
        if (!pool.isInstalled(other)) {
          pool.reject(
              other,
              Rejection.Kind.BINDING,
              "This version is excluded by installed incorporation "
                  + Candidate.show(incorporation.fmri()));
        }
      }
      for (Dependency dependency :
          incorporation.dependencies(Dependency.Type.INCORPORATE).toList()) {
        Fmri frame = dependency.target();
        for (Candidate candidate : pool.all(frame.stem())) {
          if (!Dependency.isWithin(candidate.fmri(), frame) && !pool.isInstalled(candidate)) {
            pool.reject(
                candidate,
                Rejection.Kind.BINDING,
                "This version is excluded by installed incorporation "
                    + Candidate.show(incorporation.fmri()));
          }
        }
      }
    }
  }

  Set<String> maintained(Set<String> leaving) {
    Set<String> relaxed = relaxed();
    Map<String, List<String>> held = new TreeMap<>();
    Set<String> incorporations = new TreeSet<>();
    Set<String> dependedOn = new HashSet<>();
    Set<String> relaxedHolds = new HashSet<>();
    for (String stem : image.installed().keySet()) {
      Candidate candidate = pool.installed(stem).orElseThrow();
      if (!candidate.holds().isEmpty()) {
        held.put(stem, candidate.holds());
        if (relaxed.contains(stem)) {
          relaxedHolds.addAll(candidate.holds());
        }
      }
      if (candidate.isIncorporation()) {
        incorporations.add(stem);
      }
      for (Dependency dependency : candidate.dependencies()) {
        dependency.targets().stream()
            .filter(target -> target.version() != null)
            .forEach(target -> dependedOn.add(target.stem()));
      }
    }
    held.values().removeIf(holds -> holds.stream().anyMatch(h -> isRelaxed(h, relaxedHolds)));
    dependedOn.removeAll(held.keySet());
    dependedOn.removeAll(heldBelow(held.keySet(), incorporations));
    incorporations.removeAll(dependedOn);
    incorporations.removeAll(proposed.keySet());
    incorporations.removeAll(leaving);
    return incorporations;
  }

  private static boolean isRelaxed(String hold, Set<String> relaxedHolds) {
    return relaxedHolds.contains(hold)
        || relaxedHolds.stream().anyMatch(relaxed -> hold.startsWith(relaxed + "."));
  }

  /** Proposed stems, except those of which the only proposed version is installed already. */
  private Set<String> relaxed() {
    Set<String> relaxed = new HashSet<>(proposed.keySet());
    relaxed.removeIf(
        stem -> image.installed(stem).map(Set::of).orElse(Set.of()).equals(proposed.get(stem)));
    return relaxed;
  }

  /** Incorporations that a held one pins to a single possible version are held with it. */
  private Set<String> heldBelow(Set<String> held, Set<String> incorporations) {
    Set<String> below = new LinkedHashSet<>();
    Deque<String> open = new ArrayDeque<>(held);
    while (!open.isEmpty()) {
      Candidate holder = pool.installed(open.pop()).orElseThrow();
      for (Dependency dependency : holder.dependencies(Dependency.Type.INCORPORATE).toList()) {
        Fmri frame = dependency.target();
        if (incorporations.contains(frame.stem())
            && !held.contains(frame.stem())
            && pool.installed(frame.stem()).orElseThrow().holds().isEmpty()
            && pool.all(frame.stem()).stream()
                    .filter(candidate -> Dependency.isWithin(candidate.fmri(), frame))
                    .count()
                == 1
            && below.add(frame.stem())) {
          open.push(frame.stem());
        }
      }
    }
    return below;
  }
}
