package emblema.core.manifest;

import emblema.core.action.Action;
import emblema.core.action.ActionType;
import emblema.core.action.ActionWriter;
import emblema.core.action.DependencyType;
import emblema.core.error.MalformedException;
import java.util.EnumSet;
import java.util.Set;

/**
 * What an obsolete or renamed package may contain (spec manifest, section 8; pkgsend section 5).
 * The flags count only where their value is literally {@code true}.
 */
public final class PackageRules {
  private static final Set<ActionType> IN_OBSOLETE =
      EnumSet.of(ActionType.SET, ActionType.SIGNATURE);
  private static final Set<ActionType> IN_RENAMED =
      EnumSet.of(ActionType.SET, ActionType.DEPEND, ActionType.SIGNATURE);

  private PackageRules() {}

  /** Refuses a manifest that must not be published. */
  public static void check(Manifest manifest) {
    boolean obsolete = manifest.isObsolete();
    boolean renamed = manifest.isRenamed();
    if (obsolete && renamed) {
      throw new MalformedException(
          "A package may not  be marked for both obsoletion and renaming.");
    }
    if (obsolete) {
      checkTypes(manifest, IN_OBSOLETE, "an obsolete");
    }
    if (renamed) {
      checkTypes(manifest, IN_RENAMED, "a renamed");
      if (manifest
          .dependencies()
          .noneMatch(depend -> depend.kind().filter(DependencyType.REQUIRE::equals).isPresent())) {
        throw new MalformedException(
            "A renamed package must contain at least one 'depend' action.");
      }
    }
  }

  private static void checkTypes(Manifest manifest, Set<ActionType> allowed, String kind) {
    for (Action action : manifest.actions()) {
      if (!allowed.contains(action.type())) {
        throw new MalformedException(
            "A '"
                + action.type().word()
                + "' action cannot be present in "
                + kind
                + " package: "
                + ActionWriter.write(action));
      }
    }
  }
}
