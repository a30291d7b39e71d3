package emblema.image.cli;

import emblema.cli.Output;
import emblema.cli.Session;
import emblema.image.image.Endpoint;
import emblema.image.image.Image;
import emblema.image.image.OriginCatalogs;
import emblema.image.image.PublisherConfig;
import emblema.image.trust.CertificateChange;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;

/** Everything about one publisher, a line a fact. */
final class PublisherDetails {
  private final Image image;
  private final Output out;
  private final ZoneId zone;

  PublisherDetails(Image image, Session session) {
    this.image = image;
    this.out = session.out();
    this.zone = session.clock().getZone();
  }

  void print(PublisherConfig publisher) {
    out.line();
    line("Publisher", publisher.prefix());
    line("Alias", publisher.alias());
    for (Endpoint origin : publisher.origins()) {
      line("Origin URI", origin.uri());
      line("Origin Status", status(origin));
      credentials(publisher, origin);
    }
    for (Endpoint mirror : publisher.mirrors()) {
      line("Mirror URI", mirror.uri());
      line("Mirror Status", status(mirror));
      credentials(publisher, mirror);
    }
    line("Client UUID", publisher.uuid());
    updated(publisher);
    lines("Approved CAs", CertificateChange.approved(publisher));
    lines("Revoked CAs", CertificateChange.revoked(publisher));
    line("Publisher enabled", publisher.isEnabled() ? "Yes" : "No");
    if (!publisher.properties().isEmpty()) {
      out.line(" ".repeat(11) + "Properties:");
      publisher
          .properties()
          .forEach((name, value) -> out.line(" ".repeat(23) + name + " = " + value));
    }
  }

  private void credentials(PublisherConfig publisher, Endpoint endpoint) {
    if (!endpoint.proxy().isEmpty()) {
      line("Proxy", endpoint.proxy());
    }
    line("SSL Key", publisher.sslKey().isEmpty() ? "None" : publisher.sslKey());
    line("SSL Cert", publisher.sslCertificate().isEmpty() ? "None" : publisher.sslCertificate());
  }

  /** The newest of what was learnt from any origin. */
  private void updated(PublisherConfig publisher) {
    OriginCatalogs copies = new OriginCatalogs(image);
    publisher.origins().stream()
        .map(origin -> copies.lastModified(publisher.prefix(), origin.uri()).orElse(null))
        .filter(Objects::nonNull)
        .max(Instant::compareTo)
        .ifPresent(when -> line("Catalog Updated", Dates.asctime(when, zone)));
  }

  private static String status(Endpoint endpoint) {
    return endpoint.enabled() ? "Online" : "Disabled";
  }

  private void lines(String label, List<String> values) {
    for (int i = 0; i < values.size(); i++) {
      line(i == 0 ? label : "", values.get(i));
    }
  }

  private void line(String label, String value) {
    out.line(" ".repeat(21 - label.length()) + label + ": " + value);
  }
}
