package emblema.flash.surface;

import emblema.core.error.NotFoundException;
import java.util.HashMap;
import java.util.Map;

/** Numbers of owners and groups, which manifests only name. */
final class AccountNumbers {
  private final Map<String, Integer> users =
      new HashMap<>(Map.of("root", 0, "daemon", 1, "bin", 2, "sys", 3));
  private final Map<String, Integer> groups =
      new HashMap<>(Map.of("root", 0, "daemon", 1, "bin", 2, "sys", 3));

  /** Takes the lines of {@code etc/passwd}. */
  void addUsers(String passwd) {
    add(passwd, users);
  }

  /** Takes the lines of {@code etc/group}. */
  void addGroups(String group) {
    add(group, groups);
  }

  private static void add(String text, Map<String, Integer> numbers) {
    text.lines()
        .map(line -> line.split(":", -1))
        .filter(fields -> fields.length > 2 && fields[2].matches("[0-9]{1,9}"))
        .forEach(fields -> numbers.put(fields[0], Integer.parseInt(fields[2])));
  }

  void addUser(String name, String number) {
    if (number.matches("[0-9]{1,9}")) {
      users.putIfAbsent(name, Integer.parseInt(number));
    }
  }

  void addGroup(String name, String number) {
    if (number.matches("[0-9]{1,9}")) {
      groups.putIfAbsent(name, Integer.parseInt(number));
    }
  }

  int user(String name, String path) {
    return number(users, name, "owner", path);
  }

  int group(String name, String path) {
    return number(groups, name, "group", path);
  }

  private static int number(Map<String, Integer> numbers, String name, String what, String path) {
    if (name.matches("[0-9]{1,9}")) {
      return Integer.parseInt(name);
    }
    Integer number = numbers.get(name);
    if (number == null) {
      throw new NotFoundException(
          "the " + what + " '" + name + "' of '" + path + "' has no number",
          "numbers come from etc/passwd and etc/group of the packages, and from 'user' and 'group'"
              + " actions with 'uid' and 'gid'");
    }
    return number;
  }
}
