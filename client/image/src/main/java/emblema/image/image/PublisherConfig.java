package emblema.image.image;

import emblema.core.config.PythonLiteral;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What an image knows about one publisher: a section {@code authority_<prefix>} (spec image-layout,
 * section 3.2). Names that we do not know are kept.
 */
public record PublisherConfig(SequencedMap<String, String> values) {
  private static final String PROPERTY = "property.";

  public PublisherConfig {
    values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
  }

  /**
   * A new publisher: enabled, sticky, without origins.
   *
   * @param uuid sent to the publisher's origins unless the image says no
   * @param since when the uuid was chosen, as C's {@code asctime} writes it
   */
  public static PublisherConfig create(String prefix, String uuid, String since) {
    SequencedMap<String, String> values = new LinkedHashMap<>();
    values.put("alias", "");
    values.put("prefix", prefix);
    values.put("disabled", "False");
    values.put("sticky", "True");
    values.put("uuid", uuid);
    values.put("last_uuid", since);
    for (String list : List.of("mirrors", "mirror_info", "origins", "origin_info")) {
      values.put(list, "[]");
    }
    values.put("ssl_cert", "");
    values.put("ssl_key", "");
    values.put("property.signature-required-names", "[]");
    for (String list : List.of("intermediate", "approved_ca", "revoked_ca", "signing_ca")) {
      values.put(list + "_certs", "[]");
    }
    values.put("repo.collection_type", "core");
    values.put("repo.description", "");
    values.put("repo.legal_uris", "[]");
    values.put("repo.name", "");
    values.put("repo.refresh_seconds", "14400");
    values.put("repo.registered", "False");
    values.put("repo.registration_uri", "");
    values.put("repo.related_uris", "[]");
    values.put("repo.sort_policy", "priority");
    return new PublisherConfig(values);
  }

  public String prefix() {
    return values.getOrDefault("prefix", "");
  }

  public String alias() {
    return values.getOrDefault("alias", "");
  }

  public boolean isEnabled() {
    return !isTrue("disabled", false);
  }

  public boolean isSticky() {
    return isTrue("sticky", true);
  }

  public String uuid() {
    return values.getOrDefault("uuid", "");
  }

  public String sslKey() {
    return values.getOrDefault("ssl_key", "");
  }

  public String sslCertificate() {
    return values.getOrDefault("ssl_cert", "");
  }

  /** In the order in which they are tried. */
  public List<Endpoint> origins() {
    return endpoints("origin");
  }

  public List<Endpoint> mirrors() {
    return endpoints("mirror");
  }

  public List<Endpoint> enabledOrigins() {
    return origins().stream().filter(Endpoint::enabled).toList();
  }

  /** How long catalogs count as fresh, in seconds. */
  public long refreshSeconds() {
    try {
      return Long.parseLong(values.getOrDefault("repo.refresh_seconds", "14400"));
    } catch (NumberFormatException e) {
      return 14400;
    }
  }

  /** The publisher's own properties that have a value, sorted; lists as Python writes them. */
  public Map<String, String> properties() {
    Map<String, String> properties = new java.util.TreeMap<>();
    values.forEach(
        (name, value) -> {
          if (name.startsWith(PROPERTY) && !value.isEmpty() && !value.equals("[]")) {
            properties.put(name.substring(PROPERTY.length()), value);
          }
        });
    return properties;
  }

  public Optional<String> property(String name) {
    return Optional.ofNullable(properties().get(name));
  }

  public PublisherConfig withProperty(String name, String value) {
    return with(PROPERTY + name, value);
  }

  public PublisherConfig withoutProperty(String name) {
    SequencedMap<String, String> copy = new LinkedHashMap<>(values);
    copy.remove(PROPERTY + name);
    return new PublisherConfig(copy);
  }

  public PublisherConfig withAlias(String alias) {
    return with("alias", alias);
  }

  public PublisherConfig withUuid(String uuid, String since) {
    return with("uuid", uuid).with("last_uuid", since);
  }

  public PublisherConfig enabled(boolean on) {
    return with("disabled", on ? "False" : "True");
  }

  public PublisherConfig sticky(boolean on) {
    return with("sticky", on ? "True" : "False");
  }

  public PublisherConfig withOrigins(List<Endpoint> origins) {
    return withEndpoints("origin", origins);
  }

  public PublisherConfig withMirrors(List<Endpoint> mirrors) {
    return withEndpoints("mirror", mirrors);
  }

  /** This with one value of the section set. */
  public PublisherConfig with(String name, String value) {
    SequencedMap<String, String> copy = new LinkedHashMap<>(values);
    copy.put(name, value);
    return new PublisherConfig(copy);
  }

  private PublisherConfig withEndpoints(String what, List<Endpoint> endpoints) {
    return with(
            what + "s", PythonLiteral.writeTexts(endpoints.stream().map(Endpoint::uri).toList()))
        .with(
            what + "_info",
            PythonLiteral.writeMaps(endpoints.stream().map(Endpoint::toMap).toList()));
  }

  /** The plain list gives the order; the detailed one what is known about each. */
  private List<Endpoint> endpoints(String what) {
    Map<String, Endpoint> known = new LinkedHashMap<>();
    String where = "pkg5.image: publisher '" + prefix() + "': ";
    String info = what + "_info";
    for (Map<String, String> map :
        PythonLiteral.readMaps(values.getOrDefault(info, ""), where + info)) {
      String uri = map.getOrDefault("uri", "");
      boolean disabled = map.getOrDefault("disabled", "").equalsIgnoreCase("true");
      Endpoint endpoint = new Endpoint(uri, map.getOrDefault("proxy", ""), !disabled);
      known.put(endpoint.uri(), endpoint);
    }
    List<Endpoint> result = new ArrayList<>();
    for (String uri :
        PythonLiteral.readTexts(values.getOrDefault(what + "s", ""), where + what + "s")) {
      Endpoint plain = new Endpoint(uri);
      result.add(known.getOrDefault(plain.uri(), plain));
    }
    return List.copyOf(result);
  }

  private boolean isTrue(String name, boolean otherwise) {
    String value = values.getOrDefault(name, "");
    return value.isEmpty() ? otherwise : value.equalsIgnoreCase("true");
  }
}
