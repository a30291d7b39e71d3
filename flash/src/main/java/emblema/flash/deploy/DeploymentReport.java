package emblema.flash.deploy;

import emblema.flash.script.Script;
import java.util.List;

/**
 * What a deployment did.
 *
 * @param objects extracted
 * @param removed absolute paths that were deleted from the clone
 * @param scripts that were run
 * @param reset paths of host-specific files that were reset
 * @param rebootScripts that will be run once, at the first boot
 */
public record DeploymentReport(
    long objects,
    List<String> removed,
    List<Script> scripts,
    List<String> reset,
    List<Script> rebootScripts) {
  public DeploymentReport {
    removed = List.copyOf(removed);
    scripts = List.copyOf(scripts);
    reset = List.copyOf(reset);
    rebootScripts = List.copyOf(rebootScripts);
  }
}
