package emblema.store.check;

import emblema.core.error.NotFoundException;
import emblema.core.error.StorageException;
import emblema.core.error.UntrustedException;
import emblema.core.event.Event;
import emblema.core.event.EventSink;
import emblema.core.fmri.Fmri;
import emblema.core.io.RealDisk;
import emblema.core.io.SafePath;
import emblema.core.manifest.Manifest;
import emblema.core.manifest.SignedText;
import emblema.core.sign.PackageVerifier;
import emblema.core.sign.RevocationSource;
import emblema.core.sign.SignaturePolicy;
import emblema.core.sign.Trust;
import emblema.core.sign.TrustAnchors;
import emblema.store.file.PublisherStore;
import emblema.store.file.RepositoryConfiguration;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPInputStream;

/**
 * Verifies signatures as a repository's properties say (spec signing, section 6): against its
 * {@code trust-anchor-directory}. Where that does not exist only the values are checked, and a
 * warning says so: packages are not to be called bad, and by a repair moved away, because this
 * machine trusts nobody. Names that {@code signature-required-names} lists must be seen, and
 * revocation lists are asked where {@code check-certificate-revocation} says so.
 */
final class TrustedSignatures implements SignatureCheck {
  private static final int LARGEST_CERTIFICATE = 1 << 20;

  private final Optional<Trust> trust;
  private final SignaturePolicy policy;
  private final String place;
  private final EventSink events;
  private final AtomicBoolean warned = new AtomicBoolean();

  private TrustedSignatures(
      Optional<Trust> trust, SignaturePolicy policy, String place, EventSink events) {
    this.trust = trust;
    this.policy = policy;
    this.place = place;
    this.events = events;
  }

  /**
   * @param lists asked only if the repository wants it
   */
  static TrustedSignatures of(
      RepositoryConfiguration configuration, RevocationSource lists, EventSink events) {
    String place =
        configuration.valuesOf("repository", "trust-anchor-directory").stream()
            .findFirst()
            .filter(text -> !text.isEmpty())
            .orElse("/etc/ssl/pkg/");
    Path directory = Path.of(place);
    if (!Files.isDirectory(directory)) {
      return new TrustedSignatures(Optional.empty(), SignaturePolicy.VERIFY, place, events);
    }
    try (RealDisk disk = RealDisk.open(directory)) {
      Trust trust = Trust.in(TrustAnchors.read(disk, SafePath.ROOT));
      return new TrustedSignatures(
          Optional.of(asksForLists(configuration) ? trust.asking(lists) : trust),
          policy(configuration),
          place,
          events);
    }
  }

  private static boolean asksForLists(RepositoryConfiguration configuration) {
    return configuration.valuesOf("repository", "check-certificate-revocation").stream()
        .anyMatch(value -> value.equalsIgnoreCase("true"));
  }

  private static SignaturePolicy policy(RepositoryConfiguration configuration) {
    List<String> names =
        configuration.valuesOf("repository", "signature-required-names").stream()
            .filter(name -> !name.isEmpty())
            .toList();
    return names.isEmpty()
        ? SignaturePolicy.VERIFY
        : new SignaturePolicy(SignaturePolicy.Level.REQUIRE_NAMES, new TreeSet<>(names));
  }

  @Override
  public List<String> problems(PublisherStore store, Fmri fmri, Manifest manifest) {
    if (trust.isEmpty() && warned.compareAndSet(false, true)) {
      events.emit(
          new Event.Warning(
              "there is no directory '"
                  + place
                  + "' with trust anchors: whom signatures are by is not checked"));
    }
    PackageVerifier verifier =
        trust
            .map(each -> new PackageVerifier(each, policy, sha1 -> pem(store, sha1)))
            .orElseGet(() -> PackageVerifier.ofValues(sha1 -> pem(store, sha1)));
    return verifier.problems(fmri, SignedText.of(manifest)).stream()
        .map(TrustedSignatures::sentence)
        .toList();
  }

  private static String sentence(UntrustedException problem) {
    String first = problem.detail().map(text -> text.lines().findFirst().orElse("")).orElse("");
    return problem.getMessage() + (first.isEmpty() ? "" : ": " + first);
  }

  private static byte[] pem(PublisherStore store, String sha1) {
    if (!sha1.matches("[0-9a-f]{40}")) {
      throw new NotFoundException("'" + sha1 + "' is not the name of a certificate");
    }
    try (InputStream in = new GZIPInputStream(store.payload(sha1))) {
      return in.readNBytes(LARGEST_CERTIFICATE);
    } catch (IOException e) {
      throw new StorageException(
          "the certificate '" + sha1 + "' cannot be read", e.getMessage(), List.of(), e);
    }
  }
}
