package emblema.image.solve;

import emblema.core.fmri.Fmri;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The versions that one request may choose from, read from the universe when first asked for, and
 * why others are out (spec planner-solver, sections 4.2 and 4.3). The first reason given stays.
 */
final class Pool {
  private final Universe universe;
  private final ImageFacts image;
  private final Map<String, Set<Fmri>> proposed;
  private final Map<String, List<Candidate>> stems = new HashMap<>();
  private final Map<Fmri, Rejection> rejections = new LinkedHashMap<>();

  Pool(Universe universe, ImageFacts image, Map<String, Set<Fmri>> proposed) {
    this.universe = universe;
    this.image = image;
    this.proposed = proposed;
  }

  /** The versions that publisher rules leave, newest first, rejected ones included. */
  List<Candidate> all(String stem) {
    List<Candidate> known = stems.get(stem);
    if (known == null) {
      known = read(stem);
      stems.put(stem, known);
    }
    return known;
  }

  /** The versions that may be chosen, newest first. */
  List<Candidate> open(String stem) {
    return all(stem).stream().filter(candidate -> !isRejected(candidate)).toList();
  }

  Optional<Candidate> find(@Nullable Fmri fmri) {
    return fmri == null
        ? Optional.empty()
        : all(fmri.stem()).stream().filter(c -> c.fmri().equals(fmri)).findFirst();
  }

  Optional<Candidate> installed(String stem) {
    return find(image.installed().get(stem));
  }

  boolean isInstalled(Candidate candidate) {
    return candidate.fmri().equals(image.installed().get(candidate.stem()));
  }

  void reject(Candidate candidate, Rejection.Kind kind, String reason) {
    reject(candidate, kind, reason, List.of());
  }

  void reject(Candidate candidate, Rejection.Kind kind, String reason, List<Candidate> causes) {
    rejections.putIfAbsent(candidate.fmri(), new Rejection(kind, reason, causes));
  }

  boolean isRejected(Candidate candidate) {
    return rejections.containsKey(candidate.fmri());
  }

  Optional<Rejection> rejection(Candidate candidate) {
    return Optional.ofNullable(rejections.get(candidate.fmri()));
  }

  private List<Candidate> read(String stem) {
    Fmri installed = image.installed().get(stem);
    Set<Fmri> wanted = proposed.get(stem);
    List<Fmri> versions = new ArrayList<>(universe.versions(stem));
    versions.removeIf(fmri -> !image.isEnabled(fmri) && !fmri.equals(installed));
    if (installed != null && !versions.contains(installed)) {
      versions.add(installed);
    }
    List<Fmri> enabled = List.copyOf(versions);
    versions.removeIf(
        fmri -> !fmri.equals(installed) && isForeign(fmri, installed, wanted, enabled));
    if (installed != null) {
      versions.removeIf(
          fmri ->
              !fmri.equals(installed)
                  && fmri.requireVersion().compareTo(installed.requireVersion()) == 0);
    }
    versions.sort(
        Comparator.comparing(Fmri::requireVersion)
            .reversed()
            .thenComparingInt(image::rank)
            .thenComparing(Fmri::toString));
    return versions.stream()
        .map(fmri -> Candidate.of(fmri, universe.facts(fmri), image.varcets()))
        .toList();
  }

  private boolean isForeign(
      Fmri fmri, @Nullable Fmri installed, @Nullable Set<Fmri> wanted, List<Fmri> all) {
    if (wanted != null) {
      return wanted.stream().noneMatch(other -> samePublisher(other, fmri));
    }
    if (installed != null && image.isSticky(installed)) {
      return !samePublisher(fmri, installed);
    }
    int best =
        all.stream().filter(image::isEnabled).mapToInt(image::rank).min().orElse(Integer.MAX_VALUE);
    return image.rank(fmri) > best;
  }

  private static boolean samePublisher(Fmri one, Fmri other) {
    return one.publisherIfAny().equals(other.publisherIfAny());
  }
}
