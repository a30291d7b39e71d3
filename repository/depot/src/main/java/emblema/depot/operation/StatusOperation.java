package emblema.depot.operation;

import emblema.depot.metrics.Metrics;
import emblema.store.catalog.CatalogAttributes;
import emblema.store.catalog.CatalogStamp;
import emblema.store.file.FileRepository;
import emblema.store.file.RepositoryConfiguration;
import emblema.store.file.RepositoryProperty;
import emblema.store.json.Json;
import emblema.store.json.JsonText;
import java.time.InstantSource;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * {@code status/0}: JSON with the repository's configuration, counts of each publisher's packages,
 * requests since the start, and whether anything is being changed ({@code online} or {@code
 * processing}).
 */
final class StatusOperation implements Operation {
  private final FileRepository repository;
  private final Metrics metrics;
  private final Freshness freshness;
  private final InstantSource clock;

  StatusOperation(
      FileRepository repository, Metrics metrics, Freshness freshness, InstantSource clock) {
    this.repository = repository;
    this.metrics = metrics;
    this.freshness = freshness;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "status";
  }

  @Override
  public List<Integer> versions() {
    return List.of(0);
  }

  @Override
  public Access access() {
    return Access.ALWAYS;
  }

  @Override
  public Response answer(Call call) {
    boolean busy = false;
    SortedMap<String, Json> publishers = new TreeMap<>();
    for (String publisher : repository.publishers()) {
      boolean processing = repository.isBusy(publisher, clock);
      busy |= processing;
      publishers.put(publisher, publisher(publisher, processing));
    }
    Json requests =
        Json.Members.of(
            "catalog", Json.Number.of(metrics.count("catalog")),
            "file", Json.Number.of(metrics.count("file")),
            "manifests", Json.Number.of(metrics.count("manifest")));
    Json state =
        Json.Members.of(
            "configuration",
            configuration(repository.configuration()),
            "publishers",
            new Json.Members(publishers),
            "requests",
            requests,
            "status",
            new Json.Text(busy ? "processing" : "online"),
            "version",
            Json.Number.of(repository.version()));
    Json document = Json.Members.of("repository", state, "version", Json.Number.of(1));
    return freshness.keep(
        Response.text("application/json; charset=utf-8", JsonText.indented(document) + "\n"),
        Freshness.VERSIONS);
  }

  private Json publisher(String publisher, boolean processing) {
    CatalogAttributes catalog = repository.catalogAttributes(publisher);
    return Json.Members.of(
        "last-catalog-update",
        new Json.Text(CatalogStamp.write(catalog.lastModified())),
        "package-count",
        Json.Number.of(catalog.packageCount()),
        "package-version-count",
        Json.Number.of(catalog.packageVersionCount()),
        "status",
        new Json.Text(processing ? "processing" : "online"));
  }

  private static Json configuration(RepositoryConfiguration configuration) {
    SortedMap<String, Json> sections = new TreeMap<>();
    configuration
        .properties()
        .forEach(
            (section, properties) -> {
              SortedMap<String, Json> values = new TreeMap<>();
              properties.forEach(
                  (name, text) -> values.put(name, value(configuration, section, name, text)));
              sections.put(section, new Json.Members(values));
            });
    return new Json.Members(sections);
  }

  private static Json value(
      RepositoryConfiguration configuration, String section, String name, String text) {
    RepositoryProperty.Type type =
        RepositoryProperty.find(configuration.version(), section, name)
            .map(RepositoryProperty::type)
            .orElse(RepositoryProperty.Type.TEXT);
    return switch (type) {
      case TEXT, PUBLISHER -> new Json.Text(text);
      case WHOLE_NUMBER ->
          text.matches("[0-9]{1,18}") ? Json.Number.of(Long.parseLong(text)) : new Json.Text(text);
      case TRUTH -> new Json.Truth(text.equalsIgnoreCase("true"));
      case LIST, COMMA_LIST -> Json.Array.ofTexts(configuration.valuesOf(section, name));
    };
  }
}
