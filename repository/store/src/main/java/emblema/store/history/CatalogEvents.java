package emblema.store.history;

import emblema.core.fmri.Fmri;
import emblema.core.fmri.Version;
import emblema.store.catalog.CatalogAttributes;
import emblema.store.catalog.CatalogFiles;
import emblema.store.catalog.CatalogStamp;
import emblema.store.json.Json;
import emblema.store.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the update logs of a catalog say happened, in the order of time. */
final class CatalogEvents {
  private CatalogEvents() {}

  /**
   * @param isRemoval otherwise an addition
   */
  record Event(Instant when, boolean isRemoval, Fmri fmri) {}

  /**
   * The events after a moment, by time. Only logs of locale C: every package has an entry there.
   */
  static SortedMap<Instant, List<Event>> since(
      Instant after, String publisher, CatalogAttributes attributes, CatalogFiles files) {
    SortedMap<Instant, List<Event>> events = new TreeMap<>();
    for (var log : attributes.updates().entrySet()) {
      if (!log.getKey().endsWith(".C") || !log.getValue().lastModified().isAfter(after)) {
        continue;
      }
      Json.Members content =
          JsonReader.readMembers(
              new ByteArrayInputStream(files.read(log.getKey())), files.describe(log.getKey()));
      Json.Members stems = content.members(publisher).orElse(Json.Members.of());
      stems
          .members()
          .forEach(
              (stem, records) -> {
                if (records instanceof Json.Array array) {
                  array.items().forEach(each -> add(events, after, publisher, stem, each));
                }
              });
    }
    return events;
  }

  private static void add(
      SortedMap<Instant, List<Event>> events,
      Instant after,
      String publisher,
      String stem,
      Json each) {
    if (!(each instanceof Json.Members members)) {
      return;
    }
    Instant when = CatalogStamp.parse(members.text("op-time").orElse(""));
    if (when.isAfter(after)) {
      boolean removal = members.text("op-type").orElse("").equals("remove");
      Version version = Version.parse(members.text("version").orElse(""));
      events
          .computeIfAbsent(when, key -> new ArrayList<>())
          .add(new Event(when, removal, new Fmri(publisher, stem, version)));
    }
  }
}
