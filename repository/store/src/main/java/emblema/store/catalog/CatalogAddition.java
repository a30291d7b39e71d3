package emblema.store.catalog;

import emblema.core.action.Action;
import emblema.core.action.ActionReader;
import emblema.core.fmri.Fmri;
import emblema.store.json.Json;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One package version that enters a catalog.
 *
 * @param fmri with publisher and full version
 * @param manifestSha1 of the stored manifest's bytes
 * @param actions part name to the texts of the actions that the part repeats
 */
public record CatalogAddition(
    Fmri fmri, String manifestSha1, SortedMap<String, List<String>> actions) {
  public CatalogAddition {
    actions = new TreeMap<>(actions);
  }

  /** Gathers what the catalog repeats while a manifest streams by. */
  public static final class Builder {
    private final ActionRouting routing = new ActionRouting();

    public void take(Action action) {
      routing.take(action);
    }

    public CatalogAddition build(Fmri fmri, String manifestSha1) {
      return new CatalogAddition(fmri, manifestSha1, routing.parts());
    }
  }

  /** What a catalog with this addition says about the package, in the locale {@code C}. */
  public CatalogEntry toEntry() {
    return new CatalogEntry(
        fmri, manifestSha1, parsed(ActionRouting.DEPENDENCY), parsed(ActionRouting.SUMMARY));
  }

  private List<Action> parsed(String part) {
    return actions.getOrDefault(part, List.of()).stream().map(ActionReader::read).toList();
  }

  String version() {
    return fmri.requireVersion().toString();
  }

  /** The entry of each part that has one. */
  SortedMap<String, Json.Members> entries() {
    Json version = new Json.Text(version());
    SortedMap<String, Json.Members> entries = new TreeMap<>();
    entries.put(
        ActionRouting.BASE,
        Json.Members.of("signature-sha-1", new Json.Text(manifestSha1), "version", version));
    actions.forEach(
        (part, texts) ->
            entries.put(
                part, Json.Members.of("actions", Json.Array.ofTexts(texts), "version", version)));
    return entries;
  }
}
