package emblema.core.config;

import emblema.core.error.MalformedException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Sections of names and values, in the order of the file (spec image-layout, section 3). Reading
 * and writing keeps every byte of a file that the reference wrote. Comments are not kept; of a name
 * given twice the last value counts.
 */
public record Ini(SequencedMap<String, SequencedMap<String, String>> sections) {
  public static final Ini EMPTY = new Ini(new LinkedHashMap<>());

  public Ini {
    SequencedMap<String, SequencedMap<String, String>> copy = new LinkedHashMap<>();
    sections.forEach(
        (name, values) ->
            copy.put(name, Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values))));
    sections = Collections.unmodifiableSequencedMap(copy);
  }

  /**
   * @param source named in errors
   * @throws MalformedException with file and line for a line that is no section, value or comment
   */
  public static Ini read(String text, String source) {
    return new IniParser(text, source).parse();
  }

  /** The section's names and values; empty if there is no such section. */
  public SequencedMap<String, String> section(String name) {
    return sections.getOrDefault(name, Collections.unmodifiableSequencedMap(new LinkedHashMap<>()));
  }

  public Optional<String> value(String section, String name) {
    return Optional.ofNullable(section(section).get(name));
  }

  /** This with one section replaced, in place or at the end. */
  public Ini with(String section, Map<String, String> values) {
    SequencedMap<String, SequencedMap<String, String>> copy = new LinkedHashMap<>(sections);
    copy.put(section, new LinkedHashMap<>(values));
    return new Ini(copy);
  }

  /** Names of sections that begin with the prefix, in order. */
  public List<String> sectionsWith(String prefix) {
    return sections.keySet().stream().filter(name -> name.startsWith(prefix)).toList();
  }

  /** The file's text: {@code name = value} lines, a blank line after each section. */
  public String write() {
    StringBuilder out = new StringBuilder();
    sections.forEach(
        (name, values) -> {
          out.append('[').append(name).append("]\n");
          values.forEach(
              (key, value) ->
                  out.append(key).append(" = ").append(value.replace("\n", "\n\t")).append('\n'));
          out.append('\n');
        });
    return out.toString();
  }
}
