package emblema.publisher.master.plan;

import emblema.core.error.ConflictException;
import emblema.core.tree.TreeChange;
import emblema.core.tree.TreeDiff;
import emblema.core.tree.TreeIndex;
import emblema.publisher.master.rule.Rule;
import emblema.publisher.master.rule.Rules;
import emblema.publisher.master.select.MasterTree;
import java.util.List;

/**
 * The old tree is evidence, what was published is the truth: if they disagree, somebody changed one
 * of them (spec master-image-diff, section 1).
 */
final class DriftCheck {
  private static final int SHOWN = 20;

  private DriftCheck() {}

  /**
   * @param published what was published, as far as it is selected now
   * @param sameDigest whether the old tree's digest is the one recorded at the last publication
   */
  static void check(
      TreeIndex published, MasterTree old, Rules rules, boolean sameDigest, boolean rebase) {
    if (sameDigest || rebase) {
      return;
    }
    TreeIndex deliverable =
        old.delivered().filter(i -> !SpecialObjects.isSpecial(old.delivered().entry(i)));
    List<TreeChange> drift =
        TreeDiff.between(published, deliverable).stream()
            .filter(TreeChange::matters)
            .filter(change -> !isByRule(change, rules))
            .toList();
    if (drift.isEmpty()) {
      return;
    }
    throw drifted(drift, old);
  }

  /** Differences that rules made since do not count. */
  private static boolean isByRule(TreeChange change, Rules rules) {
    boolean owner = change.kind() == TreeChange.Kind.META && rules.owner(change.path()).isPresent();
    return owner
        || rules
            .all(Rule.Shared.class)
            .anyMatch(
                rule ->
                    change.path().equals(rule.path())
                        || change.path().startsWith(rule.path() + "/"));
  }

  private static ConflictException drifted(List<TreeChange> drift, MasterTree old) {
    StringBuilder detail = new StringBuilder();
    drift.stream()
        .limit(SHOWN)
        .forEach(
            change ->
                detail.append(change.kind().word()).append(' ').append(change.path()).append('\n'));
    if (drift.size() > SHOWN) {
      detail.append("and ").append(drift.size() - SHOWN).append(" more\n");
    }
    return new ConflictException(
        "'"
            + old.disk().root()
            + "' is not what was published last: "
            + drift.size()
            + " paths differ",
        detail.toString().stripTrailing(),
        List.of(
            "give the tree of the last release with -A",
            "or take what was published as the old state: -A repo: or --rebase"),
        null);
  }
}
