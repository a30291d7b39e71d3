package emblema.publisher.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.core.error.NotFoundException;
import emblema.core.fmri.Fmri;
import emblema.core.manifest.Manifest;
import emblema.core.manifest.ManifestReader;
import emblema.publisher.send.PayloadSearch;
import emblema.publisher.send.SourceManifest;
import emblema.store.file.FileRepository;
import emblema.store.publication.Publication;
import emblema.store.publication.PublicationOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code pkgsend publish}: one package from manifests and the files they name. */
final class SendPublishCommand implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of("publish a package from manifests, or from standard input")
        .value("-s", "repository", "where to publish: a path or a file:// address")
        .list("-d", "dir", "look for payloads here; may be repeated")
        .list("-b", "bundle", "look for payloads in this tree, after all -d")
        .list("-T", "pattern", "keep the modification times of files with such a base name")
        .value("--timestamp", "time", "publish with this timestamp, YYYYMMDDTHHMMSSZ")
        .flag("--no-catalog", "leave the catalog as it is; 'pkgrepo refresh' adds the package")
        .flag("--no-index", "accepted and ignored")
        .flag("--fmri-in-manifest", "accepted and ignored")
        .value("--key", "file", "accepted and ignored for directories")
        .value("--cert", "file", "accepted and ignored for directories")
        .operands("manifest", 0);
  }

  @Override
  public int run(Arguments arguments, Session session) {
    Path target = SendTarget.path(arguments, session);
    Manifest manifest =
        arguments.operands().isEmpty()
            ? ManifestReader.read(System.in, "standard input")
            : SourceManifest.read(paths(arguments.operands(), session));
    Fmri fmri =
        SourceManifest.fmri(
            manifest,
            session.globals().values("-D").contains("allow-timestamp"),
            arguments.value("--timestamp").orElse(null));
    PayloadSearch search =
        new PayloadSearch(
            session.directory(),
            directories(arguments.values("-d"), session),
            directories(arguments.values("-b"), session),
            arguments.values("-T"));
    Manifest complete = search.prepare(manifest);
    PublicationOptions options =
        PublicationOptions.of(session.clock()).withEvents(session.events());
    if (arguments.has("--no-catalog")) {
      options = options.withoutCatalog();
    }
    try (FileRepository repository = FileRepository.open(target);
        Publication publication = repository.publish(options)) {
      publication.add(fmri, complete, search);
      for (Fmri published : publication.commit()) {
        session.out().line(published.toString());
        session.out().line("PUBLISHED");
      }
    }
    return 0;
  }

  private static List<Path> paths(List<String> operands, Session session) {
    return operands.stream().map(operand -> relative(operand, session)).toList();
  }

  /** As typed where that means the same, so that messages show it so. */
  private static Path relative(String operand, Session session) {
    return session.directory().resolve(operand);
  }

  private static List<Path> directories(List<String> operands, Session session) {
    List<Path> directories = paths(operands, session);
    for (Path directory : directories) {
      if (!Files.isDirectory(directory)) {
        throw new NotFoundException("'" + directory + "' is not a directory");
      }
    }
    return directories;
  }
}
