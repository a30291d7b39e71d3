package emblema.store.catalog;

import emblema.core.error.IntegrityException;
import emblema.core.error.MalformedException;
import emblema.store.json.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** One part of a copied catalog, and what update logs say about it since (section 11). */
final class PartUpdate {
  private final String publisher;
  private final String name;
  private final Instant old;

  /** Name of a package to versions to the entry that was added and not removed again. */
  private final Map<String, Map<String, Json.Members>> added = new TreeMap<>();

  /** Versions that the copy has and must lose. */
  private final Map<String, Set<String>> removed = new TreeMap<>();

  /**
   * @param name of the part
   * @param old when the copy's part had changed last; earlier records are in it
   */
  PartUpdate(String publisher, String name, Instant old) {
    this.publisher = publisher;
    this.name = name;
    this.old = old;
  }

  String name() {
    return name;
  }

  /** Takes the next record of the logs, if it is about this part and new. */
  void take(String stem, Json.Members record, String where) {
    Json.Members entry = record.members(name).orElse(null);
    Instant when = CatalogStamp.parse(record.text("op-time").orElse(""));
    if (entry == null || !when.isAfter(old)) {
      return;
    }
    String version = record.text("version").orElseThrow();
    switch (record.text("op-type").orElse("")) {
      case "add" -> added.computeIfAbsent(stem, s -> new LinkedHashMap<>()).put(version, entry);
      case "remove" -> {
        Map<String, Json.Members> recent = added.getOrDefault(stem, Map.of());
        if (!recent.containsKey(version)) {
          removed.computeIfAbsent(stem, s -> new TreeSet<>()).add(version);
        } else {
          added.getOrDefault(stem, new TreeMap<>()).remove(version);
        }
      }
      default ->
          throw new MalformedException(where, 0, 0, "a record is neither 'add' nor 'remove'", null);
    }
  }

  /**
   * The part with all that was taken.
   *
   * @throws IntegrityException if it is not what the attributes promise
   */
  byte[] applied(CatalogFiles copy, CatalogAttributes promise) {
    Map<String, List<Json.Members>> more = new TreeMap<>();
    added.forEach((stem, versions) -> more.put(stem, new ArrayList<>(versions.values())));
    String expected = promise.part(name).map(CatalogAttributes.FileState::signature).orElse("");
    byte[] present = copy.read(name);
    String actual = "";
    // a server may have begun to announce features, and not in every part
    for (List<String> features : List.of(promise.features(), List.<String>of())) {
      ByteArrayOutputStream out = new ByteArrayOutputStream(present.length + 1024);
      try (PartReader old =
          new PartReader(new ByteArrayInputStream(present), copy.describe(name), publisher)) {
        PartMerge merge = new PartMerge(publisher, PartMerge.Order.BY_VERSION, features);
        actual = merge.write(old, more, removed, out).signature();
      }
      if (actual.equals(expected)) {
        return out.toByteArray();
      }
    }
    throw new IntegrityException(
        copy.describe(name), "signature of the updated catalog part", expected, actual);
  }
}
