package emblema.image.cli;

import emblema.core.action.Action;
import emblema.core.action.DependAction;
import emblema.core.action.SetAction;
import emblema.core.fmri.Fmri;
import emblema.core.fmri.Version;
import emblema.core.manifest.Varcets;
import emblema.image.image.ImageState;
import emblema.image.image.PackageFlag;
import emblema.image.image.StateEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The sets of packages that {@code pkg list} can start from (spec client-cli, section 4.9). */
final class ListSelection {
  private final ImageState state;
  private final Varcets varcets;

  ListSelection(ImageState state, Varcets varcets) {
    this.state = state;
    this.varcets = varcets;
  }

  List<StateEntry> installed() {
    return state.installed();
  }

  List<StateEntry> everything() {
    return state.entries();
  }

  List<StateEntry> upgradable() {
    return installed().stream().filter(entry -> entry.has(PackageFlag.UPGRADABLE)).toList();
  }

  /** The newest version of each name that each publisher has. */
  List<StateEntry> newest() {
    Map<String, StateEntry> newest = new HashMap<>();
    for (StateEntry entry : state.entries()) {
      newest.put(key(entry), entry);
    }
    return List.copyOf(newest.values());
  }

  /** What is installed, and of the rest the newest that could be. */
  List<StateEntry> installable() {
    Map<String, Version> incorporated = incorporated();
    Map<String, StateEntry> best = new HashMap<>();
    for (StateEntry entry : state.entries()) {
      if (isAllowed(entry, incorporated)) {
        best.put(key(entry), entry);
      }
    }
    state.installed().forEach(entry -> best.put(key(entry), entry));
    return List.copyOf(best.values());
  }

  private static String key(StateEntry entry) {
    return entry.fmri().publisherIfAny().orElse("") + "/" + entry.fmri().stem();
  }

  private boolean isAllowed(StateEntry entry, Map<String, Version> incorporated) {
    Version wanted = incorporated.get(entry.fmri().stem());
    if (wanted != null
        && !entry.fmri().requireVersion().isSuccessorOf(wanted, Version.Constraint.AUTO)) {
      return false;
    }
    for (Action action : entry.dependencyActions()) {
      if (action instanceof SetAction set && set.name().startsWith("variant.")) {
        String value = varcets.variants().get(set.name());
        if (value != null && !set.values().contains(value)) {
          return false;
        }
      }
    }
    return true;
  }

  /** Stems to the versions that installed packages pin them to. */
  private Map<String, Version> incorporated() {
    Map<String, Version> result = new HashMap<>();
    forEachDependency(
        (owner, depend) -> {
          if (depend.dependencyType().equals("incorporate")) {
            for (String text : depend.fmris()) {
              Fmri fmri = Fmri.parse(text);
              Version version = fmri.version();
              if (version != null) {
                result.put(fmri.stem(), version);
              }
            }
          }
        });
    return result;
  }

  /** Installed packages that no installed package requires and that hold no others back. */
  List<StateEntry> removable() {
    Set<String> required =
        targets(Set.of("require", "require-any", "conditional", "origin", "parent"));
    return installed().stream()
        .filter(entry -> !required.contains(entry.fmri().stem()) && !isHolding(entry))
        .toList();
  }

  private static boolean isHolding(StateEntry entry) {
    return entry.dependencyActions().stream()
        .anyMatch(
            action ->
                action instanceof SetAction set && set.name().equals("pkg.depend.install-hold"));
  }

  /** Stems that installed packages would rather have, without requiring them. */
  Set<String> wanted() {
    return targets(Set.of("group", "group-any", "optional"));
  }

  private Set<String> targets(Set<String> types) {
    Set<String> stems = new HashSet<>();
    forEachDependency(
        (owner, depend) -> {
          if (types.contains(depend.dependencyType())) {
            depend.fmris().forEach(text -> stems.add(Fmri.parse(text).stem()));
          }
        });
    return stems;
  }

  private interface EachDependency {
    void take(Fmri owner, DependAction depend);
  }

  private void forEachDependency(EachDependency each) {
    for (StateEntry entry : new ArrayList<>(state.installed())) {
      for (Action action : entry.dependencyActions()) {
        if (action instanceof DependAction depend && varcets.admits(depend)) {
          each.take(entry.fmri(), depend);
        }
      }
    }
  }
}
