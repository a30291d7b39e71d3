package emblema.publisher.receive;

import emblema.core.action.Action;
import emblema.core.action.DependAction;
import emblema.core.error.EmblemaException;
import emblema.core.fmri.Fmri;
import emblema.core.fmri.Version;
import emblema.store.catalog.Catalog;
import emblema.store.catalog.CatalogEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Packages with all that they depend on, whatever the type of the dependency: of each package named
 * the newest that is of the version named, to the precision it is named with. What the catalog does
 * not have is left out. (Spec pkgrecv, section 2.)
 */
final class DependencyClosure {
  private final Map<String, List<CatalogEntry>> byName = new HashMap<>();

  DependencyClosure(Catalog catalog) {
    catalog.forEach(
        entry -> byName.computeIfAbsent(entry.fmri().stem(), s -> new ArrayList<>()).add(entry));
  }

  List<CatalogEntry> of(List<CatalogEntry> roots) {
    Map<Fmri, CatalogEntry> found = new LinkedHashMap<>();
    Deque<CatalogEntry> open = new ArrayDeque<>(roots);
    while (!open.isEmpty()) {
      CatalogEntry entry = open.remove();
      if (found.putIfAbsent(entry.fmri(), entry) == null) {
        for (Action action : entry.dependencyActions()) {
          if (action instanceof DependAction depend) {
            depend.attributes().all("fmri").forEach(named -> add(named, open));
          }
        }
      }
    }
    return List.copyOf(found.values());
  }

  private void add(String named, Deque<CatalogEntry> open) {
    try {
      Fmri wanted = Fmri.parse(named.startsWith("pkg:") ? named : "pkg:/" + named);
      Version version = wanted.version();
      byName.getOrDefault(wanted.stem(), List.of()).reversed().stream()
          .filter(
              entry ->
                  version == null
                      || entry.fmri().requireVersion().equals(version)
                      || entry
                          .fmri()
                          .requireVersion()
                          .isSuccessorOf(version, Version.Constraint.AUTO))
          .findFirst()
          .ifPresent(open::add);
    } catch (EmblemaException e) {
      // a dependency that cannot be read names nothing
    }
  }
}
