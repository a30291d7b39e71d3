package emblema.image.solve;

import emblema.core.error.ConflictException;
import emblema.core.error.NotFoundException;
import emblema.core.fmri.Fmri;
import emblema.core.fmri.FmriPattern;
import emblema.core.fmri.Version;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * From what a user names packages by to the versions meant (spec fmri-version 9.2, planner-solver
 * 2). All problems of all patterns are gathered into one error.
 */
public final class Matching {

  /** Which versions a pattern is compared with. */
  public enum Mode {
    /** All known versions. */
    ALL,
    /** All known versions of packages that are installed. */
    INSTALLED_STEMS,
    /** The installed versions. */
    INSTALLED_VERSIONS
  }

  private final Universe universe;
  private final ImageFacts image;
  private final Mode mode;
  private final Set<String> rejected;
  private final MatchProblems problems = new MatchProblems();

  private Matching(Universe universe, ImageFacts image, Mode mode, Set<String> rejected) {
    this.universe = universe;
    this.image = image;
    this.mode = mode;
    this.rejected = rejected;
  }

  /**
   * The versions meant, by stem.
   *
   * @param ignoreMissing whether patterns that match nothing are passed over
   * @throws NotFoundException if a pattern matches nothing
   * @throws ConflictException if patterns are ambiguous or contradict each other
   */
  public static Map<String, Set<Fmri>> find(
      Universe universe,
      ImageFacts image,
      Collection<FmriPattern> patterns,
      Mode mode,
      Set<String> rejected,
      boolean ignoreMissing) {
    return new Matching(universe, image, mode, rejected).find(patterns, ignoreMissing);
  }

  /** The installed and known stems that patterns of {@code --reject} name. */
  public static Set<String> stems(
      Universe universe, ImageFacts image, Collection<FmriPattern> patterns) {
    Set<String> stems = new TreeSet<>();
    Set<String> known = new TreeSet<>(universe.stems());
    known.addAll(image.installed().keySet());
    List<String> unmatched = new ArrayList<>();
    for (FmriPattern pattern : patterns) {
      List<String> found = known.stream().filter(pattern::matchesName).toList();
      if (found.isEmpty()) {
        unmatched.add(pattern.text());
      }
      stems.addAll(found);
    }
    if (!unmatched.isEmpty()) {
      throw MatchProblems.unmatched(unmatched);
    }
    return stems;
  }

  private Map<String, Set<Fmri>> find(Collection<FmriPattern> patterns, boolean ignoreMissing) {
    Map<FmriPattern, Map<String, List<Fmri>>> matches = new LinkedHashMap<>();
    for (FmriPattern pattern : new LinkedHashSet<>(patterns)) {
      Map<String, List<Fmri>> found = matches(pattern);
      if (!found.isEmpty()) {
        matches.put(pattern, found);
      } else if (!ignoreMissing || mode == Mode.ALL) {
        problems.missing(pattern, mode, hasOtherReason(pattern));
      }
    }
    Map<String, Set<Fmri>> result = new TreeMap<>();
    Set<String> stems = new TreeSet<>();
    matches.values().forEach(found -> stems.addAll(found.keySet()));
    for (String stem : stems) {
      Set<Fmri> versions = choose(stem, matches);
      if (!versions.isEmpty()) {
        result.put(stem, versions);
      }
    }
    problems.throwIfAny();
    return result;
  }

  /** What one pattern matches after rejects, variants and disambiguation. */
  private Map<String, List<Fmri>> matches(FmriPattern pattern) {
    Map<String, List<Fmri>> found = new TreeMap<>();
    for (String stem : stems()) {
      if (pattern.matchesName(stem) && !rejected.contains(stem)) {
        List<Fmri> versions =
            versions(stem).stream()
                .filter(pattern::matches)
                .filter(fmri -> mode == Mode.INSTALLED_VERSIONS || fitsVariants(fmri))
                .toList();
        if (!versions.isEmpty()) {
          found.put(stem, versions);
        }
      }
    }
    if (!pattern.hasWildcard() && found.size() > 1) {
      preferTheLiving(found);
      preferTheRenamed(found);
      if (found.size() > 1) {
        problems.ambiguous(pattern, found.keySet());
      }
    }
    return found;
  }

  private Collection<String> stems() {
    return mode == Mode.ALL ? universe.stems() : image.installed().keySet();
  }

  private List<Fmri> versions(String stem) {
    return mode == Mode.INSTALLED_VERSIONS
        ? image.installed(stem).map(List::of).orElse(List.of())
        : universe.versions(stem);
  }

  private boolean fitsVariants(Fmri fmri) {
    return fmri.equals(image.installed().get(fmri.stem()))
        || candidate(fmri).unsupportedVariant(image.varcets()).isEmpty();
  }

  private Candidate candidate(Fmri fmri) {
    return Candidate.of(fmri, universe.facts(fmri), image.varcets());
  }

  private void preferTheLiving(Map<String, List<Fmri>> found) {
    List<String> obsolete =
        found.keySet().stream()
            .filter(
                stem ->
                    found.getOrDefault(stem, List.of()).stream()
                        .anyMatch(fmri -> candidate(fmri).isObsolete()))
            .toList();
    if (obsolete.size() < found.size()) {
      obsolete.forEach(found::remove);
    }
  }

  private void preferTheRenamed(Map<String, List<Fmri>> found) {
    Set<String> successors = new TreeSet<>();
    for (List<Fmri> versions : found.values()) {
      for (Fmri fmri : versions) {
        Candidate candidate = candidate(fmri);
        if (candidate.isRenamed()) {
          candidate
              .dependencies(Dependency.Type.REQUIRE)
              .map(dependency -> dependency.target().stem())
              .filter(stem -> !stem.equals(fmri.stem()))
              .forEach(successors::add);
        }
      }
    }
    found.keySet().removeAll(successors);
  }

  private boolean hasOtherReason(FmriPattern pattern) {
    return stems().stream().anyMatch(stem -> pattern.matchesName(stem) && rejected.contains(stem));
  }

  /** The versions of one stem that all patterns that count agree on. */
  private Set<Fmri> choose(String stem, Map<FmriPattern, Map<String, List<Fmri>>> matches) {
    List<FmriPattern> counted =
        matches.keySet().stream()
            .filter(pattern -> matches.getOrDefault(pattern, Map.of()).containsKey(stem))
            .toList();
    if (counted.stream().anyMatch(pattern -> !pattern.hasWildcard())) {
      counted = counted.stream().filter(pattern -> !pattern.hasWildcard()).toList();
    } else if (counted.stream().anyMatch(pattern -> pattern.publisher() != null)) {
      counted = counted.stream().filter(pattern -> pattern.publisher() != null).toList();
    }
    Set<Fmri> versions = new LinkedHashSet<>();
    boolean first = true;
    for (FmriPattern pattern : counted) {
      List<Fmri> found = matches.getOrDefault(pattern, Map.of()).getOrDefault(stem, List.of());
      if (first) {
        versions.addAll(found);
        first = false;
      } else {
        versions.retainAll(found);
      }
    }
    if (versions.isEmpty()) {
      problems.contradictory(stem, counted);
      return versions;
    }
    Fmri installed = image.installed().get(stem);
    if (mode == Mode.INSTALLED_VERSIONS) {
      return versions;
    }
    if (installed != null
        && image.isSticky(installed)
        && counted.stream().allMatch(pattern -> pattern.publisher() == null)) {
      versions.removeIf(fmri -> !fmri.publisherIfAny().equals(installed.publisherIfAny()));
      if (versions.isEmpty()) {
        problems.wrongPublisher(stem, installed);
        return versions;
      }
    }
    int best = versions.stream().mapToInt(image::rank).min().orElse(0);
    versions.removeIf(fmri -> image.rank(fmri) > best && !fmri.equals(installed));
    if (installed != null && versions.contains(installed)) {
      versions.removeIf(
          fmri ->
              !fmri.equals(installed)
                  && fmri.requireVersion().compareTo(installed.requireVersion()) == 0);
    }
    if (counted.stream().anyMatch(FmriPattern::isLatest)) {
      Version newest =
          versions.stream().map(Fmri::requireVersion).max(Comparator.naturalOrder()).orElseThrow();
      versions.removeIf(fmri -> fmri.requireVersion().compareTo(newest) != 0);
    }
    return versions;
  }
}
