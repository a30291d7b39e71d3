package emblema.core.config;

import emblema.core.error.MalformedException;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** One reading of one text. A line that begins with white space continues the value before it. */
final class IniParser {
  private final String source;
  private final String[] lines;
  private final SequencedMap<String, SequencedMap<String, String>> sections = new LinkedHashMap<>();
  private @Nullable SequencedMap<String, String> section;
  private @Nullable String name;

  IniParser(String text, String source) {
    this.source = source;
    this.lines = text.split("\r?\n", -1);
  }

  Ini parse() {
    for (int i = 0; i < lines.length; i++) {
      String line = lines[i];
      String content = line.strip();
      if (content.isEmpty() || content.startsWith("#") || content.startsWith(";")) {
        continue;
      }
      if (Character.isWhitespace(line.charAt(0)) && section != null && name != null) {
        section.merge(name, content, (before, more) -> before + "\n" + more);
      } else if (content.startsWith("[")) {
        beginSection(content, i);
      } else {
        readValue(content, i);
      }
    }
    return new Ini(sections);
  }

  private void beginSection(String content, int index) {
    int end = content.lastIndexOf(']');
    if (end < 2) {
      throw malformed(index, "a section must be written as '[name]'");
    }
    section = sections.computeIfAbsent(content.substring(1, end), key -> new LinkedHashMap<>());
    name = null;
  }

  private void readValue(String content, int index) {
    int equals = content.indexOf('=');
    int colon = content.indexOf(':');
    int end = equals < 0 ? colon : colon < 0 ? equals : Math.min(equals, colon);
    if (end < 1) {
      throw malformed(index, "expected 'name = value'");
    }
    if (section == null) {
      throw malformed(index, "a value stands before the first '[section]'");
    }
    name = content.substring(0, end).strip();
    section.put(name, content.substring(end + 1).strip());
  }

  private MalformedException malformed(int index, String reason) {
    return new MalformedException(source, index + 1, 1, reason, lines[index]);
  }
}
