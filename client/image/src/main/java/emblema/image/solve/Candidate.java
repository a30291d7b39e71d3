package emblema.image.solve;

import emblema.core.action.Action;
import emblema.core.action.DependAction;
import emblema.core.action.SetAction;
import emblema.core.fmri.Fmri;
import emblema.core.manifest.Varcets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One package version as the solver sees it: dependencies that the image's facets and variants
 * switch off are not there.
 *
 * @param holds values of {@code pkg.depend.install-hold}
 * @param variants values that the package supports, by full variant name
 * @param isSupported false if a dependency cannot be understood
 */
record Candidate(
    Fmri fmri,
    boolean isObsolete,
    boolean isRenamed,
    boolean isExplicit,
    boolean isSupported,
    List<String> holds,
    List<Dependency> dependencies,
    Map<String, List<String>> variants) {

  static Candidate of(Fmri fmri, List<? extends Action> facts, Varcets varcets) {
    boolean obsolete = false;
    boolean renamed = false;
    boolean explicit = false;
    boolean supported = true;
    List<String> holds = new ArrayList<>();
    List<Dependency> dependencies = new ArrayList<>();
    Map<String, List<String>> variants = new TreeMap<>();
    for (Action action : facts) {
      if (action instanceof SetAction set && set.name().startsWith("variant.")) {
        variants.put(set.name(), set.values());
      } else if (!varcets.admits(action)) {
        continue;
      } else if (action instanceof SetAction set) {
        switch (set.name()) {
          case "pkg.obsolete" -> obsolete |= set.value().equals("true");
          case "pkg.renamed" -> renamed |= set.value().equals("true");
          case "pkg.depend.explicit-install" -> explicit |= set.value().equals("true");
          case "pkg.depend.install-hold" -> holds.addAll(set.values());
          default -> {}
        }
      } else if (action instanceof DependAction depend) {
        Optional<Dependency> read = Dependency.of(depend);
        supported &= read.isPresent();
        read.ifPresent(dependencies::add);
      }
    }
    return new Candidate(
        fmri,
        obsolete,
        renamed,
        explicit,
        supported,
        List.copyOf(holds),
        List.copyOf(dependencies),
        variants);
  }

  /** By package version alone: within one pool there is one candidate for each. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Candidate that && fmri.equals(that.fmri);
  }

  @Override
  public int hashCode() {
    return fmri.hashCode();
  }

  String stem() {
    return fmri.stem();
  }

  Stream<Dependency> dependencies(Dependency.Type type) {
    return dependencies.stream().filter(dependency -> dependency.type() == type);
  }

  boolean isIncorporation() {
    return dependencies(Dependency.Type.INCORPORATE).findAny().isPresent();
  }

  /** The first variant of the image that the package does not support. */
  Optional<String> unsupportedVariant(Varcets image) {
    return variants.entrySet().stream()
        .filter(
            entry -> {
              String value = image.variants().get(entry.getKey());
              return value != null && !entry.getValue().contains(value);
            })
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** {@code stem@release-branch}. */
  String shortName() {
    return fmri.toShortString();
  }

  /** {@code pkg://publisher/stem@release-branch}. */
  static String show(Fmri fmri) {
    String publisher = fmri.publisher();
    return (publisher == null ? "pkg:/" : "pkg://" + publisher + "/") + fmri.toShortString();
  }
}
