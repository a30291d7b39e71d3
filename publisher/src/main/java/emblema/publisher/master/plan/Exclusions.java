package emblema.publisher.master.plan;

import emblema.core.action.Action;
import emblema.core.action.ActionType;
import emblema.core.attribute.Attributes;
import emblema.core.tree.TreeEntry;
import emblema.core.tree.TreeIndex;
import emblema.publisher.master.finding.Findings;
import emblema.publisher.master.ledger.Ledger;
import emblema.publisher.master.select.Selection;
import java.util.Map;
import java.util.TreeMap;

/**
 * Paths that were delivered and are excluded now. Omitting them would make clients remove them, so
 * a file stays with {@code preserve=abandon}, a directory or link stays as it is (spec
 * master-image-diff, section 5.2). It stays in all later releases: clients skip releases.
 */
final class Exclusions {
  private final Ledger ledger;
  private final TreeIndex now;
  private final Selection selection;
  private final Choices.OnExclude choice;
  private final Findings findings;

  Exclusions(
      Ledger ledger,
      TreeIndex now,
      Selection selection,
      Choices.OnExclude choice,
      Findings findings) {
    this.ledger = ledger;
    this.now = now;
    this.selection = selection;
    this.choice = choice;
    this.findings = findings;
  }

  /** Actions that stay, by path. */
  Map<String, Action> kept() {
    Map<String, Action> kept = new TreeMap<>();
    TreeIndex published = ledger.tree();
    int released = 0;
    for (int i = 0; i < published.size(); i++) {
      TreeEntry entry = published.entry(i);
      String path = entry.path();
      if (now.has(path)) {
        continue;
      }
      if (ledger.isAbandoned(path)) {
        ledger.specialAt(path).ifPresent(action -> kept.put(path, action));
        continue;
      }
      if (ledger.isGenerated(path) || selection.exclusion(entry).isEmpty()) {
        continue;
      }
      if (choice == Choices.OnExclude.REMOVE) {
        findings.risk("'" + path + "' was delivered and is excluded now: machines will remove it");
        continue;
      }
      kept.put(
          path, released(entry, published.facts(i).hash() == null ? "" : published.hash(i).sha1()));
      released++;
    }
    if (released > 0) {
      findings.note(released + " delivered paths are excluded now and left to the machines");
    }
    return kept;
  }

  private static Action released(TreeEntry entry, String sha1) {
    if (entry.isLink()) {
      return Action.of(
          ActionType.LINK, null, Attributes.of("path", entry.path(), "target", entry.target()));
    }
    Attributes owned =
        Attributes.of(
            "path",
            entry.path(),
            "owner",
            entry.owner(),
            "group",
            entry.group(),
            "mode",
            entry.modeText());
    if (entry.isDirectory()) {
      return Action.of(ActionType.DIR, null, owned);
    }
    // a hard link becomes a file of its own: its leader may be delivered no more
    return Action.of(ActionType.FILE, sha1, owned.with("preserve", "abandon"));
  }
}
