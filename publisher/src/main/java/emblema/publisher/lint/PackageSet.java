package emblema.publisher.lint;

import emblema.core.action.Action;
import emblema.core.action.ActionType;
import emblema.core.fmri.Fmri;
import emblema.core.fmri.Version;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All packages of a run, and who delivers what. */
final class PackageSet {
  private final List<LintedPackage> all = new ArrayList<>();
  private final Map<String, List<LintedPackage.Delivered>> delivered = new HashMap<>();

  PackageSet(List<LintedPackage> packages) {
    for (LintedPackage each : packages) {
      boolean replaced =
          each.reference()
              && packages.stream()
                  .anyMatch(
                      other ->
                          !other.reference()
                              && other.fmri().stem().equals(each.fmri().stem())
                              && withoutTime(other.fmri()).compareTo(withoutTime(each.fmri()))
                                  >= 0);
      if (!replaced) {
        all.add(each);
      }
    }
    all.sort(Comparator.comparing(LintedPackage::fmri));
    for (LintedPackage each : all) {
      for (Action action : each.manifest().actions()) {
        index(new LintedPackage.Delivered(each, action));
      }
    }
  }

  private static Version withoutTime(Fmri fmri) {
    return fmri.requireVersion().withoutTimestamp();
  }

  private void index(LintedPackage.Delivered one) {
    Action action = one.action();
    action.pathIfAny().ifPresent(path -> put("path", path, one));
    switch (action.type()) {
      case DRIVER -> put("driver", action.key(), one);
      case USER -> {
        put("username", action.key(), one);
        action.attributes().first("uid").ifPresent(uid -> put("uid", uid, one));
      }
      case GROUP -> {
        put("groupname", action.key(), one);
        action.attributes().first("gid").ifPresent(gid -> put("gid", gid, one));
      }
      case LEGACY -> put("pkg", action.key(), one);
      default -> {}
    }
  }

  private void put(String space, String name, LintedPackage.Delivered one) {
    delivered.computeIfAbsent(space + " " + name, key -> new ArrayList<>()).add(one);
  }

  /** What is to be checked, in order. */
  List<LintedPackage> linted() {
    return all.stream().filter(each -> !each.reference()).toList();
  }

  List<LintedPackage> all() {
    return all;
  }

  /** Everything with this name in a name space: {@code path}, {@code uid}, … */
  List<LintedPackage.Delivered> named(String space, String name) {
    return delivered.getOrDefault(space + " " + name, List.of());
  }

  /** Everything with a path that is of the type. */
  List<LintedPackage.Delivered> atPath(String path, ActionType type) {
    return named("path", path).stream().filter(one -> one.action().type() == type).toList();
  }

  /** The newest version of a package. */
  Optional<LintedPackage> newest(String stem) {
    return all.stream()
        .filter(each -> each.fmri().stem().equals(stem))
        .max(Comparator.comparing(LintedPackage::fmri));
  }
}
