package emblema.store.file;

import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.store.json.Json;
import emblema.store.json.JsonReader;
import emblema.store.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A publisher's own configuration, the file {@code pub.p5i} (spec p5p-p5i, section 6). Unknown
 * members are kept.
 *
 * @param json the document
 */
public record PublisherInformation(Json.Members json) {

  /** Of a publisher of which nothing but the name is known. */
  public static PublisherInformation bare(String prefix) {
    Json none = new Json.Array(List.of());
    Json publisher =
        Json.Members.of(
            "alias",
            Json.Null.NULL,
            "name",
            new Json.Text(prefix),
            "packages",
            none,
            "repositories",
            none);
    return new PublisherInformation(
        Json.Members.of(
            "packages",
            none,
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
    DurableFile.write(store.disk(), store.layout().publisherInformation(), bytes);
  }
}
