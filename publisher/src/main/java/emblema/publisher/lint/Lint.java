package emblema.publisher.lint;

import emblema.core.action.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Checks packages, one after the other in the order of their names: first each as a whole, then its
 * actions (spec pkglint, section 3).
 */
public final class Lint {
  private final LintLog log;
  private final PackageSet packages;
  private final ManifestChecks manifests;
  private final ActionChecks actions;
  private final DuplicateChecks duplicates;

  /**
   * @param packages those to be checked and those to compare with; of the latter what an earlier
   *     version of a checked one is does not count
   * @param findings told what is found
   */
  public Lint(List<LintedPackage> packages, LintSettings settings, Consumer<Finding> findings) {
    this.log = new LintLog(settings, findings);
    this.packages = new PackageSet(packages);
    this.manifests = new ManifestChecks(this.packages, log);
    this.actions = new ActionChecks(this.packages, settings, log);
    this.duplicates = new DuplicateChecks(this.packages, log);
  }

  /** Runs all checks; the worst level that was found. */
  public Level run() {
    List<LintedPackage> linted = new ArrayList<>(packages.linted());
    for (LintedPackage each : linted) {
      manifests.check(each);
      for (Action action : each.manifest().actions()) {
        actions.check(each, action);
        duplicates.check(each, action);
      }
    }
    return log.worst();
  }
}
