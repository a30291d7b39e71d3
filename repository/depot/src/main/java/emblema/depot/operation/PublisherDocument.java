package emblema.depot.operation;

import emblema.store.file.PublisherInformation;
import emblema.store.json.Json;
import emblema.store.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A p5i document of several publishers (spec p5p-p5i, section 6). */
final class PublisherDocument {
  static final String CONTENT_TYPE = "application/vnd.pkg5.info";

  private final List<Json> publishers = new ArrayList<>();

  /**
   * @param packages names of packages of this publisher, in their order
   */
  void add(PublisherInformation information, List<String> packages) {
    if (information.json().find("publishers").orElse(Json.Null.NULL) instanceof Json.Array list) {
      for (Json each : list.items()) {
        if (each instanceof Json.Members members) {
          SortedMap<String, Json> named = new TreeMap<>(members.members());
          named.put("packages", Json.Array.ofTexts(packages));
          publishers.add(new Json.Members(named));
        }
      }
    }
  }

  String text() {
    Json document =
        Json.Members.of(
            "packages",
            new Json.Array(List.of()),
            "publishers",
            new Json.Array(publishers),
            "version",
            Json.Number.of(1));
    return JsonText.indentedUnicode(document) + "\n";
  }
}
