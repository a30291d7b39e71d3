package emblema.image.plan;

import emblema.core.action.Action;
import emblema.core.fmri.Fmri;
import emblema.core.io.SafePath;
import emblema.core.manifest.ManifestLine;
import emblema.core.manifest.ManifestReader;
import emblema.core.manifest.Varcets;
import emblema.image.image.MediatorSetting;
import emblema.image.solve.ImageFacts;
import emblema.image.solve.PublisherRank;
import emblema.image.solve.Solution;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Packages as manifest text, and plans between sets of them. */
final class PlanFixture implements PackageFacts {
  private final Map<Fmri, String> manifests = new HashMap<>();
  private final Map<String, MediatorSetting> mediators = new TreeMap<>();
  private Varcets varcets = Varcets.NONE;

  PlanFixture add(String name, String... lines) {
    manifests.put(fmri(name), String.join("\n", lines) + "\n");
    return this;
  }

  PlanFixture mediator(String name, MediatorSetting setting) {
    mediators.put(name, setting);
    return this;
  }

  PlanFixture varcets(Varcets varcets) {
    this.varcets = varcets;
    return this;
  }

  static Fmri fmri(String name) {
    return Fmri.parse(name).withPublisher("test");
  }

  @Override
  public void lines(Fmri fmri, Consumer<ManifestLine> each) {
    String text = manifests.get(fmri);
    if (text == null) {
      throw new AssertionError("no manifest of " + fmri);
    }
    ManifestReader.lines(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), fmri.toString(), each);
  }

  /** Names separated by blanks. */
  Plan plan(String before, String after) {
    ImageFacts image =
        new ImageFacts(
            new TreeMap<>(packages(before)),
            List.of(new PublisherRank("test", true, true)),
            varcets,
            Set.of(),
            List.of());
    return Planner.evaluate(
        new PlanInput(image, this, mediators, SafePath.of("var/pkg")),
        new Solution(new TreeMap<>(packages(after)), Set.of()));
  }

  private static Map<String, Fmri> packages(String names) {
    Map<String, Fmri> packages = new TreeMap<>();
    for (String name : names.split(" ")) {
      if (!name.isEmpty()) {
        packages.put(fmri(name).stem(), fmri(name));
      }
    }
    return packages;
  }

  /** One short line a step: what is done to what. */
  static List<String> lines(Plan plan) {
    List<String> lines = new ArrayList<>();
    for (Step step : plan.steps()) {
      lines.add(line(step));
    }
    return lines;
  }

  private static String line(Step step) {
    return switch (step) {
      case Step.RemoveFile s -> "- file " + s.before().path();
      case Step.SetAsideFile s -> "> file " + s.before().path() + " as " + s.name();
      case Step.RemoveLink s -> "- link " + s.before().path();
      case Step.RemoveHardLink s -> "- hardlink " + s.before().path();
      case Step.RemoveDirectory s -> "- dir " + s.path() + (s.implicit() ? " (implicit)" : "");
      case Step.RemoveLicense s -> "- license " + s.before().license();
      case Step.RemoveLegacy s -> "- legacy " + s.before().key();
      case Step.RemoveDriver s -> "- driver " + s.before().name();
      case Step.RemoveUser s -> "- user " + s.before().userName();
      case Step.RemoveGroup s -> "- group " + s.before().groupName();
      case Step.PutGroup s -> sign(s.before()) + "group " + s.after().groupName();
      case Step.PutUser s -> sign(s.before()) + "user " + s.after().userName();
      case Step.PutDirectory s -> sign(s.before()) + "dir " + s.after().path();
      case Step.Recover s -> "< " + s.from() + " into " + s.into();
      case Step.PutFile s ->
          sign(s.before())
              + "file "
              + s.after().path()
              + (s.setAside() == null ? "" : " from " + s.setAside());
      case Step.PutHardLink s -> sign(s.before()) + "hardlink " + s.after().path();
      case Step.PutLink s ->
          sign(s.before()) + "link " + s.after().path() + " to " + s.after().target();
      case Step.PutDriver s -> sign(s.before()) + "driver " + s.after().name();
      case Step.PutLicense s -> "+ license " + s.after().license();
      case Step.PutLegacy s -> "+ legacy " + s.after().key();
    };
  }

  private static String sign(@Nullable Action before) {
    return before == null ? "+ " : "~ ";
  }
}
