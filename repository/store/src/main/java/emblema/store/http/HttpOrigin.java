package emblema.store.http;

import emblema.core.error.NotFoundException;
import emblema.core.error.UnreachableException;
import emblema.core.fmri.Fmri;
import emblema.core.fmri.PercentEncoding;
import emblema.store.catalog.Catalog;
import emblema.store.catalog.CatalogFiles;
import emblema.store.catalog.CatalogSnapshot;
import emblema.store.json.Json;
import emblema.store.json.JsonReader;
import emblema.store.origin.Origin;
import emblema.store.p5i.P5i;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A depot, or a web server that serves a repository's files (spec depot-protocol). Catalogs are
 * verified; manifests and payloads are as they came, for the caller knows what they must be. Asks
 * nothing before it is needed; what the depot can do is asked once.
 */
public final class HttpOrigin implements Origin {
  private static final int DOCUMENT = 1 << 24;
  private static final int MANIFEST = 1 << 28;
  private static final int CATALOG_FILE = 1 << 30;

  private final Wire wire;
  private @Nullable DepotVersions versions;
  private @Nullable List<P5i.Publisher> profiles;

  private HttpOrigin(Wire wire) {
    this.wire = wire;
  }

  /** One that is reached without more than its address. */
  public static HttpOrigin open(String address, HttpSettings settings) {
    return open(address, Access.PLAIN, settings);
  }

  /**
   * @param address {@code http://host/…} or {@code https://host/…}
   */
  public static HttpOrigin open(String address, Access access, HttpSettings settings) {
    return new HttpOrigin(new Wire(address, access, settings));
  }

  Wire wire() {
    return wire;
  }

  @Override
  public String location() {
    return wire.base().toString();
  }

  synchronized DepotVersions versions() {
    DepotVersions known = versions;
    if (known == null) {
      known = DepotVersions.parse(wire.document("versions/0/", DOCUMENT, false), location());
      versions = known;
    }
    return known;
  }

  @Override
  public synchronized List<P5i.Publisher> profiles() {
    List<P5i.Publisher> known = profiles;
    if (known == null) {
      requireOperation("publisher", 0);
      known = profilesNow();
      profiles = known;
    }
    return known;
  }

  private List<P5i.Publisher> profilesNow() {
    byte[] bytes = wire.document("publisher/0/", DOCUMENT, false);
    return P5i.read(new ByteArrayInputStream(bytes), location() + "publisher/0")
        .publishers()
        .stream()
        .sorted(Comparator.comparing(P5i.Publisher::prefix))
        .toList();
  }

  @Override
  public List<String> publishers() {
    return profiles().stream().map(P5i.Publisher::prefix).toList();
  }

  @Override
  public Catalog catalog(String publisher) {
    return CatalogSnapshot.read(publisher, files(publisher));
  }

  @Override
  public Optional<CatalogFiles> catalogFiles(String publisher) {
    return Optional.of(files(publisher));
  }

  /** A file that is asked for again did not fit the others: caches on the way are passed by. */
  private CatalogFiles files(String publisher) {
    requireOperation("catalog", 1);
    if (!publishers().contains(publisher)) {
      throw new NotFoundException(
          "the repository '" + location() + "' has no publisher '" + publisher + "'",
          "its publishers: " + String.join(", ", publishers()));
    }
    Set<String> asked = new HashSet<>();
    return new CatalogFiles() {
      @Override
      public byte[] read(String name) {
        return wire.document(path(name), CATALOG_FILE, !asked.add(name));
      }

      private String path(String name) {
        return forPublisher(publisher) + "catalog/1/" + PercentEncoding.encode(name);
      }

      @Override
      public String describe(String name) {
        return location() + path(name);
      }
    };
  }

  @Override
  public byte[] manifest(Fmri fmri) {
    return wire.document(manifestPath(fmri), MANIFEST, false);
  }

  /** Name and version are encoded each for itself, with {@code @} between them. */
  String manifestPath(Fmri fmri) {
    return forPublisher(fmri.publisherIfAny().orElse("")) + "manifest/0/" + fmri.urlElement();
  }

  @Override
  public InputStream payload(String publisher, String sha1) {
    int version = versions().has("file", 1) ? 1 : 0;
    return wire.stream(
        forPublisher(publisher) + "file/" + version + "/" + PercentEncoding.encode(sha1));
  }

  /**
   * The first element of a path: the publisher, where the depot knows of such paths and its address
   * does not end with it already.
   */
  String forPublisher(String publisher) {
    boolean prefixed =
        !publisher.isEmpty()
            && versions().has("publisher", 1)
            && !wire.base().getPath().endsWith("/" + publisher + "/");
    return prefixed ? PercentEncoding.encode(publisher) + "/" : "";
  }

  void requireOperation(String operation, int version) {
    if (!versions().has(operation, version)) {
      throw new UnreachableException(
          "the depot '" + location() + "' does not offer '" + operation + "/" + version + "'",
          "it may be a mirror, or serve something else");
    }
  }

  /**
   * Asks the depot to search its packages ({@code search/1}); nothing found is no lines.
   *
   * @param query with its options, as the protocol writes it
   * @param each takes the lines of the answer, the first one naming the format
   */
  public void search(String publisher, String query, Consumer<String> each) {
    requireOperation("search", 1);
    URI uri = wire.uri(forPublisher(publisher) + "search/1/" + PercentEncoding.encode(query));
    HttpRequest request = wire.request(uri).GET().build();
    HttpResponse<InputStream> response = wire.repeatedly(uri, true, () -> wire.followed(request));
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        each.accept(line);
      }
    } catch (IOException e) {
      throw Failures.unreachable(uri, 1, e);
    }
  }

  /** The depot's own account of itself: {@code status/0}. */
  public Json.Members status() {
    requireOperation("status", 0);
    byte[] bytes = wire.document("status/0", DOCUMENT, true);
    return JsonReader.readMembers(new ByteArrayInputStream(bytes), location() + "status/0");
  }

  /**
   * Asks the depot to work on its own repository; it goes on after the answer.
   *
   * @param command as {@code admin/0} takes it: {@code refresh}, {@code rebuild}, {@code
   *     refresh-packages}, {@code rebuild-indexes}, …
   */
  public void administrate(String publisher, String command) {
    requireOperation("admin", 0);
    String path = forPublisher(publisher) + "admin/0?cmd=" + PercentEncoding.encode(command);
    wire.send(wire.request(wire.uri(path)).GET().build(), false);
  }

  @Override
  public void close() {
    wire.close();
  }
}
