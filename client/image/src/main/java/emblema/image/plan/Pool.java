package emblema.image.plan;

import emblema.core.action.Action;
import emblema.core.action.ActionType;
import emblema.core.action.FileAction;
import emblema.core.action.LicenseAction;
import emblema.core.fmri.Fmri;
import emblema.core.manifest.ManifestDiff;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The differences of all packages in one (spec planner-solver 7.2): what moves between packages or
 * paths becomes an update. Mediated links are left out; {@link Mediators} decides on them.
 */
final class Pool {
  /** A file that is set aside while it moves, and the name it is kept under. */
  record SetAside(Removal removal, String name) {}

  private final List<Removal> removals = new ArrayList<>();
  private final List<Arrival> arrivals = new ArrayList<>();
  private final List<SetAside> setAsides = new ArrayList<>();

  Pool(List<PackageDelta> deltas) {
    for (PackageDelta delta : deltas) {
      Fmri gone = delta.before();
      for (Action action : delta.diff().removed()) {
        if (gone != null && !isMediated(action)) {
          removals.add(new Removal(gone, action));
        }
      }
      for (Action action : delta.diff().added()) {
        arrive(delta, null, action);
      }
      for (ManifestDiff.Change change : delta.diff().changed()) {
        arrive(delta, change.before(), change.after());
      }
    }
    if (!removals.isEmpty()) {
      moveByOriginalName();
      moveBetweenPackages();
    }
  }

  List<Removal> removals() {
    return removals;
  }

  List<Arrival> arrivals() {
    return arrivals;
  }

  List<SetAside> setAsides() {
    return setAsides;
  }

  static boolean isMediated(Action action) {
    return action.attributes().has("mediator");
  }

  private void arrive(PackageDelta delta, @Nullable Action before, Action after) {
    if (isMediated(after)) {
      if (before != null && !isMediated(before)) {
        removals.add(new Removal(delta.owner(), before));
      }
      return;
    }
    arrivals.add(
        new Arrival(
            delta.owner(),
            delta.transition(),
            before == null || isMediated(before) ? null : before,
            after,
            null));
  }

  /** The name by which a file that goes can be asked for. */
  private static String originalName(Removal removal) {
    return removal
        .action()
        .attributes()
        .first("original_name")
        .orElseGet(() -> removal.owner().stem() + ":" + Keys.clean(removal.action().key()));
  }

  private void moveByOriginalName() {
    if (arrivals.stream().noneMatch(Pool::hasOriginalName)) {
      return;
    }
    Map<String, Removal> byName = new TreeMap<>();
    for (Removal removal : removals) {
      if (removal.action() instanceof FileAction) {
        byName.put(originalName(removal), removal);
      }
    }
    for (int i = 0; i < arrivals.size(); i++) {
      Arrival arrival = arrivals.get(i);
      if (hasOriginalName(arrival)) {
        Removal removal = byName.remove(arrival.after().attributes().get("original_name", ""));
        if (removal != null) {
          removals.remove(removal);
          arrivals.set(i, moved(arrival, removal));
        }
      }
    }
  }

  private Arrival moved(Arrival arrival, Removal removal) {
    if (Keys.clean(arrival.after().key()).equals(Keys.clean(removal.action().key()))) {
      return arrival.replacing(removal.action());
    }
    String name = "moved-" + (setAsides.size() + 1);
    setAsides.add(new SetAside(removal, name));
    return new Arrival(
        arrival.owner(), arrival.transition(), removal.action(), arrival.after(), name);
  }

  private static boolean hasOriginalName(Arrival arrival) {
    return arrival.before() == null
        && arrival.after() instanceof FileAction
        && arrival.after().attributes().has("original_name");
  }

  private record Key(ActionType type, String key) {}

  private void moveBetweenPackages() {
    Map<Key, Integer> gone = new HashMap<>();
    for (int i = 0; i < removals.size(); i++) {
      gone.put(key(removals.get(i).action()), i);
    }
    boolean[] taken = new boolean[removals.size()];
    List<Arrival> kept = new ArrayList<>(arrivals.size());
    for (Arrival arrival : arrivals) {
      Integer index = arrival.before() == null ? gone.get(key(arrival.after())) : null;
      if (index == null || arrival.after() instanceof LicenseAction) {
        kept.add(arrival);
        continue;
      }
      Action before = removals.get(index).action();
      taken[index] = true;
      if (ManifestDiff.isDifferent(before, arrival.after())) {
        kept.add(arrival.replacing(before));
      }
    }
    arrivals.clear();
    arrivals.addAll(kept);
    List<Removal> left = new ArrayList<>();
    for (int i = 0; i < taken.length; i++) {
      if (!taken[i]) {
        left.add(removals.get(i));
      }
    }
    removals.clear();
    removals.addAll(left);
  }

  private static Key key(Action action) {
    String key = action.type().isInPathSpace() ? Keys.clean(action.key()) : action.key();
    return new Key(action.type(), key);
  }
}
