package emblema.image.image;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How one mediator is set (spec image-layout, section 3, {@code [mediators]}).
 *
 * @param versionSource local, system, vendor, site; local settings are the administrator's
 * @param implementationVersion the version that goes with the implementation
 */
public record MediatorSetting(
    @Nullable String version,
    @Nullable String versionSource,
    @Nullable String implementation,
    @Nullable String implementationVersion,
    @Nullable String implementationSource) {

  public boolean isVersionLocal() {
    return "local".equals(versionSource);
  }

  public boolean isImplementationLocal() {
    return "local".equals(implementationSource);
  }

  static Map<String, MediatorSetting> read(Map<String, String> section) {
    Map<String, Map<String, String>> parts = new TreeMap<>();
    section.forEach(
        (key, value) -> {
          int dot = key.lastIndexOf('.');
          if (dot > 0) {
            parts
                .computeIfAbsent(key.substring(0, dot), name -> new TreeMap<>())
                .put(key.substring(dot + 1), value);
          }
        });
    Map<String, MediatorSetting> settings = new TreeMap<>();
    parts.forEach(
        (name, values) ->
            settings.put(
                name,
                new MediatorSetting(
                    values.get("version"),
                    values.get("version-source"),
                    values.get("implementation"),
                    values.get("implementation-version"),
                    values.get("implementation-source"))));
    return settings;
  }

  static SequencedMap<String, String> write(Map<String, MediatorSetting> settings) {
    SequencedMap<String, String> section = new LinkedHashMap<>();
    settings.forEach(
        (name, setting) -> {
          put(section, name + ".version", setting.version());
          put(section, name + ".version-source", setting.versionSource());
          put(section, name + ".implementation", setting.implementation());
          put(section, name + ".implementation-version", setting.implementationVersion());
          put(section, name + ".implementation-source", setting.implementationSource());
        });
    return section;
  }

  private static void put(Map<String, String> section, String name, @Nullable String value) {
    if (value != null) {
      section.put(name, value);
    }
  }
}
