package emblema.image.image;

import emblema.core.fmri.Fmri;
import emblema.core.fmri.Version;
import emblema.store.json.Json;
import emblema.store.json.JsonReader;
import java.util.function.BiConsumer;
import tools.jackson.core.JsonToken;

/** Walks one catalog part, {@code {publisher: {stem: [entry, …]}}}, holding one entry at a time. */
final class PartWalk {
  private final JsonReader reader;
  private final BiConsumer<Fmri, Json.Members> each;

  PartWalk(JsonReader reader, BiConsumer<Fmri, Json.Members> each) {
    this.reader = reader;
    this.each = each;
  }

  void walk() {
    reader.expect(JsonToken.START_OBJECT);
    while (reader.advance() != JsonToken.END_OBJECT) {
      String publisher = reader.name();
      reader.advance();
      if (publisher.startsWith("_")) {
        Json ignored = reader.value();
      } else {
        stems(publisher);
      }
    }
    reader.end();
  }

  private void stems(String publisher) {
    while (reader.advance() != JsonToken.END_OBJECT) {
      String stem = reader.name();
      reader.expect(JsonToken.START_ARRAY);
      while (reader.advance() != JsonToken.END_ARRAY) {
        entry(publisher, stem);
      }
    }
  }

  private void entry(String publisher, String stem) {
    if (!(reader.value() instanceof Json.Members members)) {
      throw reader.malformed("an entry of '" + stem + "' is not an object");
    }
    Version version =
        members
            .text("version")
            .map(Version::parse)
            .orElseThrow(() -> reader.malformed("an entry of '" + stem + "' has no version"));
    each.accept(new Fmri(publisher, stem, version), members);
  }
}
