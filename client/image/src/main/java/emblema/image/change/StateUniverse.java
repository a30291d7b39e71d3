package emblema.image.change;

import emblema.core.action.Action;
import emblema.core.fmri.Fmri;
import emblema.image.image.ImageState;
import emblema.image.image.PackageFlag;
import emblema.image.image.StateEntry;
import emblema.image.solve.Universe;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** What an image's state knows, as the solver asks for it. */
final class StateUniverse implements Universe {
  private final ImageState state;
  private final SortedSet<String> stems = new TreeSet<>();

  StateUniverse(ImageState state) {
    this.state = state;
    for (StateEntry entry : state.entries()) {
      if (isUsable(entry)) {
        stems.add(entry.fmri().stem());
      }
    }
  }

  @Override
  public Collection<String> stems() {
    return stems;
  }

  @Override
  public List<Fmri> versions(String stem) {
    return state.versions(stem).stream()
        .filter(StateUniverse::isUsable)
        .map(StateEntry::fmri)
        .toList();
  }

  @Override
  public List<Action> facts(Fmri fmri) {
    return state.entry(fmri).map(StateEntry::dependencyActions).orElse(List.of());
  }

  private static boolean isUsable(StateEntry entry) {
    return entry.isInstalled()
        || (entry.has(PackageFlag.KNOWN) && !entry.has(PackageFlag.UNSUPPORTED));
  }
}
