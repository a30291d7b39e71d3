package emblema.publisher.master.plan;

import emblema.core.manifest.Manifest;
import emblema.core.manifest.ManifestWriter;
import emblema.core.tree.TreeChange;
import emblema.core.tree.TreeDigest;
import emblema.publisher.master.change.Transitions;
import emblema.publisher.master.finding.Findings;
import emblema.publisher.master.ledger.Ledger;
import emblema.publisher.master.select.MasterTree;
import emblema.publisher.master.split.Assignment;
import java.util.List;

/**
 * Everything a release publishes, and why. Making one changes nothing.
 *
 * @param packages live packages and markers by name, groups among them, the incorporation last
 * @param changes from what was published (or, at the baseline, from nothing) to the new tree
 */
public record Plan(
    PlanRequest request,
    Ledger ledger,
    MasterTree now,
    String oldTree,
    List<PlannedPackage> packages,
    List<TreeChange> changes,
    Assignment assignment,
    Transitions transitions,
    Findings findings,
    GeneratedFiles generated) {

  public Plan {
    packages = List.copyOf(packages);
    changes = List.copyOf(changes);
  }

  /** What is published, the incorporation last. */
  public List<PlannedPackage> published() {
    return packages.stream().filter(PlannedPackage::isPublished).toList();
  }

  public long count(PlannedPackage.Status status) {
    return packages.stream().filter(each -> each.status() == status).count();
  }

  /** One digest over all that is published: two plans with the same one publish the same. */
  public String digest() {
    StringBuilder digests = new StringBuilder();
    for (PlannedPackage each : published()) {
      Manifest manifest = each.contents().get();
      digests
          .append(each.fmri())
          .append(' ')
          .append(TreeDigest.ofText(ManifestWriter.write(manifest)))
          .append('\n');
    }
    return TreeDigest.ofText(digests.toString());
  }
}
