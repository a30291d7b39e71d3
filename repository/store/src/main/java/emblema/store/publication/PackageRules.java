package emblema.store.publication;

import emblema.core.action.Action;
import emblema.core.action.ActionType;
import emblema.core.action.ActionWriter;
import emblema.core.error.ConflictException;
import emblema.core.manifest.Manifest;
import java.util.EnumSet;
import java.util.Set;

/** What obsolete and renamed packages may hold (spec repository, section 11). */
public final class PackageRules {
  private static final Set<ActionType> IN_OBSOLETE =
      EnumSet.of(ActionType.SET, ActionType.SIGNATURE);
  private static final Set<ActionType> IN_RENAMED =
      EnumSet.of(ActionType.SET, ActionType.DEPEND, ActionType.SIGNATURE);

  private PackageRules() {}

  /** {@code ConflictException} that quotes the action that breaks a rule. */
  public static void check(Manifest manifest) {
    boolean obsolete = manifest.isObsolete();
    boolean renamed = manifest.isRenamed();
    if (obsolete && renamed) {
      throw new ConflictException(
          "a package may not be marked for both obsoletion and renaming",
          "set either 'pkg.obsolete' or 'pkg.renamed'");
    }
    if (obsolete) {
      refuseOthers(manifest, IN_OBSOLETE, "an obsolete");
    }
    if (renamed) {
      refuseOthers(manifest, IN_RENAMED, "a renamed");
      if (manifest.dependencies().noneMatch(depend -> depend.dependencyType().equals("require"))) {
        throw new ConflictException(
            "a renamed package must contain at least one 'depend' action",
            "add 'depend type=require fmri=NEW-NAME'");
      }
    }
  }

  private static void refuseOthers(Manifest manifest, Set<ActionType> allowed, String kind) {
    for (Action action : manifest.actions()) {
      if (!allowed.contains(action.type())) {
        throw new ConflictException(
            "a '"
                + action.type().word()
                + "' action cannot be present in "
                + kind
                + " package: "
                + ActionWriter.write(action));
      }
    }
  }
}
