package emblema.publisher.cli;

import emblema.cli.Arguments;
import emblema.cli.Session;
import emblema.core.error.EmblemaException;
import emblema.core.error.PartialException;
import emblema.core.error.UntrustedException;
import emblema.core.error.UsageException;
import emblema.core.sign.Certificate;
import emblema.core.sign.PackageSigner;
import emblema.core.sign.SignatureAlgorithm;
import emblema.publisher.sign.SignedPackage;
import emblema.publisher.sign.SigningFiles;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Who signs and how, as the options of {@code pkgsign} say; and how its failures are told. */
final class SigningOptions {
  private SigningOptions() {}

  static PackageSigner signer(Arguments arguments, Session session) {
    boolean key = arguments.has("-k");
    boolean certificate = arguments.has("-c");
    if (key && !certificate) {
      throw new UsageException(
          "if a key is given to sign with, its associated certificate must be given",
          "add '-c CERTIFICATE'");
    }
    if (certificate && !key) {
      throw new UsageException(
          "if a certificate is given, its associated key must be given", "add '-k KEY'");
    }
    if (arguments.has("-i") && !certificate) {
      throw new UsageException(
          "intermediate certificates are only valid if a key and certificate are also provided");
    }
    SignatureAlgorithm algorithm = algorithm(arguments, key);
    if (!key) {
      return new PackageSigner(algorithm, Optional.empty());
    }
    PackageSigner.Identity identity =
        new SigningFiles(
                session.resolve(arguments.required("-k")),
                session.resolve(arguments.required("-c")),
                arguments.values("-i").stream().map(session::resolve).toList())
            .read();
    warn(identity, session);
    return new PackageSigner(algorithm, Optional.of(identity));
  }

  private static SignatureAlgorithm algorithm(Arguments arguments, boolean key) {
    Optional<String> word = arguments.value("-a");
    if (word.isEmpty()) {
      return key ? SignatureAlgorithm.RSA_SHA256 : SignatureAlgorithm.SHA256;
    }
    SignatureAlgorithm algorithm =
        SignatureAlgorithm.of(word.get())
            .orElseThrow(
                () ->
                    new UsageException(
                        "'" + word.get() + "' is not a recognized signature algorithm",
                        "with a key: rsa-sha256, rsa-sha384, rsa-sha512;"
                            + " without: sha256, sha384, sha512"));
    if (algorithm.isRsa() && !key) {
      throw new UsageException(
          "using '"
              + word.get()
              + "' as the signature algorithm requires that a key and certificate pair be presented"
              + " using the -k and -c options");
    }
    if (!algorithm.isRsa() && key) {
      throw new UsageException(
          "the '" + word.get() + "' hash algorithm does not use a key or certificate",
          "leave out -k and -c, or use 'rsa-" + word.get() + "'");
    }
    return algorithm;
  }

  private static void warn(PackageSigner.Identity identity, Session session) {
    for (Certificate each : identity.unrelated()) {
      session.warn(
          "the certificate '"
              + each.subject()
              + "' issued none of the others: it helps no client to trust the signature");
    }
    Instant now = session.clock().instant();
    List<Certificate> all = new ArrayList<>(identity.chain());
    all.addFirst(identity.certificate());
    for (Certificate each : all) {
      if (now.isBefore(each.notBefore()) || now.isAfter(each.notAfter())) {
        session.warn(
            "the certificate '"
                + each.subject()
                + "' is valid from "
                + each.notBefore()
                + " until "
                + each.notAfter()
                + ", not now");
      }
    }
  }

  /** Ends the command with an error that tells of all that failed. */
  static int fail(List<SignedPackage.Failed> failed, boolean some) {
    EmblemaException first = failed.getFirst().error();
    String details =
        failed.stream().map(SigningOptions::described).collect(Collectors.joining("\n"));
    String message =
        failed.size() == 1
            ? "'" + failed.getFirst().fmri() + "' could not be signed"
            : failed.size() + " packages could not be signed";
    if (some) {
      throw new PartialException(message, details, first.hints(), first);
    }
    if (first instanceof UntrustedException known) {
      throw new UntrustedException(known.reason(), message, details, first.hints());
    }
    throw first; // one that concerns the repository, and so all packages
  }

  private static String described(SignedPackage.Failed failed) {
    String error =
        failed.error().getMessage() + failed.error().detail().map(text -> "\n" + text).orElse("");
    return failed.fmri() + ": " + error;
  }
}
