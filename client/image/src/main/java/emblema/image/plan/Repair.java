package emblema.image.plan;

import emblema.core.action.Action;
import emblema.core.fmri.Fmri;

/**
 * One object of an installed package that is to be put as its package has it.
 *
 * @param action as the package has it, or with less {@code preserve} to put back what was edited
 */
public record Repair(Fmri owner, Action action) {

  /** Whether a plan can do so: what packages demand of others cannot be put right from here. */
  public boolean isPossible() {
    return switch (action.type()) {
      case FILE, DIR, LINK, HARDLINK, LICENSE, USER, GROUP, LEGACY -> true;
      case SET, DEPEND, DRIVER, SIGNATURE, UNKNOWN -> false;
    };
  }
}
