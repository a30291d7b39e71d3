package emblema.store.origin;

import emblema.core.fmri.PublisherPrefix;
import emblema.store.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a repository tells clients about one publisher, in the form of p5i documents (spec p5p-p5i,
 * section 6). Values that make no sense count as absent.
 *
 * @param prefix the publisher's name
 * @param alias another name, or empty
 * @param name of the repository, or empty
 * @param description of the repository, or empty
 * @param origins where its packages come from; without any, the repository itself
 * @param mirrors where its payloads come from as well
 * @param refreshSeconds how long its catalog counts as fresh
 */
public record PublisherProfile(
    String prefix,
    String alias,
    String name,
    String description,
    List<String> origins,
    List<String> mirrors,
    OptionalLong refreshSeconds) {
  public PublisherProfile {
    origins = List.copyOf(origins);
    mirrors = List.copyOf(mirrors);
  }

  /** Of a publisher of which nothing but the name is known. */
  public static PublisherProfile bare(String prefix) {
    return new PublisherProfile(prefix, "", "", "", List.of(), List.of(), OptionalLong.empty());
  }

  /** The publishers of a p5i document, in its order; without those that have no valid name. */
  public static List<PublisherProfile> of(Json.Members document) {
    List<PublisherProfile> profiles = new ArrayList<>();
    for (Json.Members publisher : objects(document, "publishers")) {
      Optional<String> prefix = publisher.text("name").filter(PublisherPrefix::isValid);
      if (prefix.isPresent()) {
        List<Json.Members> repositories = objects(publisher, "repositories");
        Json.Members repository =
            repositories.isEmpty() ? Json.Members.of() : repositories.getLast();
        profiles.add(
            new PublisherProfile(
                prefix.get(),
                text(publisher, "alias"),
                text(repository, "name"),
                text(repository, "description"),
                repository.texts("origins"),
                repository.texts("mirrors"),
                repository
                    .number("refresh_seconds")
                    .filter(seconds -> seconds >= 0)
                    .map(OptionalLong::of)
                    .orElse(OptionalLong.empty())));
      }
    }
    return profiles;
  }

  /** The reference writes the word for what is not there. */
  private static String text(Json.Members members, String name) {
    return members.text(name).filter(text -> !text.equals("None")).orElse("");
  }

  private static List<Json.Members> objects(Json.Members parent, String list) {
    return parent
        .find(list)
        .filter(Json.Array.class::isInstance)
        .map(value -> ((Json.Array) value).items())
        .orElse(List.of())
        .stream()
        .filter(Json.Members.class::isInstance)
        .map(Json.Members.class::cast)
        .toList();
  }
}
