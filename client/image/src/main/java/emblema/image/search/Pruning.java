package emblema.image.search;

import emblema.core.action.DependAction;
import emblema.core.action.DependencyType;
import emblema.core.fmri.Fmri;
import emblema.core.fmri.Version;
import emblema.image.image.Image;
import emblema.image.image.StateEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Leaves out versions that are older than what is installed, and those that an installed
 * incorporation does not allow.
 */
final class Pruning {
  private final Map<String, Version> installed = new HashMap<>();
  private final Map<String, List<Version>> incorporated = new HashMap<>();

  Pruning(Image image) {
    for (StateEntry entry : image.state().installed()) {
      installed.put(entry.fmri().stem(), entry.fmri().requireVersion());
      entry.dependencyActions().stream()
          .filter(DependAction.class::isInstance)
          .map(DependAction.class::cast)
          .filter(depend -> depend.kind().filter(DependencyType.INCORPORATE::equals).isPresent())
          .flatMap(depend -> depend.fmris().stream())
          .map(Fmri::parse)
          .forEach(this::incorporate);
    }
  }

  private void incorporate(Fmri wanted) {
    Version version = wanted.version();
    if (version != null) {
      incorporated.computeIfAbsent(wanted.stem(), stem -> new ArrayList<>()).add(version);
    }
  }

  boolean keeps(Found found) {
    Fmri fmri = found.fmri();
    Version version = fmri.requireVersion();
    Version present = installed.get(fmri.stem());
    if (present != null && version.compareTo(present) < 0) {
      return false;
    }
    return incorporated.getOrDefault(fmri.stem(), List.of()).stream()
        .allMatch(wanted -> version.isSuccessorOf(wanted, Version.Constraint.AUTO));
  }
}
