package emblema.image.apply;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A file of colon-separated lines that begin with a name: passwd, group, shadow. Lines that are not
 * asked for keep their bytes; ISO 8859-1 lets any byte through.
 */
final class AccountFile {
  private final List<String> lines;

  private AccountFile(List<String> lines) {
    this.lines = lines;
  }

  static AccountFile parse(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
    if (lines.getLast().isEmpty()) {
      lines.removeLast();
    }
    return new AccountFile(lines);
  }

  byte[] bytes() {
    StringBuilder text = new StringBuilder();
    for (String line : lines) {
      text.append(line).append('\n');
    }
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Names to the number in the third field. */
  Map<String, Integer> ids() {
    Map<String, Integer> ids = new LinkedHashMap<>();
    for (String line : lines) {
      String[] fields = line.split(":", -1);
      if (fields.length > 2 && fields[2].matches("[0-9]{1,9}")) {
        ids.put(fields[0], Integer.parseInt(fields[2]));
      }
    }
    return ids;
  }

  Optional<String[]> find(String name) {
    return lines.stream()
        .filter(line -> line.startsWith(name + ":"))
        .findFirst()
        .map(line -> line.split(":", -1));
  }

  /** Replaces the line of that name, or adds one at the end. */
  void put(String... fields) {
    String line = String.join(":", fields);
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith(fields[0] + ":")) {
        lines.set(i, line);
        return;
      }
    }
    lines.add(line);
  }

  void remove(String name) {
    lines.removeIf(line -> line.startsWith(name + ":"));
  }

  /** Sets a field of all lines that the test accepts. */
  void set(int field, String value, Predicate<String[]> test) {
    for (int i = 0; i < lines.size(); i++) {
      String[] fields = lines.get(i).split(":", -1);
      if (fields.length > field && test.test(fields)) {
        fields[field] = value;
        lines.set(i, String.join(":", fields));
      }
    }
  }

  /** Whether a name is among the comma-separated members of a group (field 3). */
  void setMembership(String group, String member, boolean isMember) {
    for (int i = 0; i < lines.size(); i++) {
      String[] fields = lines.get(i).split(":", -1);
      if (fields.length > 3 && fields[0].equals(group)) {
        List<String> members = new ArrayList<>(List.of(fields[3].split(",")));
        members.removeIf(name -> name.isEmpty() || name.equals(member));
        if (isMember) {
          members.add(member);
        }
        fields[3] = String.join(",", members);
        lines.set(i, String.join(":", fields));
      }
    }
  }

  List<String> names() {
    return lines.stream().map(line -> line.split(":", -1)[0]).toList();
  }
}
