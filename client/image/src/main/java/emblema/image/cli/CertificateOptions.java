package emblema.image.cli;

import emblema.cli.Arguments;
import emblema.cli.Session;
import emblema.core.error.StorageException;
import emblema.core.error.UsageException;
import emblema.core.sign.Certificate;
import emblema.image.image.ImageConfig;
import emblema.image.image.PublisherConfig;
import emblema.image.trust.CertificateChange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The options of {@code set-publisher} about certificates of authorities. */
final class CertificateOptions {
  private CertificateOptions() {}

  static CertificateChange change(Arguments arguments, Session session) {
    return new CertificateChange(
        arguments.values("--approve-ca-cert").stream()
            .map(file -> read(session.resolve(file)))
            .toList(),
        arguments.values("--revoke-ca-cert"),
        arguments.values("--unset-ca-cert"));
  }

  private static Certificate read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new UsageException("'" + file + "' was expected to be a certificate but isn't a file");
    }
    try {
      return Certificate.read(Files.readAllBytes(file), file.toString());
    } catch (IOException e) {
      throw new StorageException(
          "the certificate '" + file + "' cannot be read", e.getMessage(), List.of(), e);
    }
  }

  static ImageConfig applied(CertificateChange change, ImageConfig config, String prefix) {
    if (change.isEmpty()) {
      return config;
    }
    PublisherConfig publisher = config.publisher(prefix).orElseThrow();
    return config.withPublisher(change.applyTo(publisher));
  }
}
