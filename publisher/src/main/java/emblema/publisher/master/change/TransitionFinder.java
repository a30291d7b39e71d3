package emblema.publisher.master.change;

import emblema.core.action.Action;
import emblema.core.fmri.DotSequence;
import emblema.core.tree.LinkTargets;
import emblema.core.tree.TreeEntry;
import emblema.core.tree.TreeIndex;
import emblema.publisher.master.finding.Findings;
import emblema.publisher.master.ledger.Ledger;
import emblema.publisher.master.rule.Rule;
import emblema.publisher.master.rule.Rules;
import emblema.publisher.master.select.Selection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the transitions from what was published to the new tree, and carries those of earlier
 * releases on, because clients skip releases (spec master-image-diff, section 6).
 */
public final class TransitionFinder {
  private final Ledger ledger;
  private final TreeIndex before;
  private final TreeIndex after;
  private final Rules rules;
  private final Selection selection;
  private final boolean acceptSuggestions;
  private final String floor;
  private final Contents contents;
  private final Findings findings;
  private final Transitions transitions = new Transitions();

  /**
   * @param before what was published, as far as it is selected now
   * @param after the delivered part of the new tree
   * @param floor the oldest release that may update directly, or empty
   */
  public TransitionFinder(
      Ledger ledger,
      TreeIndex before,
      TreeIndex after,
      Rules rules,
      Selection selection,
      boolean acceptSuggestions,
      String floor,
      Contents contents,
      Findings findings) {
    this.ledger = ledger;
    this.before = before;
    this.after = after;
    this.rules = rules;
    this.selection = selection;
    this.acceptSuggestions = acceptSuggestions;
    this.floor = floor;
    this.contents = contents;
    this.findings = findings;
  }

  public Transitions find() {
    carryOn();
    typeChanges();
    directoryMoves();
    fileMoves();
    checkOneReceiver();
    return transitions;
  }

  /** Repeats what earlier releases said, unless it became stale. */
  private void carryOn() {
    for (Action action :
        ledger.special().values().stream()
            .sorted(java.util.Comparator.comparing(Action::key))
            .toList()) {
      String path = action.key();
      List<String> salvaged = action.attributes().all("salvage-from");
      if (SharedAreas.isStaging(path) && !salvaged.isEmpty()) {
        carryStaging(action);
      } else if (after.at(path).filter(TreeEntry::isDirectory).isPresent()) {
        salvaged.stream()
            .filter(this::isStillGone)
            .forEach(from -> transitions.salvage(path, from));
      }
      if (action.attributes().has("original_name") && after.has(path)) {
        transitions.originalName(path, action.attributes().get("original_name", ""));
      }
    }
  }

  private void carryStaging(Action staging) {
    String link = staging.attributes().get("salvage-from", "");
    if (after.at(link).filter(TreeEntry::isLink).isEmpty()) {
      return;
    }
    transitions.stage(staging, link);
    TreeIndex.Span below = ledger.tree().below(staging.key());
    for (int i = below.first(); i < below.last(); i++) {
      TreeEntry entry = ledger.tree().entry(i);
      if (entry.isDirectory() && !after.has(entry.path())) {
        transitions.stage(SharedAreas.stagingDirectory(entry.path(), entry), link);
      }
    }
  }

  /** Not a directory again, and not moved so long ago that no machine updates from before. */
  private boolean isStillGone(String directory) {
    return after.at(directory).filter(TreeEntry::isDirectory).isEmpty()
        && (floor.isEmpty()
            || ledger
                .movedIn(directory)
                .filter(
                    release -> DotSequence.parse(release).compareTo(DotSequence.parse(floor)) <= 0)
                .isEmpty());
  }

  private void typeChanges() {
    for (int i = 0; i < before.size(); i++) {
      TreeEntry old = before.entry(i);
      TreeEntry now = after.at(old.path()).orElse(null);
      if (now == null || now.kind() == old.kind()) {
        continue;
      }
      if (old.isDirectory() && now.isLink()) {
        directoryToLink(old, now);
      } else if (old.isDirectory()) {
        findings.risk(
            "directory '"
                + old.path()
                + "' becomes a "
                + word(now)
                + ": what machines keep in it goes to lost+found");
      } else if (old.isLink() && now.isDirectory()) {
        findings.note(
            "link '"
                + old.path()
                + "' becomes a directory: data behind the old link stays at '"
                + old.target()
                + "'");
      }
    }
    newSharedLinks();
  }

  private static String word(TreeEntry entry) {
    return entry.kind().name().toLowerCase(java.util.Locale.ROOT);
  }

  private void directoryToLink(TreeEntry old, TreeEntry now) {
    transitions.becameLink(old.path());
    String target = new LinkTargets(after).resolve(old.path(), now.target()).orElse("");
    String root = selection.sharedRootOf(target).orElse("");
    if (!root.isEmpty()) {
      shared(old, target, root);
    } else if (after.at(target).filter(TreeEntry::isDirectory).isPresent()) {
      transitions.salvage(target, old.path());
      sticky(old.path()).stream()
          .filter(this::isStillGone)
          .forEach(from -> transitions.salvage(target, from));
      if (hasPrograms(old)) {
        transitions.reboot(old.path());
      }
    } else if (!rules.discards(old.path())) {
      findings.error(
          "directory '"
              + old.path()
              + "' became a link to '"
              + now.target()
              + "', which is neither delivered nor in a shared area: say 'shared-root PATH' or"
              + " 'discard "
              + old.path()
              + "' in a rule file");
    }
  }

  private void shared(TreeEntry old, String target, String root) {
    TreeIndex.Span below = before.below(old.path());
    for (int i = below.first(); i < below.last(); i++) {
      TreeEntry inside = before.entry(i);
      if (!inside.isDirectory()) {
        findings.error(
            "'"
                + inside.path()
                + "' is packaged, but its directory moves to the shared area '"
                + root
                + "': only unpackaged data can; exclude it (-x) in a release before this one");
        return;
      }
    }
    SharedAreas.stage(before, old, SharedAreas.stagingPath(old.path(), target, root), transitions);
  }

  /** Rules may put a directory into a shared area from the first release on. */
  private void newSharedLinks() {
    rules
        .all(Rule.Shared.class)
        .forEach(
            rule -> {
              TreeEntry link = after.at(rule.path()).filter(TreeEntry::isLink).orElse(null);
              String root = selection.sharedRootOf(rule.target()).orElse("");
              if (link == null) {
                findings.error(
                    "rule 'shared "
                        + rule.path()
                        + "': the new tree has no such directory or link");
              } else if (root.isEmpty()) {
                findings.error(
                    "rule 'shared "
                        + rule.path()
                        + "': '"
                        + rule.target()
                        + "' is not in a shared area; known: "
                        + String.join(", ", selection.sharedRoots()));
              } else if (!before.has(rule.path()) && !link.owner().isEmpty()) {
                String staging = SharedAreas.stagingPath(rule.path(), rule.target(), root);
                transitions.stage(
                    SharedAreas.receiving(SharedAreas.stagingDirectory(staging, link), rule.path()),
                    rule.path());
              }
            });
  }

  private boolean hasPrograms(TreeEntry directory) {
    TreeIndex.Span below = before.below(directory.path());
    for (int i = below.first(); i < below.last(); i++) {
      TreeEntry entry = before.entry(i);
      if (entry.isFile() && ((entry.mode() & 0111) != 0 || entry.name().contains(".so"))) {
        return true;
      }
    }
    return false;
  }

  private void directoryMoves() {
    DirectoryMoves finder = new DirectoryMoves(before, after);
    Set<String> decided = new LinkedHashSet<>();
    rules.all(Rule.Moved.class).forEach(rule -> ruled(rule, decided));
    for (Move move : finder.find()) {
      if (decided.add(move.from()) && !isRefused(move)) {
        moved(move);
      }
    }
    for (Move move : finder.suggest()) {
      if (decided.contains(move.from()) || isRefused(move)) {
        continue;
      }
      if (acceptSuggestions) {
        moved(move);
      } else {
        findings.suggest("moved " + move.from() + " -> " + move.to() + "   # " + move.reason());
      }
    }
  }

  private void ruled(Rule.Moved rule, Set<String> decided) {
    TreeEntry now = after.at(rule.to()).orElse(null);
    if (now == null || after.has(rule.from())) {
      if (ledger.tree().has(rule.from()) || now == null) {
        findings.error(
            "rule 'moved "
                + rule.from()
                + " -> "
                + rule.to()
                + "': "
                + (now == null
                    ? "'" + rule.to() + "' is not delivered"
                    : "'" + rule.from() + "' still exists"));
      }
      return;
    }
    decided.add(rule.from());
    if (now.isDirectory()) {
      moved(new Move(rule.from(), rule.to(), "by rule"));
    }
  }

  private boolean isRefused(Move move) {
    return rules
        .all(Rule.NotMoved.class)
        .anyMatch(rule -> rule.from().equals(move.from()) && rule.to().equals(move.to()));
  }

  private void moved(Move move) {
    transitions.moved(move, true);
    sticky(move.from()).stream()
        .filter(this::isStillGone)
        .forEach(from -> transitions.salvage(move.to(), from));
    transitions.salvage(move.to(), move.from());
    // directories below that earlier releases filled keep what they said, under their new name
    TreeIndex.Span below = before.below(move.from());
    for (int i = below.first(); i < below.last(); i++) {
      String path = before.entry(i).path();
      String moved = move.to() + path.substring(move.from().length());
      if (after.at(moved).filter(TreeEntry::isDirectory).isPresent()) {
        sticky(path).stream()
            .filter(this::isStillGone)
            .forEach(from -> transitions.salvage(moved, from));
      }
    }
  }

  private List<String> sticky(String directory) {
    return ledger.sticky(directory, "salvage-from");
  }

  private void fileMoves() {
    for (Move move : new FileMoves(before, after, transitions.directoryMoves()).find()) {
      transitions.moved(move, false);
      originalName(move);
    }
    rules
        .all(Rule.Moved.class)
        .filter(rule -> after.at(rule.to()).filter(TreeEntry::isFile).isPresent())
        .filter(rule -> before.at(rule.from()).filter(TreeEntry::isFile).isPresent())
        .forEach(rule -> originalName(new Move(rule.from(), rule.to(), "by rule")));
    for (Move move : new SimilarFiles(before, after, transitions, ledger, contents).suggest()) {
      if (isRefused(move)) {
        continue;
      }
      if (acceptSuggestions) {
        originalName(move);
      } else {
        findings.suggest("moved " + move.from() + " -> " + move.to() + "   # " + move.reason());
      }
    }
  }

  /** An earlier name is copied unchanged: it is what the oldest clients know. */
  private void originalName(Move move) {
    List<String> earlier = ledger.sticky(move.from(), "original_name");
    String name =
        earlier.isEmpty()
            ? ledger.ownerOf(move.from()).orElse("") + ":" + move.from()
            : earlier.getFirst();
    transitions.originalName(move.to(), name);
  }

  private void checkOneReceiver() {
    java.util.Map<String, String> receivers = new java.util.TreeMap<>();
    for (String receiver : transitions.receivers()) {
      for (String from : transitions.salvagedInto(receiver)) {
        String other = receivers.putIfAbsent(from, receiver);
        if (other != null) {
          findings.error(
              "what machines keep in '"
                  + from
                  + "' would go to both '"
                  + other
                  + "' and '"
                  + receiver
                  + "': decide with 'moved' or 'not-moved' rules");
        }
      }
    }
  }
}
