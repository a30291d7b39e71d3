package emblema.core.tree;

import emblema.core.io.Stat;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What few objects of a tree have, and packages cannot say (spec master-image-diff, section 3.1).
 */
public final class Oddities {
  /** Less than this is the slack of a file system, not a hole. */
  private static final long LEAST_HOLE = 65536;

  private final SortedSet<String> fixed = new TreeSet<>();
  private final SortedMap<String, Long> holes = new TreeMap<>();

  void note(String path, Stat stat) {
    if (stat.fixed()) {
      fixed.add(path);
    }
    if (stat.isFile() && stat.size() - stat.allocated() >= LEAST_HOLE) {
      holes.put(path, stat.size() - stat.allocated());
    }
  }

  /** Paths of objects that are immutable or can only be appended to. */
  public SortedSet<String> fixed() {
    return Collections.unmodifiableSortedSet(fixed);
  }

  /** Bytes that are not stored, by path of the sparse file. */
  public SortedMap<String, Long> holes() {
    return Collections.unmodifiableSortedMap(holes);
  }
}
