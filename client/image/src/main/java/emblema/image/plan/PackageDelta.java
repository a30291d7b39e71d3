package emblema.image.plan;

import emblema.core.action.Action;
import emblema.core.action.ActionType;
import emblema.core.fmri.Fmri;
import emblema.core.manifest.Manifest;
import emblema.core.manifest.ManifestDiff;
import emblema.core.manifest.Varcets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What changes in one package. Manifests are streamed three times rather than kept: lines that are
 * in both are recognised by their hashes.
 *
 * @param mediatedBefore the mediated links of the version that was installed
 */
record PackageDelta(
    @Nullable Fmri before, @Nullable Fmri after, ManifestDiff diff, List<Action> mediatedBefore) {

  static PackageDelta read(
      PackageFacts facts, Varcets varcets, @Nullable Fmri before, @Nullable Fmri after) {
    KeyTable old = new KeyTable();
    List<Action> mediated = new ArrayList<>();
    each(
        facts,
        varcets,
        before,
        action -> {
          old.add(Keys.text(action));
          if (action.attributes().has("mediator")) {
            mediated.add(action);
          }
        });
    KeyTable same = new KeyTable();
    List<Action> come = new ArrayList<>();
    each(
        facts,
        varcets,
        after,
        action -> {
          long text = Keys.text(action);
          if (old.contains(text)) {
            same.add(text);
          } else {
            come.add(action);
          }
        });
    List<Action> gone = new ArrayList<>();
    each(
        facts,
        varcets,
        before,
        action -> {
          if (!same.contains(Keys.text(action))) {
            gone.add(action);
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

  /** The actions of a package that have an effect in this image. */
  static void each(
      PackageFacts facts, Varcets varcets, @Nullable Fmri fmri, Consumer<Action> consumer) {
    if (fmri != null) {
      facts.actions(
          fmri,
          action -> {
            if (hasEffect(action) && varcets.admits(action)) {
              consumer.accept(action);
            }
          });
    }
  }

  private static boolean hasEffect(Action action) {
    ActionType type = action.type();
    return switch (type) {
      case SET, DEPEND, SIGNATURE, UNKNOWN -> Actuators.isActuating(action);
      case GROUP, USER, DIR, FILE, HARDLINK, LINK, DRIVER, LICENSE, LEGACY -> true;
    };
  }
}
