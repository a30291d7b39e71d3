package emblema.image.solve;

import emblema.core.fmri.Fmri;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Why nothing changes although newer versions are known: each package with a newer version, and
 * what keeps that version out.
 */
final class Standstill {
  /** Each may cost a solving of its own; who has read five knows where to look. */
  private static final int MOST = 5;

  private final Pool pool;
  private final Supplier<Encoding> encodings;
  private final Function<Encoding, Preferences> preferences;

  Standstill(Pool pool, Supplier<Encoding> encodings, Function<Encoding, Preferences> preferences) {
    this.pool = pool;
    this.encodings = encodings;
    this.preferences = preferences;
  }

  /** One paragraph for each package, or for several that have the same reason. */
  List<String> paragraphs(Collection<String> stems) {
    Set<String> paragraphs = new LinkedHashSet<>();
    int more = 0;
    for (String stem : stems) {
      Optional<Candidate> installed = pool.installed(stem);
      List<Candidate> newer = installed.map(this::newer).orElse(List.of());
      if (newer.isEmpty()) {
        continue;
      }
      if (paragraphs.size() == MOST) {
        more++;
      } else {
        reason(installed.orElseThrow().fmri(), newer)
            .ifPresent(
                reason ->
                    paragraphs.add(
                        "A newer version of '"
                            + stem
                            + "' exists, "
                            + Candidate.show(newer.getFirst().fmri())
                            + ", but cannot be installed:\n"
                            + reason));
      }
    }
    List<String> all = new ArrayList<>(paragraphs);
    if (more > 0) {
      all.add(
          more + (more == 1 ? " more package has" : " more packages have") + " newer versions.");
    }
    return all;
  }

  /** Newer versions that were not merely not asked for, newest first. */
  private List<Candidate> newer(Candidate installed) {
    return pool.all(installed.stem()).stream()
        .filter(
            candidate ->
                candidate.fmri().requireVersion().compareTo(installed.fmri().requireVersion()) > 0)
        .filter(
            candidate ->
                pool.rejection(candidate)
                    .map(rejection -> rejection.kind().isTelling())
                    .orElse(true))
        .toList();
  }

  private Optional<String> reason(Fmri installed, List<Candidate> newer) {
    List<Candidate> open = newer.stream().filter(c -> !pool.isRejected(c)).toList();
    if (open.isEmpty()) {
      return Optional.of(Explanation.rejections(pool, newer));
    }
    Encoding encoding = encodings.get();
    encoding.oneOf(open, new Reason.Newer(installed));
    Sat sat = new Sat(encoding.variableCount());
    encoding.clauses().forEach(clause -> sat.add(clause.literals()));
    return sat.solve(preferences.apply(encoding))
        ? Optional.empty()
        : Optional.of(Explanation.contradiction(encoding, pool, sat.core()));
  }
}
