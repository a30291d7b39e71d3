package emblema.image.solve;

import emblema.core.fmri.Fmri;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Which versions satisfy a dependency (spec planner-solver, section 4.5). */
final class Alternatives {
  private Alternatives() {}

  /** Versions of the named packages that are the wanted ones or newer and not obsolete. */
  static List<Candidate> required(Pool pool, Dependency dependency) {
    List<Candidate> found = new ArrayList<>();
    for (Fmri target : dependency.targets()) {
      for (Candidate candidate : pool.open(target.stem())) {
        if (!candidate.isObsolete() && Dependency.isAtLeast(candidate.fmri(), target)) {
          found.add(candidate);
        }
      }
    }
    return found;
  }

  /**
   * All versions of the named packages that are not blocked; obsolete ones count only when there is
   * nothing else.
   */
  static List<Candidate> grouped(Pool pool, Dependency dependency, Set<String> blocked) {
    List<Candidate> found = new ArrayList<>();
    boolean several = dependency.targets().size() > 1;
    for (Fmri target : dependency.targets()) {
      if (!blocked.contains(target.stem())) {
        found.addAll(pool.open(target.stem()));
      }
    }
    if (several && found.stream().anyMatch(candidate -> !candidate.isObsolete())) {
      found.removeIf(Candidate::isObsolete);
    }
    return found;
  }

  /** Whether a group dependency asks for anything: some member is known and not blocked. */
  static boolean isAsking(Pool pool, Dependency dependency, Set<String> blocked) {
    return dependency.targets().stream()
        .map(Fmri::stem)
        .anyMatch(stem -> !blocked.contains(stem) && !pool.all(stem).isEmpty());
  }
}
