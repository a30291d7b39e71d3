package emblema.store.catalog;

import emblema.core.error.MalformedException;
import emblema.core.io.OsNames;
import emblema.store.json.Json;
import emblema.store.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The content of {@code catalog.attrs} (section 5).
 *
 * @param created when the catalog was made; its identity
 * @param lastModified when it changed last
 * @param packageCount distinct names
 * @param packageVersionCount versions
 * @param parts every part that exists, by file name
 * @param updates every update log that exists, by file name
 * @param features the {@code _FEATURE} list; kept, never added
 */
public record CatalogAttributes(
    Instant created,
    Instant lastModified,
    long packageCount,
    long packageVersionCount,
    SortedMap<String, FileState> parts,
    SortedMap<String, FileState> updates,
    List<String> features) {

  /** The name of the file that holds this. */
  public static final String FILE = "catalog.attrs";

  /**
   * @param signature SHA-1 of the file as section 3 defines it; empty in unsigned catalogs
   */
  public record FileState(Instant lastModified, String signature) {}

  public CatalogAttributes {
    parts = sorted(parts);
    updates = sorted(updates);
    features = List.copyOf(features);
  }

  private static SortedMap<String, FileState> sorted(SortedMap<String, FileState> map) {
    SortedMap<String, FileState> copy = new TreeMap<>(OsNames::compare);
    copy.putAll(map);
    return Collections.unmodifiableSortedMap(copy);
  }

  /** An empty catalog that begins to exist now. */
  public static CatalogAttributes empty(Instant now) {
    return new CatalogAttributes(now, now, 0, 0, new TreeMap<>(), new TreeMap<>(), List.of());
  }

  /**
   * @param source named in errors
   */
  public static CatalogAttributes parse(byte[] bytes, String source) {
    Json.Members json = JsonReader.readMembers(new ByteArrayInputStream(bytes), source);
    if (json.number("version").filter(version -> version == 1).isEmpty()) {
      throw new MalformedException(source, 0, 0, "only catalogs of version 1 are known", null);
    }
    return new CatalogAttributes(
        stamp(json, "created", source),
        stamp(json, "last-modified", source),
        count(json, "package-count", source),
        count(json, "package-version-count", source),
        files(json, "parts", source),
        files(json, "updates", source),
        json.texts("_FEATURE"));
  }

  private static Instant stamp(Json.Members json, String name, String source) {
    return CatalogStamp.parse(json.text(name).orElseThrow(() -> missing(name, source)));
  }

  private static long count(Json.Members json, String name, String source) {
    return json.number(name).orElseThrow(() -> missing(name, source));
  }

  private static SortedMap<String, FileState> files(Json.Members json, String name, String source) {
    SortedMap<String, FileState> files = new TreeMap<>(OsNames::compare);
    Json.Members listed = json.members(name).orElseThrow(() -> missing(name, source));
    for (var each : listed.members().entrySet()) {
      String file = each.getKey();
      if (file.isEmpty() || file.startsWith(".") || file.contains("/") || file.contains("\0")) {
        throw new MalformedException(
            source, 0, 0, "'" + file + "' is not the name of a catalog file", null);
      }
      if (!(each.getValue() instanceof Json.Members facts)) {
        throw missing(name + "/" + file, source);
      }
      files.put(
          file,
          new FileState(
              stamp(facts, "last-modified", source), facts.text("signature-sha-1").orElse("")));
    }
    return files;
  }

  private static MalformedException missing(String name, String source) {
    return new MalformedException(
        source, 0, 0, "the member '" + name + "' is missing or malformed", null);
  }

  /** The bytes of the file, signed. */
  public byte[] toBytes() {
    SortedMap<String, Json> members = new TreeMap<>();
    members.put("created", new Json.Text(CatalogStamp.write(created)));
    members.put("last-modified", new Json.Text(CatalogStamp.write(lastModified)));
    members.put("package-count", Json.Number.of(packageCount));
    members.put("package-version-count", Json.Number.of(packageVersionCount));
    members.put("parts", json(parts));
    members.put("updates", json(updates));
    members.put("version", Json.Number.of(1));
    if (!features.isEmpty()) {
      members.put("_FEATURE", Json.Array.ofTexts(features));
    }
    return CatalogSignature.sign(new Json.Members(members));
  }

  private static Json json(SortedMap<String, FileState> files) {
    SortedMap<String, Json> members = new TreeMap<>();
    files.forEach(
        (name, state) ->
            members.put(
                name,
                Json.Members.of(
                    "last-modified", new Json.Text(CatalogStamp.write(state.lastModified())),
                    "signature-sha-1", new Json.Text(state.signature()))));
    return new Json.Members(members);
  }

  /** What the catalog says about one of its parts. */
  public Optional<FileState> part(String name) {
    return Optional.ofNullable(parts.get(name));
  }
}
