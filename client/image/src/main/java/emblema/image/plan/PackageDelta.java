package emblema.image.plan;

import emblema.core.action.Action;
import emblema.core.action.ActionType;
import emblema.core.fmri.Fmri;
import emblema.core.manifest.Manifest;
import emblema.core.manifest.ManifestDiff;
import emblema.core.manifest.ManifestLine;
import emblema.core.manifest.Varcets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What changes in one package. Manifests are streamed three times rather than kept: lines that are
 * in both are recognised by the hashes of their text, and never become actions.
 *
 * @param mediatedBefore the mediated links of the version that was installed
 */
record PackageDelta(
    @Nullable Fmri before, @Nullable Fmri after, ManifestDiff diff, List<Action> mediatedBefore) {

  static PackageDelta read(
      PackageFacts facts, Varcets varcets, @Nullable Fmri before, @Nullable Fmri after) {
    KeyTable old = new KeyTable();
    List<Action> mediated = new ArrayList<>();
    lines(
        facts,
        before,
        line -> {
          old.add(line.hash());
          if (line.plainType() == null || line.mentions("mediator")) {
            effective(varcets, line)
                .filter(action -> action.attributes().has("mediator"))
                .ifPresent(mediated::add);
          }
        });
    KeyTable same = new KeyTable();
    List<Action> come = new ArrayList<>();
    lines(
        facts,
        after,
        line -> {
          if (old.contains(line.hash())) {
            same.add(line.hash());
          } else {
            effective(varcets, line).ifPresent(come::add);
          }
        });
    List<Action> gone = new ArrayList<>();
    lines(
        facts,
        before,
        line -> {
          if (!same.contains(line.hash())) {
            effective(varcets, line).ifPresent(gone::add);
          }
        });
    return new PackageDelta(before, after, diff(gone, come), List.copyOf(mediated));
  }

  private static ManifestDiff diff(List<Action> gone, List<Action> come) {
    if (gone.isEmpty()) {
      return new ManifestDiff(List.of(), List.of(), come);
    }
    return come.isEmpty()
        ? new ManifestDiff(gone, List.of(), List.of())
        : ManifestDiff.between(new Manifest(gone), new Manifest(come));
  }

  /** The package that comes, or else the one that goes. */
  Fmri owner() {
    return Objects.requireNonNull(after == null ? before : after);
  }

  Transition transition() {
    if (before == null || after == null) {
      return Transition.NEW_PACKAGE;
    }
    int order = after.requireVersion().compareTo(before.requireVersion());
    return order < 0 ? Transition.DOWNGRADE : Transition.UPGRADE;
  }

  private static void lines(
      PackageFacts facts, @Nullable Fmri fmri, Consumer<ManifestLine> consumer) {
    if (fmri != null) {
      facts.lines(fmri, consumer);
    }
  }

  /** The action of a line, if it has an effect in this image. */
  static Optional<Action> effective(Varcets varcets, ManifestLine line) {
    return Optional.of(line.action()).filter(action -> hasEffect(action) && varcets.admits(action));
  }

  /** The actions of a package that have an effect in this image. */
  static void each(PackageFacts facts, Varcets varcets, Fmri fmri, Consumer<Action> consumer) {
    facts.lines(fmri, line -> effective(varcets, line).ifPresent(consumer));
  }

  private static boolean hasEffect(Action action) {
    ActionType type = action.type();
    return switch (type) {
      case SET, DEPEND, SIGNATURE, UNKNOWN -> Actuators.isActuating(action);
      case GROUP, USER, DIR, FILE, HARDLINK, LINK, DRIVER, LICENSE, LEGACY -> true;
    };
  }
}
