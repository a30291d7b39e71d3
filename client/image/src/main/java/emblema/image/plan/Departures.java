package emblema.image.plan;

import emblema.core.action.Action;
import emblema.core.action.ActionOrder;
import emblema.core.action.ActionType;
import emblema.core.action.DirectoryAction;
import emblema.core.action.DriverAction;
import emblema.core.action.FileAction;
import emblema.core.action.GroupAction;
import emblema.core.action.HardLinkAction;
import emblema.core.action.LegacyAction;
import emblema.core.action.LicenseAction;
import emblema.core.action.LinkAction;
import emblema.core.action.UserAction;
import emblema.core.attribute.Attributes;
import emblema.core.fmri.Fmri;
import emblema.core.io.SafePath;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The removal steps: what the future image still delivers stays (spec planner-solver 7.2, step 3);
 * directories that nothing needs go with what was in them; everything in reverse order of
 * installation.
 */
final class Departures {
  private record Entry(Action order, Step step) {}

  private final Paths paths;
  private final FutureImage future;
  private final Actuators.Builder actuators;
  private final List<Entry> entries = new ArrayList<>();
  private final Set<SafePath> directories = new HashSet<>();

  Departures(Paths paths, FutureImage future, Actuators.Builder actuators) {
    this.paths = paths;
    this.future = future;
    this.actuators = actuators;
  }

  void add(List<Removal> removals) {
    for (Removal removal : removals) {
      if (!future.deliversSame(removal.action())) {
        actuators.add(removal.action(), null);
        add(removal);
      }
    }
    for (Removal removal : removals) {
      emptied(removal);
    }
  }

  void setAside(Pool.SetAside moved) {
    Removal removal = moved.removal();
    FileAction file = (FileAction) removal.action();
    entries.add(new Entry(file, new Step.SetAsideFile(removal.owner(), file, moved.name())));
    emptied(removal);
  }

  /** The steps in order. */
  List<Step> steps() {
    List<Entry> sorted = new ArrayList<>(entries);
    sorted.sort(Comparator.comparing(Entry::order, ActionOrder.INSTALL));
    Collections.reverse(sorted);
    return sorted.stream().map(Entry::step).toList();
  }

  private void add(Removal removal) {
    Fmri owner = removal.owner();
    switch (removal.action()) {
      case FileAction file -> entries.add(new Entry(file, new Step.RemoveFile(owner, file)));
      case LinkAction link -> entries.add(new Entry(link, new Step.RemoveLink(owner, link)));
      case HardLinkAction link ->
          entries.add(new Entry(link, new Step.RemoveHardLink(owner, link)));
      case DirectoryAction directory ->
          directory(owner, Paths.of(owner, directory), directory, false);
      case LicenseAction license ->
          entries.add(new Entry(license, new Step.RemoveLicense(owner, license)));
      case LegacyAction legacy ->
          entries.add(new Entry(legacy, new Step.RemoveLegacy(owner, legacy)));
      case DriverAction driver ->
          entries.add(new Entry(driver, new Step.RemoveDriver(owner, driver)));
      case UserAction user -> entries.add(new Entry(user, new Step.RemoveUser(owner, user)));
      case GroupAction group -> entries.add(new Entry(group, new Step.RemoveGroup(owner, group)));
      default -> {}
    }
  }

  private void directory(Fmri owner, SafePath path, Action order, boolean implicit) {
    if (!paths.isKept(path) && directories.add(path)) {
      entries.add(new Entry(order, new Step.RemoveDirectory(owner, path, implicit)));
    }
  }

  /** Directories above something that went, which nothing else needs. */
  private void emptied(Removal removal) {
    if (!removal.action().type().isInPathSpace()) {
      return;
    }
    SafePath path = Paths.of(removal.owner(), removal.action());
    for (SafePath parent = path.parent().orElse(SafePath.ROOT);
        !parent.isRoot();
        parent = parent.parent().orElse(SafePath.ROOT)) {
      if (future.isDirectory(parent.text())) {
        return;
      }
      Action order = Action.of(ActionType.DIR, null, Attributes.of("path", parent.text()));
      directory(removal.owner(), parent, order, true);
    }
  }
}
