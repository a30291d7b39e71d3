package emblema.store.file;

import emblema.core.io.AtomicFile;
import emblema.core.io.Disk;
import emblema.core.io.Durability;
import emblema.core.io.SafePath;
import emblema.store.json.Json;
import emblema.store.json.JsonReader;
import emblema.store.json.JsonText;
import emblema.store.p5i.P5i;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A publisher's own configuration, the file {@code pub.p5i} (spec p5p-p5i, section 6). Unknown
 * members are kept.
 *
 * @param json the document
 */
public record PublisherInformation(Json.Members json) {
  private static final Json NONE = new Json.Array(List.of());

  /** Of a publisher of which nothing but the name is known. */
  public static PublisherInformation bare(String prefix) {
    Json.Members publisher =
        Json.Members.of(
            "alias",
            Json.Null.NULL,
            "name",
            new Json.Text(prefix),
            "packages",
            NONE,
            "repositories",
            NONE);
    return of(publisher);
  }

  private static PublisherInformation of(Json.Members publisher) {
    return new PublisherInformation(
        Json.Members.of(
            "packages",
            NONE,
            "publishers",
            new Json.Array(List.of(publisher)),
            "version",
            Json.Number.of(1)));
  }

  /** The store's file; bare if there is none. */
  static PublisherInformation read(PublisherStore store) {
    Disk disk = store.disk();
    SafePath file = store.layout().publisherInformation();
    if (disk.stat(file).isEmpty()) {
      return bare(store.prefix());
    }
    return new PublisherInformation(JsonReader.readMembers(disk.read(file), disk.describe(file)));
  }

  void write(PublisherStore store) {
    byte[] bytes = (JsonText.indentedUnicode(json) + "\n").getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(
        store.disk(),
        store.layout().publisherInformation(),
        PublisherStore.FILE_MODE,
        bytes,
        Durability.FULL);
  }

  /** What it tells clients. */
  P5i document() {
    byte[] text = JsonText.indentedUnicode(json).getBytes(StandardCharsets.UTF_8);
    return P5i.read(new ByteArrayInputStream(text), "pub.p5i");
  }

  private Json.Members publisher() {
    return last(json, "publishers");
  }

  private Json.Members repository() {
    return last(publisher(), "repositories");
  }

  /** The last object of a list; the last one wins when there are several. */
  private static Json.Members last(Json.Members parent, String list) {
    Json value = parent.find(list).orElse(NONE);
    if (value instanceof Json.Array array
        && !array.items().isEmpty()
        && array.items().getLast() instanceof Json.Members members) {
      return members;
    }
    return Json.Members.of();
  }

  /** The value as it is; null if the file does not say, with the defaults of a bare publisher. */
  public Json value(PublisherProperty property) {
    if (property == PublisherProperty.PREFIX) {
      return publisher().find("name").orElse(Json.Null.NULL);
    }
    if (property == PublisherProperty.ALIAS) {
      return publisher().find("alias").orElse(Json.Null.NULL);
    }
    Json value = repository().find(property.member()).orElse(Json.Null.NULL);
    if (value != Json.Null.NULL) {
      return value;
    }
    return property.isList()
        ? NONE
        : new Json.Text(property == PublisherProperty.COLLECTION_TYPE ? "core" : "");
  }

  /** This with one property set; none, or one empty text, clears it. */
  public PublisherInformation with(PublisherProperty property, List<String> values) {
    Json value = property.toJson(values);
    if (property == PublisherProperty.ALIAS) {
      return of(with(publisher(), "alias", value));
    }
    Json.Members repository = repository().members().isEmpty() ? newRepository() : repository();
    Json list = new Json.Array(List.of(with(repository, property.member(), value)));
    return of(with(publisher(), "repositories", list));
  }

  private static Json.Members newRepository() {
    SortedMap<String, Json> members = new TreeMap<>();
    for (PublisherProperty property : PublisherProperty.values()) {
      if (property.section().equals("repository")) {
        members.put(property.member(), property.toJson(new ArrayList<>()));
      }
    }
    members.put(PublisherProperty.COLLECTION_TYPE.member(), new Json.Text("core"));
    return new Json.Members(members);
  }

  private static Json.Members with(Json.Members members, String name, Json value) {
    SortedMap<String, Json> changed = new TreeMap<>(members.members());
    changed.put(name, value);
    return new Json.Members(changed);
  }
}
