package emblema.publisher.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.core.error.UsageException;
import emblema.core.fmri.Fmri;
import emblema.core.fmri.FmriPattern;
import emblema.core.sign.PackageSigner;
import emblema.publisher.sign.RepositorySigner;
import emblema.publisher.sign.SignedPackage;
import emblema.store.address.Repositories;
import emblema.store.catalog.CatalogEntry;
import emblema.store.http.Access;
import emblema.store.http.HttpSettings;
import java.util.ArrayList;
import java.util.List;

/** {@code pkgsign}: adds signatures to published packages. */
final class SignCommand implements Command {
  private static final String SIGNATURES =
      """
      A signature covers everything that a manifest says, its name and timestamp too; publishing a package again
      ends it. Certificates are stored in the repository beside the package. A package that bears the very same
      signature is passed over in silence. Clients that have a manifest keep it: sign before anybody installs.

      Key and certificate must belong together. A certificate given with -i that nobody in the chain was
      issued by, or one that is out of date, is warned of. Whether clients will trust the chain they alone know.\
      """;

  @Override
  public Syntax syntax() {
    return Syntax.of("add signatures to published packages")
        .value("-s", "repository", "the repository: a path or an address; otherwise PKG_REPO")
        .value(
            "-a",
            "algorithm",
            "rsa-sha256 (with a key), rsa-sha384, rsa-sha512; sha256 (without), sha384, sha512")
        .value("-k", "key", "private key, PEM without pass phrase")
        .value("-c", "certificate", "the certificate of the key, PEM")
        .list("-i", "certificate", "one that leads from there to a trust anchor; may be repeated")
        .flag("-n", "only say what would be signed")
        .flag("--sign-all", "sign all packages, as '*' does")
        .flag("--no-catalog", "leave the catalog as it is")
        .flag("--no-index", "accepted and ignored")
        .value("--dkey", "file", "private key of the client, for https:// addresses")
        .value("--dcert", "file", "certificate of the client, for https:// addresses")
        .operands("fmri_pattern", 0)
        .section("Signatures", SIGNATURES);
  }

  @Override
  public int run(Arguments arguments, Session session) {
    String address =
        arguments
            .value("-s")
            .or(() -> session.environment("PKG_REPO"))
            .orElseThrow(() -> new UsageException("a repository must be provided"));
    PackageSigner signer = SigningOptions.signer(arguments, session);
    List<String> typed = new ArrayList<>(arguments.operands());
    if (arguments.has("--sign-all")) {
      typed.add("*");
    }
    if (typed.isEmpty()) {
      throw new UsageException("at least one fmri or pattern must be provided to sign");
    }
    List<FmriPattern> patterns = typed.stream().map(FmriPattern::parse).toList();
    Repositories repositories =
        new Repositories(
            session.directory(), HttpSettings.of(session.program(), session.environment()));
    Access access =
        Access.of(
            arguments.value("--dkey").map(session::resolve),
            arguments.value("--dcert").map(session::resolve));
    try (Repositories.Pending repository =
        repositories.pending(address, access, session.clock(), session.events())) {
      List<Fmri> packages = chosen(repository, patterns);
      return report(
          new RepositorySigner(
                  repository,
                  signer,
                  new RepositorySigner.Options(arguments.has("-n"), !arguments.has("--no-catalog")))
              .sign(packages),
          session);
    }
  }

  private static List<Fmri> chosen(Repositories.Pending repository, List<FmriPattern> patterns) {
    UnmatchedPatterns unmatched = new UnmatchedPatterns(patterns);
    List<Fmri> chosen = new ArrayList<>();
    for (String publisher : repository.repository().publishers()) {
      PackageChoice.choose(
              repository.repository().catalog(publisher), patterns, unmatched.matched())
          .stream()
          .map(CatalogEntry::fmri)
          .forEach(chosen::add);
    }
    unmatched.requireAll();
    return chosen;
  }

  private static int report(List<SignedPackage> results, Session session) {
    List<SignedPackage.Failed> failed = new ArrayList<>();
    boolean some = false;
    for (SignedPackage result : results) {
      switch (result) {
        case SignedPackage.Signed signed -> {
          some = true;
          session.out().line("Signed " + shown(signed.fmri()));
        }
        case SignedPackage.Already ignored -> {}
        case SignedPackage.Failed each -> failed.add(each);
      }
    }
    if (failed.isEmpty()) {
      return 0;
    }
    return SigningOptions.fail(failed, some);
  }

  static String shown(Fmri fmri) {
    return fmri.stemWithPublisher() + "@" + fmri.requireVersion().toStringWithoutBuild();
  }
}
