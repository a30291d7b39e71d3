package emblema.store.catalog;

import emblema.core.io.OsNames;
import emblema.store.json.Json;
import emblema.store.json.JsonReader;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/**
 * One publisher's entries in a catalog part or update log, a package name at a time (sections 6 and
 * 8). Names must ascend, as every writer sorts them, so that parts can be merged in one pass.
 */
final class PartReader implements AutoCloseable {

  /** All entries of one package name, in the order of the file. */
  record Stem(String name, List<Json.Members> entries) {}

  private final JsonReader reader;
  private final String publisher;
  private boolean inPublisher;
  private boolean ended;
  private @Nullable String previous;

  PartReader(InputStream in, String source, String publisher) {
    this.reader = new JsonReader(in, source);
    this.publisher = publisher;
    reader.expect(JsonToken.START_OBJECT);
  }

  /** The next name; null at the end. */
  @Nullable Stem next() {
    if (!inPublisher && !enterPublisher()) {
      return null;
    }
    if (reader.advance() == JsonToken.END_OBJECT) {
      inPublisher = false;
      return next();
    }
    String name = reader.name();
    if (previous != null && OsNames.compare(previous, name) >= 0) {
      throw reader.malformed("the package '" + name + "' is not in order");
    }
    previous = name;
    reader.expect(JsonToken.START_ARRAY);
    List<Json.Members> entries = new ArrayList<>(1);
    while (reader.advance() != JsonToken.END_ARRAY) {
      if (!(reader.value() instanceof Json.Members entry) || entry.text("version").isEmpty()) {
        throw reader.malformed("an entry of the package '" + name + "' has no version");
      }
      entries.add(entry);
    }
    return new Stem(name, entries);
  }

  /** Goes to the publisher's names, past members that are not a publisher and other publishers. */
  private boolean enterPublisher() {
    while (!ended && reader.advance() != JsonToken.END_OBJECT) {
      String member = reader.name();
      if (member.equals(publisher)) {
        reader.expect(JsonToken.START_OBJECT);
        inPublisher = true;
        return true;
      }
      reader.advance();
      reader.value();
    }
    if (!ended) {
      ended = true;
      reader.end();
    }
    return false;
  }

  @Override
  public void close() {
    reader.close();
  }
}
