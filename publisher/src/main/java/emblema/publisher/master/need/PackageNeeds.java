package emblema.publisher.master.need;

import emblema.core.tree.TreeEntry;
import emblema.core.tree.TreeIndex;
import emblema.publisher.depend.FileNeeds;
import emblema.publisher.depend.Need;
import emblema.publisher.master.finding.Findings;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Which packages a package needs because its files need theirs, without versions: the incorporation
 * pins those (spec master-image-diff, section 8.3).
 */
public final class PackageNeeds {
  private static final int SHOWN = 3;

  private final Map<String, Set<String>> required = new TreeMap<>();

  /** What nothing serves, to the files that ask for it. */
  private final Map<String, Set<String>> unmet = new TreeMap<>();

  private PackageNeeds() {}

  /**
   * @param tree what is delivered
   * @param packageOf the package that has a path, ours or another publisher's
   */
  public static PackageNeeds of(
      FileNeeds files,
      TreeIndex tree,
      Function<String, Optional<String>> packageOf,
      Findings findings) {
    PackageNeeds needs = new PackageNeeds();
    for (int i = 0; i < tree.size(); i++) {
      TreeEntry entry = tree.entry(i);
      if (FileNeeds.mayNeed(entry)) {
        packageOf
            .apply(entry.path())
            .ifPresent(
                stem ->
                    files
                        .of(entry.path())
                        .forEach(need -> needs.add(stem, entry.path(), need, packageOf)));
      }
    }
    needs.report(findings);
    return needs;
  }

  private void add(
      String stem, String path, Need need, Function<String, Optional<String>> packageOf) {
    Optional<String> serving = need.isMet() ? packageOf.apply(need.found()) : Optional.empty();
    if (serving.isEmpty()) {
      unmet.computeIfAbsent(need.name(), key -> new TreeSet<>()).add(path);
      return;
    }
    require(stem, serving.get());
    need.links().forEach(link -> packageOf.apply(link).ifPresent(other -> require(stem, other)));
  }

  private void require(String stem, String other) {
    if (!stem.equals(other)) {
      required.computeIfAbsent(stem, key -> new TreeSet<>()).add(other);
    }
  }

  private void report(Findings findings) {
    unmet.forEach(
        (name, paths) ->
            findings.note(
                "nothing delivers '"
                    + name
                    + "', which "
                    + String.join(", ", paths.stream().limit(SHOWN).toList())
                    + (paths.size() > SHOWN ? " and " + (paths.size() - SHOWN) + " more" : "")
                    + (paths.size() == 1 ? " needs" : " need")));
  }

  /** Names of the packages that the package needs, sorted. */
  public Set<String> requiredBy(String stem) {
    return required.getOrDefault(stem, Set.of());
  }
}
