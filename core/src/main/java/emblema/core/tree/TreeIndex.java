package emblema.core.tree;

import emblema.core.io.OsNames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A directory tree as a sorted table: its objects in the order of their path's bytes, the root
 * itself not among them. Positions count from 0. The facts of an object (its content hash) are
 * filled in once, by {@link TreeContents}; everything else never changes.
 */
public final class TreeIndex {
  public static final TreeIndex EMPTY = new TreeIndex(new TreeEntry[0], new ObjectFacts[0]);

  private final TreeEntry[] entries;
  private final ObjectFacts[] facts;

  /** Positions plus one by hash of the path, open addressing; made when first asked. */
  private volatile int @Nullable [] places;

  private TreeIndex(TreeEntry[] entries, ObjectFacts[] facts) {
    this.entries = entries;
    this.facts = facts;
  }

  /** Sorts the entries; the paths must differ. */
  public static TreeIndex of(List<TreeEntry> entries) {
    TreeEntry[] sorted = entries.toArray(new TreeEntry[0]);
    Arrays.sort(sorted, Comparator.comparing(TreeEntry::path, OsNames::compare));
    ObjectFacts[] facts = new ObjectFacts[sorted.length];
    Arrays.fill(facts, ObjectFacts.NONE);
    return new TreeIndex(sorted, facts);
  }

  public int size() {
    return entries.length;
  }

  public TreeEntry entry(int position) {
    return entries[position];
  }

  public ObjectFacts facts(int position) {
    return facts[position];
  }

  /** The hash of a file whose content was read. */
  public ContentHash hash(int position) {
    ContentHash hash = facts[position].hash();
    if (hash == null) {
      throw new IllegalStateException("content of " + entries[position].path() + " not read yet");
    }
    return hash;
  }

  public void learn(int position, ObjectFacts learned) {
    facts[position] = learned;
  }

  public Optional<TreeEntry> at(String path) {
    int position = find(path);
    return position < 0 ? Optional.empty() : Optional.of(entries[position]);
  }

  public boolean has(String path) {
    return find(path) >= 0;
  }

  /** The text of a path as this table holds it, so that memory holds it once; itself if unknown. */
  public String textOf(String path) {
    int position = find(path);
    return position < 0 ? path : entries[position].path();
  }

  /** What this table holds of the object at a path if that is equal, else what is given. */
  public ObjectFacts factsOf(String path, ObjectFacts same) {
    int position = find(path);
    return position >= 0 && facts[position].equals(same) ? facts[position] : same;
  }

  /** Takes equal texts and facts from another table: most of two releases is the same. */
  public void shareWith(TreeIndex other) {
    for (int i = 0; i < entries.length; i++) {
      entries[i] = entries[i].at(other.textOf(entries[i].path()));
      facts[i] = other.factsOf(entries[i].path(), facts[i]);
    }
  }

  /** The position of a path, or -1. */
  public int find(String path) {
    int[] table = places;
    if (table == null) {
      table = table();
      places = table;
    }
    int mask = table.length - 1;
    for (int at = spread(path) & mask; table[at] != 0; at = (at + 1) & mask) {
      if (entries[table[at] - 1].path().equals(path)) {
        return table[at] - 1;
      }
    }
    return -1;
  }

  private int[] table() {
    int[] table = new int[Integer.highestOneBit(Math.max(4, entries.length)) * 4];
    int mask = table.length - 1;
    for (int i = 0; i < entries.length; i++) {
      int at = spread(entries[i].path()) & mask;
      while (table[at] != 0) {
        at = (at + 1) & mask;
      }
      table[at] = i + 1;
    }
    return table;
  }

  private static int spread(String path) {
    int hash = path.hashCode();
    return hash ^ (hash >>> 15);
  }

  /**
   * The positions of everything below a directory, first (inclusive) to last (exclusive): the paths
   * that begin with the path and a slash are neighbours.
   */
  public Span below(String directory) {
    int first = insertion(directory + "/");
    int last = insertion(directory + "0"); // '0' follows '/'
    return new Span(first, last);
  }

  /** Positions from {@code first} up to but not {@code last}. */
  public record Span(int first, int last) {
    public int size() {
      return last - first;
    }
  }

  /** The position of the path, or where it would be. */
  private int insertion(String path) {
    int low = 0;
    int high = entries.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (OsNames.compare(entries[middle].path(), path) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The objects at the admitted positions, with what is known of them. */
  public TreeIndex filter(IntPredicate admitted) {
    List<TreeEntry> kept = new ArrayList<>();
    List<ObjectFacts> known = new ArrayList<>();
    for (int i = 0; i < entries.length; i++) {
      if (admitted.test(i)) {
        kept.add(entries[i]);
        known.add(facts[i]);
      }
    }
    return new TreeIndex(kept.toArray(new TreeEntry[0]), known.toArray(new ObjectFacts[0]));
  }

  /** The same tree with changed entries; the change must keep the path. */
  public TreeIndex map(UnaryOperator<TreeEntry> change) {
    TreeEntry[] changed = new TreeEntry[entries.length];
    for (int i = 0; i < entries.length; i++) {
      changed[i] = change.apply(entries[i]);
    }
    return new TreeIndex(changed, facts);
  }
}
