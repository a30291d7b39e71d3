package emblema.publisher.bundle;

import emblema.core.error.NotFoundException;
import emblema.core.error.StorageException;
import emblema.core.tree.AccountNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who owns what a bundle delivers: always {@code root} and {@code bin}, or who owns it here. */
public final class Ownership {
  /** Everything belongs to {@code root}, group {@code bin}. */
  public static final Ownership ROOT_AND_BIN = new Ownership(null, null);

  private final @Nullable Map<Integer, String> users;
  private final @Nullable Map<Integer, String> groups;
  private final boolean numbersWillDo;

  private Ownership(@Nullable Map<Integer, String> users, @Nullable Map<Integer, String> groups) {
    this(users, groups, false);
  }

  private Ownership(
      @Nullable Map<Integer, String> users,
      @Nullable Map<Integer, String> groups,
      boolean numbersWillDo) {
    this.users = users;
    this.groups = groups;
    this.numbersWillDo = numbersWillDo;
  }

  /** The names in a tree's own account files; a number that has none stands for itself. */
  static Ownership within(AccountNames names) {
    return new Ownership(names.users(), names.groups(), true);
  }

  /**
   * The names that numbers have in account files.
   *
   * @param passwd like {@code /etc/passwd}
   * @param group like {@code /etc/group}
   */
  public static Ownership named(Path passwd, Path group) {
    return new Ownership(names(passwd), names(group));
  }

  private static Map<Integer, String> names(Path file) {
    Map<Integer, String> names = new HashMap<>();
    try {
      for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        String[] fields = line.split(":", -1);
        if (fields.length > 2 && fields[2].matches("[0-9]{1,9}")) {
          names.putIfAbsent(Integer.parseInt(fields[2]), fields[0]);
        }
      }
    } catch (IOException e) {
      throw new StorageException("'" + file + "' cannot be read", e.getMessage(), List.of(), e);
    }
    return names;
  }

  String owner(int uid, String path) {
    return users == null ? "root" : name(users, uid, "user", path);
  }

  String group(int gid, String path) {
    return groups == null ? "bin" : name(groups, gid, "group", path);
  }

  private String name(Map<Integer, String> names, int number, String what, String path) {
    String name = names.get(number);
    if (name == null && numbersWillDo) {
      return Integer.toUnsignedString(number);
    }
    if (name == null) {
      throw new NotFoundException(
          "the " + what + " " + number + " of '" + path + "' has no name on this machine",
          "give the object to a known " + what + ", or leave out '-u'");
    }
    return name;
  }
}
