package emblema.image.verify;

import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Names of users and groups and their numbers, from the image's own account files. An image without
 * such files knows the few names that all systems agree on.
 */
final class Owners {
  private static final Map<String, Integer> WELL_KNOWN =
      Map.of("root", 0, "daemon", 1, "bin", 2, "sys", 3, "adm", 4);

  private final Map<String, Integer> ids = new HashMap<>();
  private final Map<Integer, String> names = new HashMap<>();

  private Owners() {}

  static Owners users(Disk disk) {
    return read(disk, SafePath.of("etc/passwd"));
  }

  static Owners groups(Disk disk) {
    return read(disk, SafePath.of("etc/group"));
  }

  private static Owners read(Disk disk, SafePath file) {
    Owners owners = new Owners();
    if (disk.stat(file).filter(Stat::isFile).isEmpty()) {
      WELL_KNOWN.forEach(owners::put);
      return owners;
    }
    String text = new String(disk.readBytes(file), StandardCharsets.ISO_8859_1);
    for (String line : text.split("\n", -1)) {
      String[] fields = line.split(":", -1);
      if (fields.length >= 3 && fields[2].matches("[0-9]{1,9}")) {
        owners.put(fields[0], Integer.parseInt(fields[2]));
      }
    }
    return owners;
  }

  private void put(String name, int id) {
    ids.putIfAbsent(name, id);
    names.putIfAbsent(id, name);
  }

  boolean has(String name) {
    return ids.containsKey(name);
  }

  OptionalInt id(String name) {
    Integer id = ids.get(name);
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
  }

  /** {@code bin (2)}. */
  String describe(int id) {
    return names.getOrDefault(id, "?") + " (" + id + ")";
  }
}
