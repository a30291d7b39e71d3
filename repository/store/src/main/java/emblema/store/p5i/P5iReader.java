package emblema.store.p5i;

import emblema.core.error.MalformedException;
import emblema.core.error.StorageException;
import emblema.core.fmri.PublisherPrefix;
import emblema.store.json.Json;
import emblema.store.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** JSON to {@link P5i}. Like the reference it skips what is null, {@code None} or not a list. */
final class P5iReader {
  private static final int LONGEST = 16 << 20;
  private static final Set<String> COLLECTIONS = Set.of("core", "supplemental");

  private final String source;

  P5iReader(String source) {
    this.source = source;
  }

  P5i read(InputStream in) {
    Json.Members json = JsonReader.readMembers(new ByteArrayInputStream(bounded(in)), source);
    Json version = json.find("version").orElseThrow(() -> invalid("missing version"));
    long number = json.number("version").orElseThrow(() -> invalid("invalid version"));
    if (!(version instanceof Json.Number) || number < 0) {
      throw invalid("invalid version");
    }
    if (number > 1) {
      throw invalid("version " + number + " is newer than this program knows: it knows 1");
    }
    List<P5i.Publisher> publishers = new ArrayList<>();
    for (Json each : items(json, "publishers")) {
      if (!(each instanceof Json.Members members)) {
        throw invalid("a publisher is not an object");
      }
      publishers.add(publisher(members));
    }
    return new P5i(publishers, json.texts("packages"));
  }

  private byte[] bounded(InputStream in) {
    try (in) {
      byte[] bytes = in.readNBytes(LONGEST + 1);
      if (bytes.length > LONGEST) {
        throw invalid("the file is larger than " + (LONGEST >> 20) + " MiB");
      }
      return bytes;
    } catch (IOException e) {
      throw new StorageException("'" + source + "' cannot be read", e.getMessage(), List.of(), e);
    }
  }

  private P5i.Publisher publisher(Json.Members json) {
    String prefix = text(json, "name").orElse("Unknown");
    if (!PublisherPrefix.isValid(prefix)) {
      throw invalid("'" + prefix + "' is not a valid publisher prefix");
    }
    Optional<String> alias = text(json, "alias");
    if (alias.isPresent() && !PublisherPrefix.isValid(alias.get())) {
      throw invalid("'" + alias.get() + "' is not a valid publisher alias");
    }
    Optional<P5i.Repository> repository = Optional.empty();
    for (Json each : items(json, "repositories")) {
      if (!(each instanceof Json.Members members)) {
        throw invalid("a repository of '" + prefix + "' is not an object");
      }
      repository = Optional.of(repository(members)); // the last one wins
    }
    return new P5i.Publisher(prefix, alias, json.texts("packages"), repository);
  }

  private P5i.Repository repository(Json.Members json) {
    String collection = text(json, "collection_type").orElse("core");
    if (!COLLECTIONS.contains(collection)) {
      throw invalid("'" + collection + "' is not a collection type: core or supplemental");
    }
    Optional<String> registration = text(json, "registration_uri");
    registration.ifPresent(this::uri);
    return new P5i.Repository(
        collection,
        text(json, "description"),
        text(json, "name"),
        seconds(json),
        registration,
        uris(json, "legal_uris"),
        uris(json, "mirrors"),
        uris(json, "origins"),
        uris(json, "related_uris"));
  }

  private Optional<Long> seconds(Json.Members json) {
    Optional<Json> value = json.find("refresh_seconds").filter(each -> each != Json.Null.NULL);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    Optional<Long> seconds =
        json.number("refresh_seconds")
            .or(
                () ->
                    text(json, "refresh_seconds")
                        .filter(digits -> digits.matches("[0-9]{1,15}"))
                        .map(Long::valueOf));
    if (seconds.filter(number -> number >= 0).isEmpty()) {
      if (text(json, "refresh_seconds").isEmpty() && value.get() instanceof Json.Text) {
        return Optional.empty();
      }
      throw invalid("'refresh_seconds' is not a number of seconds");
    }
    return seconds;
  }

  private List<String> uris(Json.Members json, String name) {
    List<String> uris = json.texts(name);
    uris.forEach(this::uri);
    return uris;
  }

  private void uri(String text) {
    try {
      if (new URI(text).getScheme() == null) {
        throw invalid("'" + text + "' is not an address: it has no scheme");
      }
    } catch (URISyntaxException e) {
      throw invalid("'" + text + "' is not an address: " + e.getReason());
    }
  }

  private static List<Json> items(Json.Members json, String name) {
    return json.find(name)
        .filter(Json.Array.class::isInstance)
        .map(list -> ((Json.Array) list).items())
        .orElse(List.of());
  }

  /** What is null, empty or the text {@code None} counts as absent. */
  private static Optional<String> text(Json.Members json, String name) {
    return json.text(name).filter(text -> !text.isEmpty() && !text.equals("None"));
  }

  private MalformedException invalid(String reason) {
    return new MalformedException(source, 0, 0, reason, null);
  }
}
