package emblema.publisher.depend;

import emblema.core.action.Action;
import emblema.core.action.ActionType;
import emblema.core.fmri.Fmri;
import emblema.core.manifest.Manifest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who delivers which path, links followed through all packages. */
final class DeliveredPaths {
  private static final int MOST_LINKS = 40;

  /** A file or link of a package. */
  private record Delivery(Fmri by, Action action) {}

  private final Map<String, List<Delivery>> files = new HashMap<>();
  private final Map<String, List<Delivery>> links = new HashMap<>();

  void add(Fmri by, Manifest manifest) {
    for (Action action : manifest.actions()) {
      switch (action.type()) {
        case FILE, HARDLINK ->
            files
                .computeIfAbsent(action.key(), key -> new ArrayList<>())
                .add(new Delivery(by, action));
        case LINK ->
            links
                .computeIfAbsent(action.key(), key -> new ArrayList<>())
                .add(new Delivery(by, action));
        default -> {}
      }
    }
  }

  /**
   * Packages that are needed to have the path: of the file, and of links on the way. One list for
   * each way to have it.
   *
   * @param wanted by this action: what is never installed together with it does not count
   */
  List<Set<Fmri>> find(String path, Action wanted) {
    List<Set<Fmri>> found = new ArrayList<>();
    find(path, wanted, Set.of(), MOST_LINKS, found);
    return found;
  }

  private void find(
      String path, Action wanted, Set<Fmri> crossed, int left, List<Set<Fmri>> found) {
    for (Delivery file : files.getOrDefault(path, List.of())) {
      if (meet(file.action(), wanted)) {
        found.add(with(crossed, file.by()));
      }
    }
    if (left == 0) {
      return;
    }
    for (int slash = path.indexOf('/'); ; slash = path.indexOf('/', slash + 1)) {
      String prefix = slash < 0 ? path : path.substring(0, slash);
      for (Delivery link : links.getOrDefault(prefix, List.of())) {
        if (meet(link.action(), wanted)) {
          String target = link.action().attributes().get("target", "");
          String parent = prefix.contains("/") ? prefix.substring(0, prefix.lastIndexOf('/')) : "";
          String there = target.startsWith("/") ? target : parent + "/" + target;
          String next = Placeholders.normal(there + path.substring(prefix.length()));
          find(next, wanted, with(crossed, link.by()), left - 1, found);
        }
      }
      if (slash < 0) {
        return;
      }
    }
  }

  private static Set<Fmri> with(Set<Fmri> crossed, Fmri more) {
    Set<Fmri> all = new LinkedHashSet<>(crossed);
    all.add(more);
    return all;
  }

  private static boolean meet(Action one, Action other) {
    for (String name : one.attributes().names()) {
      if (name.startsWith("variant.") && other.attributes().has(name)) {
        List<String> values = other.attributes().all(name);
        if (one.attributes().all(name).stream().noneMatch(values::contains)) {
          return false;
        }
      }
    }
    return one.type() != ActionType.DEPEND;
  }
}
