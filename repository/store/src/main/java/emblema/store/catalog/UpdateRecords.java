package emblema.store.catalog;

import emblema.store.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** What one change appends to the update logs (section 8): by log, by package name, in order. */
final class UpdateRecords {
  private final SortedMap<String, Map<String, List<Json.Members>>> byLog = new TreeMap<>();

  /**
   * One record for each locale that the package has entries of.
   *
   * @param operation {@code add} or {@code remove}
   * @param entries part name to the complete entry that is added or removed
   */
  void record(
      String operation,
      String stem,
      String version,
      SortedMap<String, Json.Members> entries,
      Instant when) {
    Set<String> locales = new TreeSet<>();
    entries.keySet().forEach(part -> locales.add(locale(part)));
    for (String locale : locales) {
      SortedMap<String, Json> members = new TreeMap<>();
      entries.forEach(
          (part, entry) -> {
            if (locale(part).equals(locale)) {
              members.put(part, entry);
            }
          });
      members.put("op-time", new Json.Text(CatalogStamp.write(when)));
      members.put("op-type", new Json.Text(operation));
      members.put("version", new Json.Text(version));
      byLog
          .computeIfAbsent(
              "update." + CatalogStamp.hour(when) + "." + locale, ignored -> new TreeMap<>())
          .computeIfAbsent(stem, ignored -> new ArrayList<>())
          .add(new Json.Members(members));
    }
  }

  /** Log name to package name to records. */
  SortedMap<String, Map<String, List<Json.Members>>> byLog() {
    return byLog;
  }

  /** The text after the second dot. */
  private static String locale(String part) {
    return part.substring(part.indexOf('.', part.indexOf('.') + 1) + 1);
  }
}
