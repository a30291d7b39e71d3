package emblema.image.plan;

import emblema.core.action.HardLinkAction;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where hard links point, and the order that makes each target exist before its link. */
final class HardLinks {
  private HardLinks() {}

  /** The target's path in the image: it cannot leave it (spec planner-solver 8.1). */
  static String target(HardLinkAction link) {
    String text = link.target();
    String path =
        text.startsWith("/") ? text : Keys.clean(link.path()).replaceFirst("[^/]*$", "") + text;
    Deque<String> names = new ArrayDeque<>();
    for (String name : path.split("/")) {
      if (name.equals("..")) {
        names.pollLast();
      } else if (!name.isEmpty() && !name.equals(".")) {
        names.addLast(name);
      }
    }
    return String.join("/", names);
  }

  /** For each link how many other links of the list must be made before it. */
  static Map<String, Integer> depths(List<HardLinkAction> links) {
    Map<String, String> targets = new HashMap<>();
    links.forEach(link -> targets.put(Keys.clean(link.path()), target(link)));
    Map<String, Integer> depths = new HashMap<>();
    for (String path : targets.keySet()) {
      int depth = 0;
      Set<String> seen = new HashSet<>();
      for (String at = targets.get(path);
          at != null && targets.containsKey(at) && seen.add(at);
          at = targets.get(at)) {
        depth++;
      }
      depths.put(path, depth);
    }
    return depths;
  }
}
