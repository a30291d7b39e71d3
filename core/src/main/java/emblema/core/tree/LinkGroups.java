package emblema.core.tree;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Hard links of an index: several paths of one file. Each group has a leader, which is delivered as
 * a file; the others are links to it (spec master-image-diff, section 4).
 */
public final class LinkGroups {
  private record File(long device, long inode) {}

  private final Map<String, String> leaderOf = new HashMap<>();
  private final Map<String, List<String>> groups = new LinkedHashMap<>();

  private LinkGroups() {}

  /**
   * @param leadsAlready paths that were the leader of their group before and stay so
   */
  public static LinkGroups of(TreeIndex index, Predicate<String> leadsAlready) {
    Map<File, List<String>> byFile = new LinkedHashMap<>();
    for (int i = 0; i < index.size(); i++) {
      TreeEntry entry = index.entry(i);
      if (entry.isFile() && entry.links() > 1) {
        byFile
            .computeIfAbsent(new File(entry.device(), entry.inode()), key -> new ArrayList<>())
            .add(entry.path());
      }
    }
    LinkGroups groups = new LinkGroups();
    for (List<String> paths : byFile.values()) {
      if (paths.size() > 1) {
        groups.add(paths, leadsAlready);
      }
    }
    return groups;
  }

  private void add(List<String> paths, Predicate<String> leadsAlready) {
    String leader = paths.stream().filter(leadsAlready).findFirst().orElse(paths.getFirst());
    groups.put(leader, List.copyOf(paths));
    for (String path : paths) {
      leaderOf.put(path, leader);
    }
  }

  /** The leader of the path's group if the path follows another, else null. */
  public @Nullable String leaderIfFollower(String path) {
    String leader = leaderOf.get(path);
    return leader == null || leader.equals(path) ? null : leader;
  }

  /** Leader to all paths of its group, the leader among them, sorted. */
  public Map<String, List<String>> groups() {
    return groups;
  }

  /** All paths of the path's group, or the path alone. */
  public List<String> members(String path) {
    String leader = leaderOf.get(path);
    return leader == null ? List.of(path) : groups.getOrDefault(leader, List.of(path));
  }
}
