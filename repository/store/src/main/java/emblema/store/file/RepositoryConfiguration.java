package emblema.store.file;

import emblema.core.config.Ini;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The content of {@code pkg5.repository} or {@code cfg_cache} (spec repository, sections 3 and 4).
 * Unknown sections and properties are kept.
 *
 * @param version of the repository's format, 3 or 4
 * @param values every defined property with its text, then what else the file holds
 */
public record RepositoryConfiguration(int version, Ini values) {
  private static final String TRAILER = "CONFIGURATION";

  /** A new repository's configuration. */
  public static RepositoryConfiguration initial(int version) {
    return new RepositoryConfiguration(version, Ini.EMPTY).complete();
  }

  /** Reads a file, which may lack properties, or be empty. */
  static RepositoryConfiguration parse(byte[] bytes, String source, int version) {
    Ini ini = Ini.read(new String(bytes, StandardCharsets.UTF_8), source);
    return new RepositoryConfiguration(version, ini).complete();
  }

  /** Defined sections and properties first and in their order, the version of the file last. */
  private RepositoryConfiguration complete() {
    SequencedMap<String, SequencedMap<String, String>> sections = new LinkedHashMap<>();
    for (RepositoryProperty property : RepositoryProperty.of(version)) {
      String value =
          property.name().equals("version")
              ? Integer.toString(version)
              : values.value(property.section(), property.name()).orElse(property.initial());
      sections
          .computeIfAbsent(property.section(), name -> new LinkedHashMap<>())
          .put(property.name(), value);
    }
    values
        .sections()
        .forEach(
            (name, given) -> {
              if (!name.equals(TRAILER)) {
                SequencedMap<String, String> all =
                    sections.computeIfAbsent(name, ignored -> new LinkedHashMap<>());
                given.forEach(all::putIfAbsent);
              }
            });
    SequencedMap<String, String> trailer = new LinkedHashMap<>();
    trailer.put("version", Integer.toString(version));
    sections.put(TRAILER, trailer);
    return new RepositoryConfiguration(version, new Ini(sections));
  }

  /** The file's bytes. */
  byte[] toBytes() {
    return values.write().getBytes(StandardCharsets.UTF_8);
  }

  /** The default publisher's prefix. */
  public Optional<String> defaultPublisher() {
    return values.value("publisher", "prefix").filter(prefix -> !prefix.isEmpty());
  }

  /** Sections to properties to texts, without the file's own version. */
  public Map<String, SequencedMap<String, String>> properties() {
    Map<String, SequencedMap<String, String>> properties = new LinkedHashMap<>(values.sections());
    properties.remove(TRAILER);
    return properties;
  }

  /**
   * This with one property set; any section and name is accepted, a defined one is checked.
   *
   * @param given one or more values
   */
  public RepositoryConfiguration with(String section, String name, List<String> given) {
    String text =
        RepositoryProperty.find(version, section, name)
            .map(property -> property.toText(given))
            .orElseGet(() -> String.join(" ", given));
    SequencedMap<String, String> changed = new LinkedHashMap<>(values.section(section));
    changed.put(name, text);
    return new RepositoryConfiguration(version, values.with(section, changed)).complete();
  }

  /** The values of a property: a list's items, or its one text. */
  public List<String> valuesOf(String section, String name) {
    String text = values.value(section, name).orElse("");
    return RepositoryProperty.find(version, section, name)
        .map(property -> property.toValues(text))
        .orElseGet(() -> new ArrayList<>(List.of(text)));
  }

  /** Whether a property is a list; an unknown one is not. */
  public boolean isList(String section, String name) {
    return RepositoryProperty.find(version, section, name)
        .filter(RepositoryProperty::isList)
        .isPresent();
  }
}
