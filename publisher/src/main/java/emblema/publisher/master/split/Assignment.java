package emblema.publisher.master.split;

import emblema.core.tree.TreeIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Each object's package and why; by position in the delivered tree. */
public final class Assignment {
  private final TreeIndex tree;
  private final String[] stems;
  private final String[] reasons;

  Assignment(TreeIndex tree, String[] stems, String[] reasons) {
    this.tree = tree;
    this.stems = stems;
    this.reasons = reasons;
  }

  public String stem(int position) {
    return stems[position];
  }

  /** Why the object is in its package, in a few words. */
  public String reason(int position) {
    return reasons[position];
  }

  public Optional<String> stemOf(String path) {
    int position = tree.find(path);
    return position < 0 ? Optional.empty() : Optional.of(stems[position]);
  }

  /** Positions of each package's objects, packages sorted by name, positions ascending. */
  public SortedMap<String, List<Integer>> byPackage() {
    TreeMap<String, List<Integer>> packages = new TreeMap<>();
    for (int i = 0; i < stems.length; i++) {
      packages.computeIfAbsent(stems[i], key -> new ArrayList<>()).add(i);
    }
    return packages;
  }

  /** How many objects other than directories nothing but the last resort placed. */
  public int unclassified() {
    int count = 0;
    for (int i = 0; i < stems.length; i++) {
      count += stems[i].equals(Splitter.UNCLASSIFIED) && !tree.entry(i).isDirectory() ? 1 : 0;
    }
    return count;
  }
}
