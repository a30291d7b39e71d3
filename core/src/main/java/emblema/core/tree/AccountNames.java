package emblema.core.tree;

import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Names for numeric ids, from a tree's own {@code etc/passwd} and {@code etc/group}; never the
 * host's. A tree without these files gets the names that every system agrees on.
 *
 * @param users uid to name
 * @param groups gid to name
 */
public record AccountNames(Map<Integer, String> users, Map<Integer, String> groups) {
  private static final Map<Integer, String> COMMON_USERS =
      Map.of(0, "root", 1, "daemon", 2, "bin", 3, "sys");
  private static final Map<Integer, String> COMMON_GROUPS =
      Map.of(0, "root", 1, "daemon", 2, "bin", 3, "sys");

  public AccountNames {
    users = Map.copyOf(users);
    groups = Map.copyOf(groups);
  }

  public static AccountNames of(Disk tree) {
    return new AccountNames(
        names(tree, "etc/passwd", COMMON_USERS), names(tree, "etc/group", COMMON_GROUPS));
  }

  /** The name of a uid, or empty text. */
  public String user(int uid) {
    return users.getOrDefault(uid, "");
  }

  /** The name of a gid, or empty text. */
  public String group(int gid) {
    return groups.getOrDefault(gid, "");
  }

  private static Map<Integer, String> names(
      Disk tree, String file, Map<Integer, String> otherwise) {
    SafePath path = SafePath.of(file);
    if (tree.stat(path).filter(Stat::isFile).isEmpty()) {
      return otherwise;
    }
    Map<Integer, String> names = new HashMap<>();
    new String(tree.readBytes(path), StandardCharsets.UTF_8)
        .lines()
        .forEach(
            line -> {
              String[] fields = line.split(":", -1);
              if (fields.length >= 3 && fields[2].matches("[0-9]{1,9}")) {
                names.putIfAbsent(Integer.parseInt(fields[2]), fields[0]);
              }
            });
    return names;
  }
}
