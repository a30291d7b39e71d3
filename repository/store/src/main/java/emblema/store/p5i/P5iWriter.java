package emblema.store.p5i;

import emblema.store.json.Json;
import emblema.store.json.JsonText;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** {@link P5i} to the reference's JSON: two blanks a level, sorted, not escaped beyond ASCII. */
final class P5iWriter {
  private P5iWriter() {}

  static String text(P5i p5i) {
    Json json =
        Json.Members.of(
            "packages",
            Json.Array.ofTexts(p5i.packages()),
            "publishers",
            new Json.Array(p5i.publishers().stream().map(P5iWriter::json).toList()),
            "version",
            Json.Number.of(1));
    return JsonText.indentedUnicode(json) + "\n";
  }

  private static Json json(P5i.Publisher publisher) {
    return Json.Members.of(
        "alias",
        orNull(publisher.alias()),
        "name",
        new Json.Text(publisher.prefix()),
        "packages",
        Json.Array.ofTexts(publisher.packages()),
        "repositories",
        new Json.Array(publisher.repository().stream().map(P5iWriter::json).toList()));
  }

  private static Json json(P5i.Repository repository) {
    SortedMap<String, Json> members = new TreeMap<>();
    members.put("collection_type", new Json.Text(repository.collectionType()));
    members.put("description", orNull(repository.description()));
    members.put("legal_uris", list(repository.legalUris()));
    members.put("mirrors", list(repository.mirrors()));
    members.put("name", orNull(repository.name()));
    members.put("origins", list(repository.origins()));
    members.put(
        "refresh_seconds",
        repository.refreshSeconds().<Json>map(Json.Number::of).orElse(Json.Null.NULL));
    members.put("registration_uri", new Json.Text(repository.registrationUri().orElse("")));
    members.put("related_uris", list(repository.relatedUris()));
    return new Json.Members(members);
  }

  private static Json list(List<String> texts) {
    return Json.Array.ofTexts(texts);
  }

  private static Json orNull(Optional<String> text) {
    return text.<Json>map(Json.Text::new).orElse(Json.Null.NULL);
  }
}
