package emblema.publisher.master.change;

import emblema.core.tree.TreeEntry;
import emblema.core.tree.TreeIndex;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;

/** Where symbolic links of a tree lead, without asking the host's file system. */
final class LinkTargets {
  private static final int MOST_STEPS = 40;

  private final TreeIndex tree;

  LinkTargets(TreeIndex tree) {
    this.tree = tree;
  }

  /** The path inside the tree that the link leads to; nothing for the root, above it, or a loop. */
  Optional<String> resolve(String link, String target) {
    Deque<String> names = new ArrayDeque<>(Arrays.asList(target.split("/")));
    String place = target.startsWith("/") ? "" : parent(link);
    int steps = 0;
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
      if (++steps > MOST_STEPS) {
        return Optional.empty();
      }
      String onward = there.get().target();
      String[] parts = onward.split("/");
      for (int i = parts.length - 1; i >= 0; i--) {
        names.addFirst(parts[i]);
      }
      place = onward.startsWith("/") ? "" : place;
    }
    return place.isEmpty() ? Optional.empty() : Optional.of(place);
  }

  private static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }
}
