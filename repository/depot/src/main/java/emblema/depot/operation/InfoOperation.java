package emblema.depot.operation;

import emblema.core.action.Action;
import emblema.core.action.LicenseAction;
import emblema.core.error.MalformedException;
import emblema.core.error.StorageException;
import emblema.core.fmri.Fmri;
import emblema.core.fmri.Version;
import emblema.core.manifest.Manifest;
import emblema.core.manifest.ManifestReader;
import emblema.store.file.FileRepository;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * {@code info/0/FMRI}: what a package is, as text: labels right-aligned to 15 columns, a blank
 * line, {@code License:} and the text of all licences, each followed by a blank line.
 */
final class InfoOperation implements Operation {
  private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final FileRepository repository;
  private final Freshness freshness;

  InfoOperation(FileRepository repository, Freshness freshness) {
    this.repository = repository;
    this.freshness = freshness;
  }

  @Override
  public String name() {
    return "info";
  }

  @Override
  public List<Integer> versions() {
    return List.of(0);
  }

  @Override
  public Access access() {
    return Access.READ;
  }

  @Override
  public Response answer(Call call) {
    Fmri asked;
    try {
      asked = Fmri.parse(PackageArgument.text(call, repository));
    } catch (MalformedException e) {
      return ErrorPage.of(400, e);
    }
    Optional<Fmri> found =
        asked.version() == null ? Optional.empty() : PackageArgument.find(asked, call, repository);
    if (found.isEmpty()) {
      return ErrorPage.of(404, "No manifest could be found for the FMRI: '" + asked + "'.");
    }
    Fmri fmri = found.get();
    Manifest manifest =
        ManifestReader.read(
            new ByteArrayInputStream(repository.manifest(fmri)), "manifest of " + fmri);
    byte[] facts = (facts(fmri, manifest) + "\nLicense:\n").getBytes(StandardCharsets.UTF_8);
    Response response =
        Response.of(
            200,
            VersionsOperation.CONTENT_TYPE,
            new Body.Streamed(
                out -> {
                  out.write(facts);
                  for (LicenseAction licence : manifest.actions(LicenseAction.class).toList()) {
                    writeLicence(fmri, licence, out);
                  }
                }));
    return freshness.keep(response, Freshness.YEAR);
  }

  private static String facts(Fmri fmri, Manifest manifest) {
    Version version = fmri.requireVersion();
    String release = version.release().toString();
    String human = manifest.value("pkg.human-version").orElse(release);
    StringBuilder out = new StringBuilder();
    line(out, "Name", fmri.stem());
    line(
        out,
        "Summary",
        manifest.value("pkg.summary").or(() -> manifest.value("description")).orElse(""));
    line(out, "Publisher", String.valueOf(fmri.publisher()));
    line(out, "Version", human.equals(release) ? release : release + " (" + human + ")");
    line(out, "Build Release", String.valueOf(version.build()));
    line(out, "Branch", version.branch() == null ? "None" : String.valueOf(version.branch()));
    line(out, "Packaging Date", version.instant().map(InfoOperation::date).orElse("None"));
    line(out, "Size", size(sum(manifest, "pkg.size")));
    line(out, "Compressed Size", size(sum(manifest, "pkg.csize")));
    line(out, "FMRI", fmri.toString());
    return out.toString();
  }

  private static void line(StringBuilder out, String label, String value) {
    out.append(" ".repeat(15 - label.length())).append(label).append(": ").append(value);
    out.append('\n');
  }

  private static String date(Instant when) {
    return DATE.format(when);
  }

  private static long sum(Manifest manifest, String attribute) {
    long sum = 0;
    for (Action action : manifest.actions()) {
      String value = action.type().hasPayload() ? action.attributes().get(attribute, "") : "";
      sum += value.matches("[0-9]{1,18}") ? Long.parseLong(value) : 0;
    }
    return sum;
  }

  private static String size(long bytes) {
    double amount = bytes;
    int unit = 0;
    while (amount >= 1024 && unit < UNITS.length - 1) {
      amount /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, "%.2f %s", amount, UNITS[unit]);
  }

  private void writeLicence(Fmri fmri, LicenseAction licence, OutputStream out) throws IOException {
    String payload = licence.payload();
    if (payload == null || !payload.matches("[0-9a-f]{40}")) {
      return;
    }
    try (InputStream in =
        new GZIPInputStream(repository.payload(String.valueOf(fmri.publisher()), payload))) {
      in.transferTo(out);
    } catch (IOException e) {
      throw new StorageException(
          "the licence '" + licence.key() + "' of '" + fmri + "' cannot be sent",
          e.getMessage(),
          List.of(),
          e);
    }
    out.write('\n');
  }
}
