package emblema.publisher.master.plan;

import emblema.core.fmri.Fmri;
import emblema.core.tree.TreeEntry;
import emblema.core.tree.TreeIndex;
import emblema.publisher.master.finding.Findings;
import emblema.publisher.master.rule.Rule;
import emblema.publisher.master.select.FileClass;
import emblema.publisher.master.split.ImageDatabase;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Objects that packages of other publishers delivered to a master that is an image: those publish
 * them, not we (spec master-image-diff, section 5.3, class "foreign"). Rules may republish a
 * package.
 */
final class ForeignObjects {
  private final ImageDatabase database;
  private final PlanRequest request;
  private final Set<String> republished = new HashSet<>();

  ForeignObjects(ImageDatabase database, PlanRequest request) {
    this.database = database;
    this.request = request;
    request.rules().all(Rule.Republish.class).forEach(rule -> republished.addAll(rule.names()));
  }

  /** The package of another publisher that delivers the path on machines. */
  Optional<Fmri> ownerOf(String path) {
    return request.selection().isOff(FileClass.FOREIGN) || request.selection().names(path)
        ? Optional.empty()
        : database.at(path).map(ImageDatabase.Delivered::owner).filter(this::isForeign);
  }

  private boolean isForeign(Fmri owner) {
    return !owner.publisherIfAny().equals(Optional.of(request.publisher()))
        && !republished.contains(owner.stem());
  }

  /** A tree without foreign objects; directories stay where something of ours is in them. */
  TreeIndex without(TreeIndex tree) {
    if (database.isEmpty()) {
      return tree;
    }
    BitSet kept = new BitSet(tree.size());
    for (int i = 0; i < tree.size(); i++) {
      if (ownerOf(tree.entry(i).path()).isEmpty()) {
        kept.set(i);
        String parent = tree.entry(i).parent();
        for (int at = tree.find(parent); at >= 0 && !kept.get(at); at = tree.find(parent)) {
          kept.set(at);
          parent = tree.entry(at).parent();
        }
      }
    }
    return kept.cardinality() == tree.size() ? tree : tree.filter(kept::get);
  }

  /** Foreign files must be as their package delivers them: nobody else would carry the change. */
  void check(TreeIndex tree, Findings findings) {
    for (int i = 0; i < tree.size(); i++) {
      TreeEntry entry = tree.entry(i);
      Fmri owner = ownerOf(entry.path()).orElse(null);
      if (owner == null) {
        continue;
      }
      String content = database.at(entry.path()).map(ImageDatabase.Delivered::content).orElse("");
      boolean changed =
          !content.isEmpty() && (!entry.isFile() || !tree.hash(i).sha1().equals(content));
      if (changed) {
        findings.error(
            "'"
                + entry.path()
                + "' belongs to '"
                + owner.toShortString()
                + "' of '"
                + owner.publisherIfAny().orElse("")
                + "' and was changed: restore it, leave it out (-x "
                + entry.path()
                + "), or publish the modified package yourself (rule 'republish "
                + owner.stem()
                + "')");
      }
    }
    database
        .incomplete()
        .forEach(
            fmri ->
                findings.risk(
                    "the tree's image has no manifest of '"
                        + fmri.toShortString()
                        + "': what it delivers cannot be told"));
  }
}
