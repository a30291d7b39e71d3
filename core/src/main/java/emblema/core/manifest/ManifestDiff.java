package emblema.core.manifest;

import emblema.core.action.Action;
import java.util.List;

/**
 * What turns one manifest into another (spec manifest, sections 18 and 20): actions are matched by
 * type and key; for mediated links by path, mediator version and implementation.
 */
public record ManifestDiff(List<Action> removed, List<Change> changed, List<Action> added) {

  /** The same key, different content or attributes. */
  public record Change(Action before, Action after) {}

  public static ManifestDiff between(Manifest before, Manifest after) {
    throw new UnsupportedOperationException("not yet");
  }

  /** Whether two actions with one key differ (spec manifest, section 20). */
  public static boolean isDifferent(Action before, Action after) {
    throw new UnsupportedOperationException("not yet");
  }
}
