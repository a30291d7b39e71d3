package emblema.testkit;

import static emblema.testkit.RepositoryStructure.Problem.require;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Follows the update logs as a client does (spec catalog, section 8): what they add and do not
 * remove again must be what the parts have, and what they remove at last must be absent.
 */
final class UpdateLogReplay {
  private UpdateLogReplay() {}

  @SuppressWarnings("unchecked")
  static void check(
      Map<String, Map<String, Object>> contents,
      String publisher,
      Map<String, Map<String, Object>> entries) {
    Map<String, Map<String, Object>> last = new HashMap<>();
    for (Map.Entry<String, Map<String, Object>> log : new TreeMap<>(contents).entrySet()) {
      if (!log.getKey().startsWith("update.")) {
        continue;
      }
      String hour = log.getKey().split("\\.")[1];
      Map<String, Object> stems = RepositoryStructure.members(log.getValue(), publisher);
      for (Map.Entry<String, Object> stem : stems.entrySet()) {
        String before = "";
        for (Object each : (List<Object>) stem.getValue()) {
          Map<String, Object> entry = (Map<String, Object>) each;
          String time = RepositoryStructure.time(entry.get("op-time"));
          require(time.startsWith(hour.substring(0, 11)), log.getKey() + " holds " + time);
          require(time.compareTo(before) >= 0, log.getKey() + ": " + stem.getKey() + " at " + time);
          before = time;
          String key =
              stem.getKey() + "@" + entry.get("version") + " " + log.getKey().split("\\.", 3)[2];
          last.put(key, entry);
        }
      }
    }
    last.forEach((key, entry) -> checkLast(key, entry, entries));
  }

  private static void checkLast(
      String key, Map<String, Object> entry, Map<String, Map<String, Object>> entries) {
    String name = key.substring(0, key.indexOf(' '));
    Map<String, Object> present = entries.getOrDefault(name, Map.of());
    for (Map.Entry<String, Object> member : entry.entrySet()) {
      if (member.getKey().startsWith("catalog.")) {
        boolean added = String.valueOf(entry.get("op-type")).equals("add");
        require(
            added
                ? member.getValue().equals(present.get(member.getKey()))
                : !present.containsKey(member.getKey()),
            "the log's last word on " + key + " is '" + entry.get("op-type") + "', not the state");
      }
    }
  }
}
