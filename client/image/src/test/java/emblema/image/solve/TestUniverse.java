package emblema.image.solve;

import emblema.core.action.Action;
import emblema.core.action.DependAction;
import emblema.core.action.SetAction;
import emblema.core.attribute.Attributes;
import emblema.core.fmri.Fmri;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Packages written as text: {@code add("app@2.0", "require lib@1.0", "set pkg.obsolete true")}. The
 * publisher is {@code test} unless the name says otherwise.
 */
final class TestUniverse implements Universe {
  static final List<PublisherRank> PUBLISHERS = List.of(new PublisherRank("test", true, true));

  private final Map<Fmri, List<Action>> facts = new LinkedHashMap<>();
  private final Map<String, List<Fmri>> stems = new TreeMap<>();

  TestUniverse add(String name, String... lines) {
    Fmri fmri = fmri(name);
    List<Action> actions = new ArrayList<>();
    for (String line : lines) {
      String[] words = line.split(" ");
      if (words[0].equals("set")) {
        Attributes.Builder attributes = Attributes.builder().add("name", words[1]);
        for (int i = 2; i < words.length; i++) {
          attributes.add("value", words[i]);
        }
        actions.add(new SetAction(attributes.build()));
      } else {
        Attributes.Builder attributes = Attributes.builder().add("type", words[0]);
        int first = words[0].equals("conditional") ? 2 : 1;
        if (first == 2) {
          attributes.add("predicate", words[1]);
        }
        for (int i = first; i < words.length; i++) {
          attributes.add("fmri", words[i]);
        }
        actions.add(new DependAction(attributes.build()));
      }
    }
    facts.put(fmri, actions);
    stems.computeIfAbsent(fmri.stem(), any -> new ArrayList<>()).add(fmri);
    return this;
  }

  static Fmri fmri(String name) {
    Fmri fmri = Fmri.parse(name);
    return fmri.publisherIfAny().isPresent() ? fmri : fmri.withPublisher("test");
  }

  @Override
  public Collection<String> stems() {
    return stems.keySet();
  }

  @Override
  public List<Fmri> versions(String stem) {
    return stems.getOrDefault(stem, List.of());
  }

  @Override
  public List<Action> facts(Fmri fmri) {
    return facts.getOrDefault(fmri, List.of());
  }

  static ImageFacts image(String... installed) {
    Map<String, Fmri> packages = new TreeMap<>();
    for (String name : installed) {
      packages.put(fmri(name).stem(), fmri(name));
    }
    return ImageFacts.of(packages, PUBLISHERS);
  }

  /** All versions that begin with the given one, as a pattern would name them. */
  Request install(String... names) {
    return new Request(Request.Kind.INSTALL, proposals(names), Set.of());
  }

  Map<String, Set<Fmri>> proposals(String... names) {
    Map<String, Set<Fmri>> proposed = new TreeMap<>();
    for (String name : names) {
      Fmri wanted = Fmri.parse(name);
      Set<Fmri> found = new HashSet<>();
      for (Fmri version : versions(wanted.stem())) {
        if (Dependency.isWithin(version, wanted)) {
          found.add(version);
        }
      }
      proposed.put(wanted.stem(), found);
    }
    return proposed;
  }

  static Request update() {
    return new Request(Request.Kind.UPDATE_ALL, Map.of(), Set.of());
  }

  static Request uninstall(String... stems) {
    return new Request(Request.Kind.UNINSTALL, Map.of(), Set.of(stems));
  }

  List<String> solve(ImageFacts image, Request request) {
    return names(Solver.solve(this, image, request));
  }

  static List<String> names(Solution solution) {
    return solution.packages().values().stream().map(Fmri::toShortString).toList();
  }
}
