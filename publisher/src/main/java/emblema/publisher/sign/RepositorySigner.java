package emblema.publisher.sign;

import emblema.core.action.ActionWriter;
import emblema.core.action.SignatureAction;
import emblema.core.error.EmblemaException;
import emblema.core.error.NotFoundException;
import emblema.core.error.UnreachableException;
import emblema.core.fmri.Fmri;
import emblema.core.hash.PayloadFacts;
import emblema.core.hash.PayloadGzip;
import emblema.core.manifest.ManifestReader;
import emblema.core.manifest.SignedText;
import emblema.core.sign.Certificate;
import emblema.core.sign.PackageSigner;
import emblema.core.task.Tasks;
import emblema.store.address.Repositories;
import emblema.store.transaction.Transaction;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Adds one signer's signatures to packages of a repository, wherever it is (spec signing, section
 * 3). Each package is a transaction of its own: it is signed, or as it was.
 */
public final class RepositorySigner {
  private static final int AT_ONCE = 8;

  private final Repositories.Pending repository;
  private final PackageSigner signer;
  private final Options options;
  private final Map<String, StoredCertificate> certificates = new ConcurrentHashMap<>();

  /**
   * How packages are signed.
   *
   * @param trial whether all is done but for changing the repository
   * @param catalogued whether the catalog follows at once
   */
  public record Options(boolean trial, boolean catalogued) {}

  /**
   * A certificate as the repository stores it, or will.
   *
   * @param toSend its gzip stream, if the repository lacks it
   */
  private record StoredCertificate(PayloadFacts facts, Optional<byte[]> toSend) {}

  public RepositorySigner(Repositories.Pending repository, PackageSigner signer, Options options) {
    this.repository = repository;
    this.signer = signer;
    this.options = options;
  }

  /** Signs all that can be signed; what became of each, in the same order. */
  public List<SignedPackage> sign(List<Fmri> packages) {
    return Tasks.inParallel(
        AT_ONCE,
        packages.stream().map(fmri -> (Callable<SignedPackage>) () -> sign(fmri)).toList());
  }

  private SignedPackage sign(Fmri fmri) {
    try {
      String publisher = Objects.requireNonNull(fmri.publisher(), "an FMRI without publisher");
      SignedText.Builder text = new SignedText.Builder();
      ManifestReader.stream(
          new ByteArrayInputStream(repository.repository().manifest(fmri)),
          repository.repository().location() + ": " + fmri,
          text::take);
      SignedText signed = text.build();
      SignatureAction signature =
          signer.sign(signed, certificate -> stored(publisher, certificate).facts());
      if (PackageSigner.isAlreadyIn(signed, signature)) {
        return new SignedPackage.Already(fmri);
      }
      if (!options.trial()) {
        append(fmri, publisher, signature);
      }
      return new SignedPackage.Signed(fmri);
    } catch (EmblemaException e) {
      return new SignedPackage.Failed(fmri, e);
    }
  }

  private void append(Fmri fmri, String publisher, SignatureAction signature) {
    Transaction transaction = repository.transactions().append(fmri);
    try {
      for (Certificate each : signer.certificates()) {
        stored(publisher, each)
            .toSend()
            .ifPresent(gzip -> transaction.upload(each.sha1(), new ByteArrayInputStream(gzip)));
      }
      String line = ActionWriter.write(signature) + "\n";
      transaction.addManifest(new ByteArrayInputStream(line.getBytes(StandardCharsets.UTF_8)));
      Fmri ignored = transaction.close(options.catalogued());
    } catch (EmblemaException e) {
      abandon(transaction, e);
      throw e;
    }
  }

  private static void abandon(Transaction transaction, EmblemaException reason) {
    try {
      transaction.abandon();
    } catch (EmblemaException e) {
      reason.addSuppressed(e);
    }
  }

  /** The signature covers the stored form, so that which is there counts. */
  private StoredCertificate stored(String publisher, Certificate certificate) {
    return certificates.computeIfAbsent(
        publisher + " " + certificate.sha1(), key -> look(publisher, certificate));
  }

  private StoredCertificate look(String publisher, Certificate certificate) {
    try (InputStream in = repository.repository().payload(publisher, certificate.sha1())) {
      return new StoredCertificate(PayloadGzip.facts(in), Optional.empty());
    } catch (NotFoundException e) {
      return compressed(certificate);
    } catch (IOException e) {
      throw new UnreachableException(
          "the certificate '" + certificate.sha1() + "' cannot be read from the repository",
          e.getMessage(),
          List.of("try 'pkgrepo verify' on it"),
          e);
    }
  }

  private static StoredCertificate compressed(Certificate certificate) {
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try {
      PayloadFacts facts = PayloadGzip.writeByZlib(certificate.pem(), gzip);
      return new StoredCertificate(facts, Optional.of(gzip.toByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
