package emblema.publisher.master.account;

import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.publisher.master.ledger.Ledger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The account files of a tree or of what was published.
 *
 * @param texts by path, only those that exist
 */
public record AccountFiles(Map<String, String> texts) {
  public static final AccountFiles NONE = new AccountFiles(Map.of());

  /** A line of {@code etc/passwd}. */
  public record User(String name, int uid, int gid, String gcos, String home, String shell) {}

  /** A line of {@code etc/group}; members in order. */
  public record Group(String name, int gid, List<String> members) {}

  public AccountFiles {
    texts = Map.copyOf(texts);
  }

  public static AccountFiles read(Disk tree) {
    Map<String, String> texts = new TreeMap<>();
    for (String path : Ledger.ACCOUNT_FILES) {
      SafePath file = SafePath.of(path);
      if (tree.stat(file).filter(Stat::isFile).isPresent()) {
        texts.put(path, new String(tree.readBytes(file), StandardCharsets.UTF_8));
      }
    }
    return new AccountFiles(texts);
  }

  public boolean isEmpty() {
    return texts.isEmpty();
  }

  /** By name, in the order of the file. */
  public Map<String, User> users() {
    Map<String, User> users = new LinkedHashMap<>();
    for (String[] fields : rows("etc/passwd", 7)) {
      number(fields[2])
          .flatMap(
              uid ->
                  number(fields[3])
                      .map(gid -> new User(fields[0], uid, gid, fields[4], fields[5], fields[6])))
          .ifPresent(user -> users.putIfAbsent(user.name(), user));
    }
    return users;
  }

  /** By name, in the order of the file. */
  public Map<String, Group> groups() {
    Map<String, Group> groups = new LinkedHashMap<>();
    for (String[] fields : rows("etc/group", 4)) {
      List<String> members =
          Arrays.stream(fields[3].split(",")).filter(name -> !name.isEmpty()).toList();
      number(fields[2])
          .ifPresent(gid -> groups.putIfAbsent(fields[0], new Group(fields[0], gid, members)));
    }
    return groups;
  }

  private List<String[]> rows(String path, int fields) {
    List<String[]> rows = new ArrayList<>();
    texts
        .getOrDefault(path, "")
        .lines()
        .forEach(
            line -> {
              String[] row = line.split(":", -1);
              if (row.length == fields
                  && !row[0].isEmpty()
                  && !row[0].startsWith("+")
                  && !row[0].startsWith("#")) {
                rows.add(row);
              }
            });
    return rows;
  }

  private static Optional<Integer> number(String text) {
    return text.matches("[0-9]{1,9}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
  }

  /** Names whose password field holds a hash. */
  public List<String> passwordHolders() {
    List<String> names = new ArrayList<>();
    texts
        .getOrDefault("etc/shadow", "")
        .lines()
        .forEach(
            line -> {
              String[] row = line.split(":", -1);
              if (row.length > 1 && row[1].startsWith("$")) {
                names.add(row[0]);
              }
            });
    return names;
  }

  /** The file as it may be published: password hashes are replaced by {@code *}. */
  public String publishable(String path) {
    String text = texts.getOrDefault(path, "");
    return path.endsWith("shadow")
        ? text.replaceAll("(?m)^([^:\n]*):[^:\n]*[$][^:\n]*:", "$1:*:")
        : text;
  }
}
