package emblema.store.origin;

import emblema.core.fmri.Fmri;
import emblema.store.catalog.Catalog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the catalogs of one publisher in two places have and have not in common, by full names
 * (timestamps included).
 *
 * @param minus packages of the first place only, in order
 * @param plus packages of the second place only, in order
 * @param before when the first catalog changed last; nothing if the publisher is not there
 * @param after when the second catalog changed last; nothing if the publisher is not there
 */
public record CatalogDifference(
    String publisher,
    List<Fmri> minus,
    List<Fmri> plus,
    Count minusCount,
    Count plusCount,
    Count common,
    Count total,
    Optional<Instant> before,
    Optional<Instant> after) {

  /**
   * @param packages distinct names
   */
  public record Count(long packages, long versions) {}

  public CatalogDifference {
    minus = List.copyOf(minus);
    plus = List.copyOf(plus);
  }

  public static CatalogDifference between(Origin first, Origin second, String publisher) {
    Optional<Catalog> before = catalog(first, publisher);
    Optional<Catalog> after = catalog(second, publisher);
    Set<String> left = names(before);
    Set<String> right = names(after);
    List<Fmri> minus = only(before, right);
    List<Fmri> plus = only(after, left);
    Set<String> leftStems = stems(left);
    Set<String> rightStems = stems(right);
    Set<String> allStems = new HashSet<>(leftStems);
    allStems.addAll(rightStems);
    long commonStems = leftStems.size() + rightStems.size() - allStems.size();
    return new CatalogDifference(
        publisher,
        minus,
        plus,
        new Count(leftStems.size() - commonStems, minus.size()),
        new Count(rightStems.size() - commonStems, plus.size()),
        new Count(commonStems, left.size() - minus.size()),
        new Count(allStems.size(), left.size() + plus.size()),
        before.map(Catalog::lastModified),
        after.map(Catalog::lastModified));
  }

  private static Optional<Catalog> catalog(Origin origin, String publisher) {
    return origin.publishers().contains(publisher)
        ? Optional.of(origin.catalog(publisher))
        : Optional.empty();
  }

  private static Set<String> names(Optional<Catalog> catalog) {
    Set<String> names = new HashSet<>();
    catalog.ifPresent(present -> present.forEach(e -> names.add(e.fmri().toStringWithoutScheme())));
    return names;
  }

  private static Set<String> stems(Set<String> names) {
    Set<String> stems = new HashSet<>();
    names.forEach(name -> stems.add(name.substring(0, name.indexOf('@'))));
    return stems;
  }

  private static List<Fmri> only(Optional<Catalog> catalog, Set<String> others) {
    List<Fmri> only = new ArrayList<>();
    catalog.ifPresent(
        present ->
            present.forEach(
                entry -> {
                  if (!others.contains(entry.fmri().toStringWithoutScheme())) {
                    only.add(entry.fmri());
                  }
                }));
    return only;
  }

  /** Whether both places have the publisher. */
  public boolean isCommon() {
    return before.isPresent() && after.isPresent();
  }

  /** Whether the packages are the same. */
  public boolean isSame() {
    return isCommon() && minus.isEmpty() && plus.isEmpty();
  }

  /** Whether the catalogs are of the same moment as well. */
  public boolean isStrictlySame() {
    return isSame() && before.equals(after);
  }
}
