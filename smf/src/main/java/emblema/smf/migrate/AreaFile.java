package emblema.smf.migrate;

import emblema.core.error.MalformedException;
import emblema.core.io.SafePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One drop-in file, read: sections {@code [area]} of {@code key = value} lines
 * (docs/formats/shared-migration.md). Anything else is a {@code MalformedException} with the line.
 */
final class AreaFile {
  private static final Set<String> REPEATABLE = Set.of("append", "keep");
  private static final Set<String> SINGLE =
      Set.of("staging", "shared", "mount", "create", "owner", "group", "mode");

  private record Entry(String key, String value, int line) {}

  private final String source;
  private final List<Area> areas = new ArrayList<>();
  private final List<Entry> entries = new ArrayList<>();
  private int sectionLine;

  private AreaFile(String source) {
    this.source = source;
  }

  /**
   * The areas of a file, in its order; none in an empty file.
   *
   * @param source the file's name, for messages
   */
  static List<Area> parse(String source, String text) {
    AreaFile file = new AreaFile(source);
    int number = 0;
    for (String raw : text.split("\n", -1)) {
      file.line(++number, raw.strip());
    }
    file.endSection();
    return List.copyOf(file.areas);
  }

  private void line(int number, String line) {
    if (line.isEmpty() || line.startsWith("#")) {
      return;
    }
    if (line.startsWith("[")) {
      if (!line.equals("[area]")) {
        throw error(number, "unknown section '" + line + "', expected '[area]'", line);
      }
      endSection();
      sectionLine = number;
      return;
    }
    int equals = line.indexOf('=');
    if (equals < 1) {
      throw error(number, "expected 'key = value'", line);
    }
    if (sectionLine == 0) {
      throw error(number, "expected '[area]' before the first key", line);
    }
    String key = line.substring(0, equals).strip();
    String value = line.substring(equals + 1).strip();
    if (!SINGLE.contains(key) && !REPEATABLE.contains(key)) {
      throw error(number, "unknown key '" + key + "'", line);
    }
    if (value.isEmpty()) {
      throw error(number, "key '" + key + "' has no value", line);
    }
    if (SINGLE.contains(key) && find(key).isPresent()) {
      throw error(number, "key '" + key + "' appears twice in one area", line);
    }
    entries.add(new Entry(key, value, number));
  }

  private void endSection() {
    if (sectionLine == 0) {
      return;
    }
    areas.add(
        new Area(
            root("staging"),
            root("shared"),
            choice("mount", "required", "optional", false),
            choice("create", "yes", "no", true),
            text("owner", "root"),
            text("group", "root"),
            mode(),
            entries.stream()
                .filter(e -> e.key.equals("append"))
                .map(e -> checked(e, () -> new PathPattern(e.value)))
                .toList(),
            entries.stream()
                .filter(e -> e.key.equals("keep"))
                .map(e -> checked(e, () -> SafePath.of(e.value)))
                .toList(),
            source));
    entries.clear();
  }

  private SafePath root(String key) {
    Entry entry =
        find(key).orElseThrow(() -> error(sectionLine, "the area has no '" + key + "'", null));
    if (!entry.value.startsWith("/") || entry.value.equals("/")) {
      throw error(entry.line, "'" + key + "' must be an absolute path below '/'", entry.value);
    }
    return checked(entry, () -> SafePath.of(entry.value));
  }

  private boolean choice(String key, String yes, String no, boolean otherwise) {
    Optional<Entry> entry = find(key);
    if (entry.isEmpty()) {
      return otherwise;
    }
    String value = entry.get().value;
    if (!value.equals(yes) && !value.equals(no)) {
      throw error(entry.get().line, "'" + key + "' must be '" + yes + "' or '" + no + "'", value);
    }
    return value.equals(yes);
  }

  private String text(String key, String otherwise) {
    return find(key).map(Entry::value).orElse(otherwise);
  }

  private int mode() {
    Optional<Entry> entry = find("mode");
    if (entry.isEmpty()) {
      return 0755;
    }
    if (!entry.get().value.matches("[0-7]{3,4}")) {
      throw error(entry.get().line, "'mode' must be three or four octal digits", entry.get().value);
    }
    return Integer.parseInt(entry.get().value, 8);
  }

  private Optional<Entry> find(String key) {
    return entries.stream().filter(e -> e.key.equals(key)).findFirst();
  }

  private interface Check<T> {
    T value();
  }

  private <T> T checked(Entry entry, Check<T> check) {
    try {
      return check.value();
    } catch (MalformedException e) {
      throw error(entry.line, e.reason(), entry.value);
    }
  }

  private MalformedException error(
      int line, String reason, @org.jspecify.annotations.Nullable String excerpt) {
    return new MalformedException(source, line, 0, reason, excerpt);
  }
}
