package emblema.image.cli;

import emblema.core.action.LicenseAction;
import emblema.core.error.IntegrityException;
import emblema.core.error.NotFoundException;
import emblema.core.fmri.Fmri;
import emblema.core.hash.Digest;
import emblema.core.io.SafePath;
import emblema.core.manifest.Manifest;
import emblema.core.manifest.ManifestReader;
import emblema.image.image.Endpoint;
import emblema.image.image.Image;
import emblema.image.image.PublisherConfig;
import emblema.image.image.StateEntry;
import emblema.store.origin.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/**
 * Manifests for looking at: the image's own where it has them, else read from an origin and not
 * kept, so that looking changes nothing and needs no rights.
 */
final class ManifestSource implements AutoCloseable {
  private final OpenImage open;
  private final Map<String, Origin> origins = new HashMap<>();

  ManifestSource(OpenImage open) {
    this.open = open;
  }

  Manifest manifest(Fmri fmri) {
    Image image = open.image();
    return image.hasManifest(fmri)
        ? image.manifest(fmri)
        : ManifestReader.read(text(fmri), fmri.toString());
  }

  /** The manifest's text as it was published. */
  String text(Fmri fmri) {
    Image image = open.image();
    if (image.hasManifest(fmri)) {
      return new String(image.manifestBytes(fmri), StandardCharsets.UTF_8);
    }
    Origin origin = origin(fmri);
    byte[] bytes = origin.manifest(fmri);
    String expected = image.state().entry(fmri).map(StateEntry::manifestSha1).orElse("");
    String actual = Digest.SHA1.hex(bytes);
    if (!expected.isEmpty() && !expected.equals(actual)) {
      throw new IntegrityException(
          origin.location() + ": manifest of " + fmri, "SHA-1 of the manifest", expected, actual);
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** The texts of a package's licences, from the image or an origin. */
  List<String> licenses(Fmri fmri) {
    List<String> texts = new ArrayList<>();
    Image image = open.image();
    for (LicenseAction license :
        manifest(fmri)
            .actions(LicenseAction.class)
            .filter(image.config().varcets()::admits)
            .toList()) {
      SafePath file = image.layout().license(fmri.stem(), license.key());
      if (image.hasManifest(fmri) && image.disk().stat(file).isPresent()) {
        texts.add(new String(image.disk().readBytes(file), StandardCharsets.UTF_8));
      } else {
        texts.add(fetched(fmri, license));
      }
    }
    return texts;
  }

  private String fetched(Fmri fmri, LicenseAction license) {
    String sha1 = Objects.requireNonNull(license.payload());
    Origin origin = origin(fmri);
    try (InputStream in =
        new GZIPInputStream(origin.payload(fmri.publisherIfAny().orElse(""), sha1))) {
      byte[] bytes = in.readAllBytes();
      String actual = Digest.SHA1.hex(bytes);
      if (!actual.equals(sha1)) {
        throw new IntegrityException(
            origin.location() + ": " + sha1, "SHA-1 of the content", sha1, actual);
      }
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IntegrityException(
          origin.location() + ": " + sha1,
          "content",
          "a gzip stream",
          String.valueOf(e.getMessage()));
    }
  }

  private Origin origin(Fmri fmri) {
    String prefix = fmri.publisherIfAny().orElse("");
    for (Endpoint endpoint :
        open.image()
            .config()
            .publisher(prefix)
            .map(PublisherConfig::enabledOrigins)
            .orElse(List.of())) {
      return origins.computeIfAbsent(endpoint.uri(), uri -> open.opener().open(uri));
    }
    throw new NotFoundException(
        "the manifest of '"
            + fmri
            + "' is not in the image, and publisher '"
            + prefix
            + "' has no origin",
        "'pkg set-publisher -g <origin> " + prefix + "' adds one");
  }

  @Override
  public void close() {
    origins.values().forEach(Origin::close);
  }
}
