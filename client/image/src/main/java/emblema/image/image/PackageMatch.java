package emblema.image.image;

import emblema.core.fmri.Fmri;
import emblema.core.fmri.FmriPattern;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Which of some packages a user's patterns name (spec client-cli, section 4, for commands that look
 * and change nothing: several names may match one pattern).
 *
 * @param matched in the order of the packages; all packages if there are no patterns
 * @param unmatched patterns that name none of them, in the order given
 */
public record PackageMatch<T>(List<T> matched, List<FmriPattern> unmatched) {
  public PackageMatch {
    matched = List.copyOf(matched);
    unmatched = List.copyOf(unmatched);
  }

  /** Matches patterns against packages in any order. */
  public static <T> PackageMatch<T> of(
      Collection<T> packages, List<FmriPattern> patterns, Function<T, Fmri> fmri) {
    if (patterns.isEmpty()) {
      return new PackageMatch<>(List.copyOf(packages), List.of());
    }
    Set<Fmri> named = new HashSet<>();
    List<FmriPattern> unmatched = new ArrayList<>();
    for (FmriPattern pattern : patterns) {
      List<Fmri> found = packages.stream().map(fmri).filter(pattern::matches).toList();
      if (found.isEmpty()) {
        unmatched.add(pattern);
      }
      named.addAll(pattern.isLatest() ? newest(found) : found);
    }
    return new PackageMatch<>(
        packages.stream().filter(each -> named.contains(fmri.apply(each))).toList(), unmatched);
  }

  private static List<Fmri> newest(List<Fmri> found) {
    List<Fmri> result = new ArrayList<>();
    for (Fmri fmri : found) {
      boolean isNewest =
          found.stream()
              .noneMatch(
                  other ->
                      other.stem().equals(fmri.stem())
                          && other.requireVersion().compareTo(fmri.requireVersion()) > 0);
      if (isNewest) {
        result.add(fmri);
      }
    }
    return result;
  }
}
