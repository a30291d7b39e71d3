package emblema.image.solve;

import emblema.core.fmri.Fmri;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Takes obsolete packages, and renamed ones that nobody needs, out of an answer (4.6). */
final class Leftovers {
  private Leftovers() {}

  static Map<String, Candidate> drop(List<Candidate> chosen) {
    Map<String, Candidate> kept = new TreeMap<>();
    for (Candidate candidate : chosen) {
      if (!candidate.isObsolete()) {
        kept.put(candidate.stem(), candidate);
      }
    }
    boolean again = true;
    while (again) {
      Set<String> named =
          kept.values().stream().flatMap(Leftovers::holding).collect(Collectors.toSet());
      again =
          kept.values()
              .removeIf(candidate -> candidate.isRenamed() && !named.contains(candidate.stem()));
    }
    return kept;
  }

  /** Names that a package depends on in a way that keeps them. */
  private static Stream<String> holding(Candidate candidate) {
    return candidate.dependencies().stream()
        .filter(
            dependency ->
                switch (dependency.type()) {
                  case INCORPORATE, OPTIONAL, ORIGIN, EXCLUDE, PARENT -> false;
                  case REQUIRE, REQUIRE_ANY, CONDITIONAL, GROUP, GROUP_ANY -> true;
                })
        .flatMap(dependency -> dependency.targets().stream())
        .map(Fmri::stem)
        .filter(stem -> !stem.equals(candidate.stem()));
  }
}
