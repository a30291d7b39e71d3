package emblema.image.change;

import emblema.core.error.MalformedException;
import emblema.core.fmri.Fmri;
import emblema.image.image.Avoided;
import emblema.image.image.Image;
import emblema.image.image.ImageConfig;
import emblema.image.image.ImageState;
import emblema.image.image.MediatorSetting;
import emblema.image.image.PackageChange;
import emblema.image.plan.PackageStep;
import emblema.image.plan.Plan;
import emblema.image.plan.Planner;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a plan means for an image's state and configuration: written into the journal with the plan,
 * so that saving it can be repeated after a crash. Text, one tab-separated line a fact; saving the
 * same note twice gives the same image.
 *
 * @param when the moment that the state will bear
 */
record ChangeNote(
    List<PackageChange> packages,
    Set<String> avoided,
    SortedMap<String, MediatorSetting> mediators,
    Instant when) {
  private static final String NONE = "-";

  ChangeNote {
    packages = List.copyOf(packages);
    avoided = Set.copyOf(avoided);
  }

  static ChangeNote of(Plan plan, Planner.Choice choice, Instant now) {
    List<PackageChange> packages = new ArrayList<>();
    for (PackageStep step : plan.packages()) {
      packages.add(
          new PackageChange(step.before(), step.after(), choice.named().contains(step.stem())));
    }
    return new ChangeNote(packages, plan.avoided(), plan.mediators(), now);
  }

  byte[] toBytes() {
    StringBuilder text = new StringBuilder("when\t" + when + "\n");
    for (PackageChange change : packages) {
      line(text, "package", text(change.before()), text(change.after()), "" + change.manual());
    }
    new TreeSet<>(avoided).forEach(stem -> line(text, "avoid", stem));
    mediators.forEach(
        (name, setting) ->
            line(
                text,
                "mediator",
                name,
                text(setting.version()),
                text(setting.versionSource()),
                text(setting.implementation()),
                text(setting.implementationVersion()),
                text(setting.implementationSource())));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void line(StringBuilder text, String... fields) {
    text.append(String.join("\t", fields)).append('\n');
  }

  private static String text(@Nullable Object value) {
    return value == null ? NONE : value.toString();
  }

  static ChangeNote parse(byte[] bytes) {
    List<PackageChange> packages = new ArrayList<>();
    Set<String> avoided = new TreeSet<>();
    SortedMap<String, MediatorSetting> mediators = new TreeMap<>();
    Instant when = Instant.EPOCH;
    int number = 0;
    for (String line : new String(bytes, StandardCharsets.UTF_8).lines().toList()) {
      number++;
      String[] fields = line.split("\t", -1);
      switch (fields[0] + fields.length) {
        case "when2" -> when = Instant.parse(fields[1]);
        case "package4" ->
            packages.add(
                new PackageChange(
                    fmri(fields[1]), fmri(fields[2]), Boolean.parseBoolean(fields[3])));
        case "avoid2" -> avoided.add(fields[1]);
        case "mediator7" ->
            mediators.put(
                fields[1],
                new MediatorSetting(
                    value(fields[2]),
                    value(fields[3]),
                    value(fields[4]),
                    value(fields[5]),
                    value(fields[6])));
        default ->
            throw new MalformedException(
                "the image's journal", number, 0, "a line that this version does not know", line);
      }
    }
    return new ChangeNote(packages, avoided, mediators, when);
  }

  private static @Nullable Fmri fmri(String text) {
    return text.equals(NONE) ? null : Fmri.parse(text);
  }

  private static @Nullable String value(String text) {
    return text.equals(NONE) ? null : text;
  }

  /** Makes the image say what was done: configuration first, the state last. */
  void save(Image image) {
    ImageConfig config = image.config();
    if (!config.mediators().equals(Map.copyOf(mediators))) {
      image.save(config.withMediators(mediators));
    }
    ImageState before = image.state();
    ImageState state = before.after(pending(before), when);
    Avoided list = before.avoided();
    for (String stem : list.reasons().keySet()) {
      if (list.contains(stem) && !avoided.contains(stem)) {
        list = list.without(stem);
      }
    }
    for (String stem : avoided) {
      list = list.with(stem, Avoided.Reason.AVOID);
    }
    image.save(state.withAvoided(list), when);
  }

  /** Those changes that the state does not show yet. */
  private List<PackageChange> pending(ImageState state) {
    return packages.stream()
        .filter(
            change -> {
              Fmri after = change.after();
              Fmri before = change.before();
              return after != null
                  ? !state.entry(after).map(e -> e.isInstalled()).orElse(false)
                  : before != null && state.entry(before).map(e -> e.isInstalled()).orElse(false);
            })
        .toList();
  }
}
