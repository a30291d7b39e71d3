package emblema.publisher.depend;

import emblema.core.action.Action;
import emblema.core.action.ActionType;
import emblema.core.attribute.Attributes;
import emblema.core.fmri.Fmri;
import emblema.core.fmri.Version;
import emblema.core.manifest.Manifest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Dependencies on files turned into dependencies on packages (spec pkgdepend, section 6). What is
 * found among the given packages counts first, then what others deliver. Of links on the way the
 * packages are required too.
 */
public final class DependencyResolution {
  private final DeliveredPaths given = new DeliveredPaths();
  private final DeliveredPaths others = new DeliveredPaths();
  private final Map<Fmri, Manifest> packages = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();

  /** A package whose dependencies are resolved, and that others may need. */
  public void add(Fmri fmri, Manifest manifest) {
    packages.put(fmri, manifest);
    given.add(fmri, manifest);
  }

  /** A package that is there already. */
  public void addOther(Fmri fmri, Manifest manifest) {
    others.add(fmri, manifest);
  }

  /**
   * The dependencies of one of the packages: those written by hand, those found, and at the end the
   * placeholders for which nothing was found, so that nobody publishes the package by mistake.
   */
  public List<Action> resolve(Fmri fmri) {
    Manifest manifest = packages.getOrDefault(fmri, new Manifest(List.of()));
    List<Action> kept = new ArrayList<>();
    List<Action> unresolved = new ArrayList<>();
    TreeSet<Action> found =
        new TreeSet<>(Comparator.comparing(emblema.core.action.ActionWriter::write));
    for (Action action : manifest.actions()) {
      if (Placeholders.isOne(action)) {
        if (!resolve(fmri, action, found)) {
          unresolved.add(action);
          problems.add(
              "unresolved dependency of '%s' in '%s': none of %s is delivered"
                  .formatted(
                      Placeholders.reason(action),
                      fmri.stem(),
                      String.join(", ", Placeholders.candidates(action))));
        }
      } else if (action.type() == ActionType.DEPEND) {
        kept.add(action);
      }
    }
    found.removeIf(each -> kept.stream().anyMatch(hand -> says(hand, each)));
    kept.addAll(found);
    kept.addAll(unresolved);
    return kept;
  }

  public List<String> problems() {
    return List.copyOf(problems);
  }

  /** Whether a dependency written by hand makes a found one superfluous. */
  private static boolean says(Action hand, Action found) {
    if (!hand.attributes().is("type", "require") || found.attributes().count("fmri") > 1) {
      return false;
    }
    String wanted = found.attributes().get("fmri", "");
    String stem = wanted.substring(0, wanted.indexOf('@'));
    String text = hand.attributes().get("fmri", "");
    boolean tagged = hand.attributes().hasNameFrom("variant.");
    return !tagged && text.startsWith(stem) && (text.equals(stem) || text.startsWith(stem + "@"));
  }

  private boolean resolve(Fmri of, Action placeholder, Set<Action> found) {
    for (DeliveredPaths paths : List.of(given, others)) {
      Set<Set<Fmri>> ways = new TreeSet<>(Comparator.comparing(Object::toString));
      for (String path : Placeholders.candidates(placeholder)) {
        ways.addAll(paths.find(path, placeholder));
      }
      if (ways.stream().anyMatch(way -> way.equals(Set.of(of)))) {
        return true; // the package brings it itself
      }
      if (ways.size() == 1) {
        ways.iterator()
            .next()
            .forEach(
                fmri -> {
                  if (!fmri.equals(of)) {
                    found.add(depend("require", Set.of(text(fmri)), placeholder));
                  }
                });
        return true;
      }
      if (!ways.isEmpty()) {
        Set<String> any = new TreeSet<>();
        ways.forEach(way -> any.add(text(List.copyOf(way).getLast())));
        found.add(depend(any.size() == 1 ? "require" : "require-any", any, placeholder));
        return true;
      }
    }
    return false;
  }

  /** Without publisher, build release and time: the package may come from anywhere. */
  private static String text(Fmri fmri) {
    Version version = fmri.requireVersion();
    String branch = version.branch() == null ? "" : "-" + version.branch();
    return "pkg:/" + fmri.stem() + "@" + version.release() + branch;
  }

  private static Action depend(String type, Set<String> fmris, Action placeholder) {
    Attributes.Builder attributes = Attributes.builder().add("type", type);
    fmris.forEach(fmri -> attributes.add("fmri", fmri));
    Attributes tags = placeholder.attributes();
    for (String name : tags.names()) {
      if (name.startsWith("variant.")) {
        tags.all(name).forEach(value -> attributes.add(name, value));
      }
    }
    return Action.of(ActionType.DEPEND, null, attributes.build());
  }
}
