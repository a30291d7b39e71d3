package emblema.image.cli;

import emblema.core.action.LicenseAction;
import emblema.core.event.EventSink;
import emblema.core.fmri.Fmri;
import emblema.core.io.SafePath;
import emblema.core.manifest.Manifest;
import emblema.core.manifest.ManifestReader;
import emblema.image.image.Image;
import emblema.image.transport.Payload;
import emblema.image.transport.Transport;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Manifests for looking at: the image's own where it has them, else read from an origin and not
 * kept, so that looking changes nothing and needs no rights.
 */
final class ManifestSource implements AutoCloseable {
  private final OpenImage open;
  private final Transport transport;

  ManifestSource(OpenImage open) {
    this(open, List.of());
  }

  /**
   * @param temporary addresses of origins that are asked before those of the image
   */
  ManifestSource(OpenImage open, List<String> temporary) {
    this.open = open;
    this.transport = open.transport(EventSink.QUIET, temporary);
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
    return new String(transport.manifest(fmri), StandardCharsets.UTF_8);
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
    Payload payload = new Payload(fmri.publisherIfAny().orElse(""), license);
    return new String(transport.content(payload), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    transport.close();
  }
}
