package emblema.store.publication;

import emblema.core.action.Action;
import emblema.core.action.ActionValidation;
import emblema.core.action.SetAction;
import emblema.core.action.SignatureAction;
import emblema.core.error.MalformedException;
import emblema.core.event.Event;
import emblema.core.event.EventSink;
import emblema.core.fmri.Fmri;
import emblema.core.manifest.Manifest;
import emblema.core.manifest.PackageRules;
import java.util.ArrayList;
import java.util.List;

/** What of a manifest is published anew, wherever to. */
public final class PublishableActions {
  private PublishableActions() {}

  /** A package needs a version, and its actions must go together. */
  public static void check(Fmri fmri, Manifest manifest) {
    if (fmri.version() == null) {
      throw new MalformedException("the specified FMRI, '" + fmri + "', has an invalid version");
    }
    PackageRules.check(manifest);
  }

  /**
   * The valid actions without the package's name, which the repository writes, and without
   * signatures, which no longer hold.
   *
   * @param events warned of signatures that are left out
   */
  public static List<Action> of(Fmri fmri, Manifest manifest, EventSink events) {
    List<Action> actions = new ArrayList<>(manifest.actions().size());
    for (Action action : manifest.actions()) {
      if (action instanceof SignatureAction) {
        events.emit(new Event.Warning("omitting signature action '" + action.key() + "'"));
      } else if (!isName(action)) {
        ActionValidation.check(action, fmri);
        actions.add(action);
      }
    }
    return actions;
  }

  /** Whether the action names the package. */
  public static boolean isName(Action action) {
    return action instanceof SetAction set
        && (set.name().equals("pkg.fmri") || set.name().equals("fmri"));
  }
}
