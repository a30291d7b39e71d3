package emblema.publisher.cli;

import emblema.core.error.UsageException;
import emblema.store.file.FileRepository;
import emblema.store.file.PublisherProperty;
import emblema.store.file.RepositoryConfiguration;
import emblema.store.http.HttpOrigin;
import emblema.store.json.Json;
import emblema.store.origin.Origin;
import emblema.store.p5i.P5i;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a repository, on disk or behind a depot, says of itself and of its publishers. */
final class RepositoryProperties {
  private RepositoryProperties() {}

  /** By {@code section/property}, sorted. */
  static SortedMap<String, Json> ofRepository(Origin origin) {
    return switch (origin) {
      case FileRepository repository -> configured(repository.configuration());
      case HttpOrigin depot ->
          sections(
              depot
                  .status()
                  .members("repository")
                  .flatMap(status -> status.members("configuration"))
                  .orElse(Json.Members.of()));
      default ->
          throw new UsageException(
              "'" + origin.location() + "' has no properties", "ask for a publisher's with -p");
    };
  }

  private static SortedMap<String, Json> configured(RepositoryConfiguration configuration) {
    SortedMap<String, Json> properties = new TreeMap<>();
    configuration
        .properties()
        .forEach(
            (section, texts) ->
                texts
                    .keySet()
                    .forEach(
                        name -> {
                          List<String> values = configuration.valuesOf(section, name);
                          properties.put(
                              section + "/" + name,
                              configuration.isList(section, name)
                                  ? Json.Array.ofTexts(values)
                                  : Listing.text(values.getFirst()));
                        }));
    return properties;
  }

  private static SortedMap<String, Json> sections(Json.Members configuration) {
    SortedMap<String, Json> properties = new TreeMap<>();
    configuration
        .members()
        .forEach(
            (section, values) -> {
              if (values instanceof Json.Members members) {
                members
                    .members()
                    .forEach((name, value) -> properties.put(section + "/" + name, value));
              }
            });
    return properties;
  }

  /** One property of one publisher. */
  static Json ofPublisher(Origin origin, String prefix, PublisherProperty property) {
    if (origin instanceof FileRepository repository) {
      return repository.publisherInformation(prefix).value(property);
    }
    P5i.Publisher publisher =
        origin.profiles().stream()
            .filter(profile -> profile.prefix().equals(prefix))
            .findFirst()
            .orElse(P5i.Publisher.bare(prefix));
    P5i.Repository repository =
        publisher.repository().orElse(P5i.Repository.of(List.of(), List.of()));
    return switch (property) {
      case PREFIX -> Listing.text(prefix);
      case ALIAS -> publisher.alias().<Json>map(Json.Text::new).orElse(Json.Null.NULL);
      case COLLECTION_TYPE -> Listing.text(repository.collectionType());
      case DESCRIPTION -> text(repository.description());
      case NAME -> text(repository.name());
      case REFRESH_SECONDS -> text(repository.refreshSeconds().map(String::valueOf));
      case REGISTRATION_URI -> text(repository.registrationUri());
      case LEGAL_URIS -> Json.Array.ofTexts(repository.legalUris());
      case MIRRORS -> Json.Array.ofTexts(repository.mirrors());
      case ORIGINS -> Json.Array.ofTexts(repository.origins());
      case RELATED_URIS -> Json.Array.ofTexts(repository.relatedUris());
    };
  }

  private static Json text(Optional<String> value) {
    return Listing.text(value.orElse(""));
  }
}
