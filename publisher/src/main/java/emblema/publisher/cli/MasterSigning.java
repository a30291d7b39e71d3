package emblema.publisher.cli;

import emblema.cli.Arguments;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.core.error.UsageException;
import emblema.core.fmri.Fmri;
import emblema.core.sign.PackageSigner;
import emblema.core.sign.SignatureAlgorithm;
import emblema.publisher.sign.RepositorySigner;
import emblema.publisher.sign.SignedPackage;
import emblema.publisher.sign.SigningFiles;
import emblema.store.address.Repositories;
import emblema.store.http.Access;
import emblema.store.http.HttpSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Signs what a release published, when it is published (spec master-image-diff, section 12). Key
 * and certificate are read before anything is planned.
 */
final class MasterSigning {
  static final List<String> OPTIONS = List.of("--sign-key", "--sign-cert", "--sign-chain");

  private final Optional<PackageSigner> signer;
  private final Arguments arguments;
  private final Session session;

  MasterSigning(Arguments arguments, Session session) {
    this.arguments = arguments;
    this.session = session;
    boolean key = arguments.has("--sign-key");
    if (key != arguments.has("--sign-cert") || (!key && arguments.has("--sign-chain"))) {
      throw new UsageException("options '--sign-key' and '--sign-cert' belong together");
    }
    this.signer = key ? Optional.of(read()) : Optional.empty();
  }

  static Syntax addTo(Syntax syntax) {
    return syntax
        .value("--sign-key", "key", "sign what is published with this private key, PEM")
        .value("--sign-cert", "certificate", "the certificate of the key, PEM")
        .list("--sign-chain", "certificate", "one that leads from there to a trust anchor");
  }

  private PackageSigner read() {
    SigningFiles files =
        new SigningFiles(
            session.resolve(arguments.required("--sign-key")),
            session.resolve(arguments.required("--sign-cert")),
            arguments.values("--sign-chain").stream().map(session::resolve).toList());
    return new PackageSigner(SignatureAlgorithm.RSA_SHA256, Optional.of(files.read()));
  }

  /** Does nothing without a key; partial failure if some packages stay unsigned. */
  void sign(List<Fmri> published) {
    if (signer.isEmpty()) {
      return;
    }
    Repositories repositories =
        new Repositories(
            session.directory(), HttpSettings.of(session.program(), session.environment()));
    Access access = Access.of(Optional.empty(), Optional.empty());
    try (Repositories.Pending pending =
        repositories.pending(arguments.required("-s"), access, session.clock(), session.events())) {
      List<SignedPackage.Failed> failed = new ArrayList<>();
      RepositorySigner.Options options = new RepositorySigner.Options(false, true);
      for (SignedPackage each :
          new RepositorySigner(pending, signer.get(), options).sign(published)) {
        if (each instanceof SignedPackage.Failed one) {
          failed.add(one);
        }
      }
      if (!failed.isEmpty()) {
        session.warn("the release is published; sign the rest with 'pkgsign'");
        SigningOptions.fail(failed, true);
      }
    }
  }
}
