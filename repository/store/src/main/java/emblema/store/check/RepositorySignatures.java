package emblema.store.check;

import emblema.core.fmri.Fmri;
import emblema.core.io.Disk;
import emblema.core.io.RealDisk;
import emblema.core.io.SafePath;
import emblema.core.manifest.Manifest;
import emblema.core.manifest.SignedText;
import emblema.core.sign.PackageVerifier;
import emblema.core.sign.SignaturePolicy;
import emblema.core.sign.Trust;
import emblema.core.sign.TrustAnchors;
import emblema.store.file.FileRepository;
import emblema.store.file.PublisherStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Signatures by the repository's own properties (spec signing, section 6): every signature that is
 * understood must hold, down to an anchor in its trust anchor directory. Revocation lists are not
 * asked for.
 */
public final class RepositorySignatures implements SignatureCheck {
  private final Trust trust;

  private RepositorySignatures(Trust trust) {
    this.trust = trust;
  }

  /** Reads the anchors; where the directory does not exist there are none. */
  public static RepositorySignatures of(FileRepository repository) {
    Path directory =
        repository
            .root()
            .resolve(
                repository
                    .configuration()
                    .valuesOf("repository", "trust-anchor-directory")
                    .getFirst());
    if (!Files.isDirectory(directory)) {
      TrustAnchors none = TrustAnchors.of(List.of(), directory.toString());
      return new RepositorySignatures(Trust.in(none));
    }
    try (Disk disk = RealDisk.open(directory)) {
      return new RepositorySignatures(Trust.in(TrustAnchors.read(disk, SafePath.ROOT)));
    }
  }

  @Override
  public List<String> problems(PublisherStore store, Fmri fmri, Manifest manifest) {
    PackageVerifier verifier =
        new PackageVerifier(trust, SignaturePolicy.VERIFY, sha1 -> content(store, sha1));
    List<String> problems = new ArrayList<>();
    verifier
        .problems(fmri, SignedText.of(manifest))
        .forEach(
            problem ->
                problems.add(
                    problem.getMessage() + problem.detail().map(d -> ": " + d).orElse("")));
    return problems;
  }

  private static byte[] content(PublisherStore store, String sha1) {
    try (InputStream in = new GZIPInputStream(store.payload(sha1))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
