package emblema.image.trust;

import emblema.core.error.AccessException;
import emblema.core.error.NotFoundException;
import emblema.core.error.StorageException;
import emblema.core.error.UntrustedException;
import emblema.core.error.UntrustedException.Reason;
import emblema.core.hash.Digest;
import emblema.core.io.AtomicFile;
import emblema.core.io.Disk;
import emblema.core.io.Durability;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.core.sign.Certificate;
import emblema.core.sign.CertificateSource;
import emblema.image.image.Image;
import emblema.image.image.PublisherConfig;
import emblema.image.image.Trees;
import emblema.image.transport.Transport;
import java.util.List;
import java.util.Optional;

/**
 * A publisher's certificates, below {@code publisher/<prefix>/certs} by their SHA-1: what its
 * origins gave, verified, and what the administrator approved.
 */
record PublisherCertificates(Image image, String prefix, Transport transport)
    implements CertificateSource {

  @Override
  public byte[] pem(String sha1) {
    Optional<byte[]> known = stored(sha1);
    if (known.isPresent()) {
      return known.get();
    }
    byte[] pem = transport.certificate(prefix, sha1);
    try {
      store(image, prefix, sha1, pem);
    } catch (AccessException | StorageException e) {
      return pem; // whoever only looks need not be able to write
    }
    return pem;
  }

  /** What lies in the image, unless it is damaged: then it is fetched again. */
  private Optional<byte[]> stored(String sha1) {
    if (!sha1.matches("[0-9a-f]{40}")) {
      throw new NotFoundException("'" + sha1 + "' is not the name of a certificate");
    }
    SafePath file = image.layout().certificates(prefix).resolve(sha1);
    Disk disk = image.disk();
    return disk.stat(file).filter(Stat::isFile).isPresent()
        ? Optional.of(disk.readBytes(file)).filter(pem -> Digest.SHA1.hex(pem).equals(sha1))
        : Optional.empty();
  }

  /** Nothing is lost with it that could not be fetched again, but for approved ones. */
  static void store(Image image, String prefix, String sha1, byte[] pem) {
    SafePath directory = image.layout().certificates(prefix);
    Trees.make(image.disk(), directory);
    AtomicFile.write(image.disk(), directory.resolve(sha1), 0644, pem, Durability.FULL);
  }

  /** The certificates that the administrator trusts like anchors. */
  List<Certificate> approved(PublisherConfig publisher) {
    return CertificateChange.approved(publisher).stream().map(this::approved).toList();
  }

  private Certificate approved(String sha1) {
    byte[] pem =
        stored(sha1)
            .orElseThrow(
                () ->
                    new UntrustedException(
                        Reason.MISSING_CERTIFICATE,
                        "the approved certificate '"
                            + sha1
                            + "' of publisher '"
                            + prefix
                            + "' is missing or damaged",
                        image.disk().describe(image.layout().certificates(prefix).resolve(sha1)),
                        List.of(
                            "approve it again with 'pkg set-publisher --approve-ca-cert FILE "
                                + prefix
                                + "', or forget it with --unset-ca-cert")));
    return Certificate.read(pem, sha1);
  }
}
