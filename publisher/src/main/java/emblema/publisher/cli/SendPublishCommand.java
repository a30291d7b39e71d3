package emblema.publisher.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.core.fmri.Fmri;
import emblema.core.manifest.Manifest;
import emblema.publisher.bundle.OpenBundles;
import emblema.publisher.send.PayloadSearch;
import emblema.publisher.send.SourceManifest;
import emblema.store.publication.Publication;
import emblema.store.publication.PublicationOptions;

/** {@code pkgsend publish}: one package from manifests and the files they name. */
final class SendPublishCommand implements Command {
  @Override
  public Syntax syntax() {
    return SendTarget.addTo(Syntax.of("publish a package from manifests, or from standard input"))
        .list("-d", "dir", "look for payloads here; may be repeated")
        .list("-b", "bundle", "look for payloads in this tree or archive, after all -d")
        .list("-T", "pattern", "keep the modification times of files with such a base name")
        .value("--timestamp", "time", "publish with this timestamp, YYYYMMDDTHHMMSSZ")
        .flag("--no-catalog", "leave the catalog as it is; 'pkgrepo refresh' adds the package")
        .flag("--no-index", "accepted and ignored")
        .flag("--fmri-in-manifest", "accepted and ignored")
        .operands("manifest", 0);
  }

  @Override
  public int run(Arguments arguments, Session session) {
    SendTarget target = SendTarget.of(arguments, session);
    Manifest manifest = SendSources.manifest(arguments.operands(), session);
    Fmri fmri =
        SourceManifest.fmri(
            manifest,
            session.globals().values("-D").contains("allow-timestamp"),
            arguments.value("--timestamp").orElse(null));
    PublicationOptions options =
        PublicationOptions.of(session.clock()).withEvents(session.events());
    if (arguments.has("--no-catalog")) {
      options = options.withoutCatalog();
    }
    try (OpenBundles bundles =
        OpenBundles.open(
            arguments.values("-b").stream().map(session.directory()::resolve).toList(),
            SendSources.plainOptions(session))) {
      PayloadSearch search =
          new PayloadSearch(
              session.directory(),
              SendSources.directories(arguments.values("-d"), session),
              bundles.all(),
              arguments.values("-T"));
      Manifest complete = search.prepare(manifest);
      try (Publication publication = target.publish(options)) {
        publication.add(fmri, complete, search);
        publication.commit().forEach(published -> target.tellPublished(published.toString()));
      }
    }
    return 0;
  }
}
