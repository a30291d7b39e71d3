package emblema.publisher.master.cosmetic;

import emblema.core.tree.ObjectFacts;
import emblema.core.tree.TreeEntry;
import emblema.core.tree.TreeIndex;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Gives files that differ only in what does not matter the content that they had before: the old
 * payload is kept, and nothing is published for them.
 */
public final class CosmeticFilter {
  private static final long LARGEST = 64 << 20;

  private final Comparison comparison;
  private final Contents before;
  private final Contents after;

  /** Reads a whole file of one of the two trees. */
  public interface Contents {
    byte[] read(TreeIndex tree, int position);
  }

  public CosmeticFilter(Comparison comparison, Contents before, Contents after) {
    this.comparison = comparison;
    this.before = before;
    this.after = after;
  }

  /** The new tree with old contents in place of cosmetic changes. */
  public TreeIndex apply(TreeIndex old, TreeIndex now) {
    Map<String, Integer> cosmetic = comparison.isExact() ? Map.of() : find(old, now);
    if (cosmetic.isEmpty()) {
      return now;
    }
    TreeIndex changed =
        now.filter(i -> true)
            .map(
                entry ->
                    Optional.ofNullable(cosmetic.get(entry.path()))
                        .map(position -> sized(entry, old.entry(position).size()))
                        .orElse(entry));
    cosmetic.forEach(
        (path, position) -> {
          int here = changed.find(path);
          changed.learn(
              here, new ObjectFacts(old.hash(position), changed.facts(here).extensions()));
        });
    return changed;
  }

  /** Paths of files with cosmetic changes, to their places in the old tree. */
  private Map<String, Integer> find(TreeIndex old, TreeIndex now) {
    Map<String, Integer> found = new TreeMap<>();
    for (int i = 0; i < now.size(); i++) {
      TreeEntry entry = now.entry(i);
      int position = entry.isFile() ? old.find(entry.path()) : -1;
      if (position < 0 || !old.entry(position).isFile() || entry.size() > LARGEST) {
        continue;
      }
      TreeEntry earlier = old.entry(position);
      boolean differs =
          earlier.size() != entry.size() || !old.hash(position).agreesWith(now.hash(i));
      boolean mayBeSame = earlier.size() == entry.size() || comparison.elfLoadable();
      if (differs && mayBeSame && earlier.size() <= LARGEST && isCosmetic(old, position, now, i)) {
        found.put(entry.path(), position);
      }
    }
    return found;
  }

  private boolean isCosmetic(TreeIndex old, int position, TreeIndex now, int here) {
    byte[] one = before.read(old, position);
    byte[] other = after.read(now, here);
    return (comparison.skipCosmetic() && Normalizer.same(now.entry(here).name(), one, other))
        || (comparison.elfLoadable() && Normalizer.loadSame(one, other));
  }

  private static TreeEntry sized(TreeEntry entry, long size) {
    return new TreeEntry(
        entry.path(),
        entry.kind(),
        entry.mode(),
        entry.owner(),
        entry.group(),
        entry.uid(),
        entry.gid(),
        size,
        entry.links(),
        entry.device(),
        entry.inode(),
        entry.rawDevice(),
        entry.mtime(),
        entry.ctime(),
        entry.target());
  }
}
