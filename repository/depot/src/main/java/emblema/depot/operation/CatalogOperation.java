package emblema.depot.operation;

import emblema.store.catalog.CatalogSnapshot;
import emblema.store.file.FileRepository;
import emblema.store.file.StoredFile;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code catalog/1/NAME}: a file of the publisher's catalog as it is. {@code catalog/0}: lines of
 * the old form (spec catalog, section 16), {@code S name: value} and then {@code V fmri}, with the
 * headers {@code Last-Modified} in ISO form and {@code X-Catalog-Type: full}.
 */
final class CatalogOperation implements Operation {
  private static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final FileRepository repository;
  private final Freshness freshness;

  CatalogOperation(FileRepository repository, Freshness freshness) {
    this.repository = repository;
    this.freshness = freshness;
  }

  @Override
  public String name() {
    return "catalog";
  }

  @Override
  public List<Integer> versions() {
    return List.of(0, 1);
  }

  @Override
  public Access access() {
    return Access.READ;
  }

  @Override
  public Response answer(Call call) {
    return call.version() == 0 ? old(call) : file(call);
  }

  private Response file(Call call) {
    if (call.arguments().isEmpty()) {
      return ErrorPage.of(403, "Directory listing not allowed.");
    }
    String name = call.argument();
    String publisher = Publishers.one(call, repository);
    Optional<StoredFile> file =
        isName(name) ? repository.storedCatalogFile(publisher, name) : Optional.empty();
    if (file.isEmpty()) {
      return ErrorPage.of(404, "The path '" + call.request().path() + "' was not found.");
    }
    Response whole = Response.of(200, VersionsOperation.CONTENT_TYPE, Body.none());
    return Conditions.apply(call.request(), kept(whole, publisher), file.get(), freshness.now());
  }

  private static boolean isName(String name) {
    return name.matches("[A-Za-z0-9._@+-]{1,255}") && !name.startsWith(".");
  }

  private Response kept(Response response, String publisher) {
    long seconds = Freshness.refreshSeconds(repository, List.of(publisher));
    return freshness.keep(response, Math.min(seconds, Freshness.DAY));
  }

  private Response old(Call call) {
    String publisher = Publishers.one(call, repository);
    CatalogSnapshot catalog = (CatalogSnapshot) repository.catalog(publisher);
    String modified = stamp(catalog.lastModified());
    Response response =
        Response.of(
                200,
                VersionsOperation.CONTENT_TYPE,
                new Body.Streamed(out -> writeOld(catalog, modified, out)))
            .with("Last-Modified", modified)
            .with("X-Catalog-Type", "full");
    return kept(response, publisher);
  }

  private static String stamp(Instant when) {
    return ISO.format(when) + "+00:00";
  }

  private static void writeOld(CatalogSnapshot catalog, String modified, OutputStream out)
      throws IOException {
    Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    writer.write("S Last-Modified: " + modified + "\n");
    writer.write("S prefix: CRSV\n");
    writer.write("S npkgs: " + catalog.packageVersionCount() + "\n");
    catalog.forEachVersion(
        (stem, version) -> {
          try {
            writer.write("V pkg:/" + stem + "@" + version + "\n");
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    writer.flush();
  }
}
