package emblema.store.check;

import emblema.core.action.Action;
import emblema.core.action.DependAction;
import emblema.core.error.MalformedException;
import emblema.core.fmri.Fmri;
import emblema.core.fmri.Version;
import emblema.store.catalog.CatalogEntry;
import emblema.store.file.PublisherStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Whether what packages depend on is in the repository, of whichever publisher (spec repository,
 * section 15).
 */
final class DependencyCheck {
  private static final Set<String> UNCHECKED = Set.of("exclude", "parent");

  private final VerificationOptions options;
  private final Map<String, List<Fmri>> known = new HashMap<>();

  /**
   * @param universe every publisher of the repository
   */
  DependencyCheck(List<PublisherStore> universe, VerificationOptions options) {
    this.options = options;
    for (PublisherStore store : universe) {
      store
          .catalog()
          .forEach(
              entry ->
                  known
                      .computeIfAbsent(entry.fmri().stem(), stem -> new ArrayList<>())
                      .add(entry.fmri()));
    }
  }

  void check(PublisherStore store, Consumer<Finding> each) {
    store
        .catalog()
        .forEach(
            entry -> {
              for (Action action : entry.dependencyActions()) {
                if (action instanceof DependAction depend && isChecked(depend)) {
                  depend.fmris().forEach(text -> check(entry, depend, text, each));
                }
              }
            });
  }

  private boolean isChecked(DependAction depend) {
    boolean excused = !depend.attributes().get("ignore-check", "").isEmpty();
    return !UNCHECKED.contains(depend.dependencyType()) && (options.force() || !excused);
  }

  private void check(CatalogEntry entry, DependAction depend, String text, Consumer<Finding> each) {
    Fmri wanted;
    try {
      wanted = Fmri.parse(text);
    } catch (MalformedException e) {
      each.accept(finding(entry, depend, text, "Illegal dependency FMRI."));
      return;
    }
    if (wanted.stem().startsWith("feature/") || isSatisfied(wanted, depend.dependencyType())) {
      return;
    }
    if (options.force() || !options.exceptions().excuse(entry.fmri(), wanted)) {
      each.accept(finding(entry, depend, text, "Missing dependency."));
    }
  }

  private boolean isSatisfied(Fmri wanted, String type) {
    List<Fmri> candidates = known.get(wanted.stem());
    if (candidates == null) {
      return type.equals("optional") && !options.force();
    }
    Version version = wanted.version();
    for (Fmri candidate : candidates) {
      Version has = candidate.requireVersion();
      if ((wanted.publisher() == null || wanted.publisher().equals(candidate.publisher()))
          && (version == null
              || (type.equals("incorporate")
                  ? has.isSuccessorOf(version, Version.Constraint.AUTO)
                  : has.compareTo(version) >= 0))) {
        return true;
      }
    }
    return false;
  }

  private static Finding finding(
      CatalogEntry entry, DependAction depend, String text, String header) {
    return Finding.of(
        Finding.Kind.DEPENDENCY,
        String.valueOf(entry.fmri().publisher()),
        entry.fmri(),
        null,
        header,
        Finding.DEPENDENCY,
        text,
        Finding.DEPENDENCY_TYPE,
        depend.dependencyType());
  }
}
