package emblema.core.tree;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Where symbolic links of a tree lead, without asking the host's file system. */
public final class LinkTargets {
  private static final int MOST_STEPS = 40;

  private final TreeIndex tree;

  public LinkTargets(TreeIndex tree) {
    this.tree = tree;
  }

  /**
   * Where a path leads.
   *
   * @param path without links, relative to the root of the tree; it need not exist
   * @param links the links on the way, in order
   */
  public record Resolution(String path, List<String> links) {
    public Resolution {
      links = List.copyOf(links);
    }
  }

  /** The path inside the tree that the link leads to; nothing for the root, above it, or a loop. */
  public Optional<String> resolve(String link, String target) {
    return follow(target.startsWith("/") ? "" : parent(link), target).map(Resolution::path);
  }

  /** Follows a path from the root of the tree, the last name too; nothing for a loop. */
  public Optional<Resolution> follow(String path) {
    return follow("", path);
  }

  private Optional<Resolution> follow(String from, String target) {
    Deque<String> names = new ArrayDeque<>(Arrays.asList(target.split("/")));
    List<String> links = new ArrayList<>();
    String place = from;
    while (!names.isEmpty()) {
      String name = names.removeFirst();
      if (name.isEmpty() || name.equals(".")) {
        continue;
      }
      if (name.equals("..")) {
        place = parent(place);
        continue;
      }
      String next = place.isEmpty() ? name : place + "/" + name;
      Optional<TreeEntry> there = tree.at(next).filter(TreeEntry::isLink);
      if (there.isEmpty()) {
        place = next;
        continue;
      }
      links.add(next);
      if (links.size() > MOST_STEPS) {
        return Optional.empty();
      }
      String onward = there.get().target();
      String[] parts = onward.split("/");
      for (int i = parts.length - 1; i >= 0; i--) {
        names.addFirst(parts[i]);
      }
      place = onward.startsWith("/") ? "" : place;
    }
    return place.isEmpty() ? Optional.empty() : Optional.of(new Resolution(place, links));
  }

  private static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }
}
