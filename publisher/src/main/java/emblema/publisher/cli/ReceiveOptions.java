package emblema.publisher.cli;

import emblema.cli.Arguments;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.core.error.UsageException;
import emblema.publisher.receive.Receiving;
import emblema.publisher.receive.VersionChoice;
import emblema.store.address.Repositories;
import emblema.store.address.RepositoryAddress;
import emblema.store.http.Access;
import emblema.store.http.HttpSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The options of {@code pkgrecv}. */
record ReceiveOptions(Arguments arguments, Session session) {
  private static final String RESUMING =
      """
      A run that was interrupted is simply run again: packages that the destination has are passed over, and
      with -c payloads that were downloaded before are not downloaded again. Whatever is found in the cache is
      verified first.\
      """;

  static Syntax syntax() {
    return Syntax.of("receive packages from a repository into another, an archive or files")
        .value("-s", "source", "where from: a path, an archive, a file:// or http:// address")
        .value("-d", "dest", "where to: a repository, with -a a new file, with --raw a directory")
        .flag("-a", "write a package archive")
        .flag("--raw", "write directories with manifests and payloads")
        .flag("-k", "with --raw, leave payloads compressed")
        .choice(
            "-m",
            "match",
            List.of("all-timestamps", "all-versions", "latest"),
            "which of the matching packages; all if not given")
        .flag("-n", "say what would be done, and do nothing")
        .flag("-v", "say how much there is to do, and list the packages")
        .flag("-r", "also receive what the packages depend on")
        .value("-c", "dir", "keep downloads here, for the next run too")
        .list(
            "--mog-file", "file", "change the manifests by pkgmogrify rules; '-' is standard input")
        .flag("--newest", "list the newest version of each package, and receive nothing")
        .flag("--clone", "make the destination an exact copy, with catalogs and logs")
        .list("-p", "publisher", "with --clone, copy this publisher; '*' means all")
        .value("--key", "file", "private key for the source, for https:// addresses")
        .value("--cert", "file", "certificate for the source, for https:// addresses")
        .value("--dkey", "file", "private key for the destination")
        .value("--dcert", "file", "certificate for the destination")
        .list("-D", "name=value", "accepted and ignored")
        .excludes("-a", "--raw")
        .excludes("--clone", "--raw")
        .excludes("--clone", "-a")
        .excludes("--clone", "--newest")
        .excludes("--clone", "--mog-file")
        .excludes("--clone", "-c")
        .needs("-p", "--clone")
        .operands("pattern", 0)
        .section("Interruptions", RESUMING);
  }

  Receiving receiving() {
    String source =
        arguments
            .value("-s")
            .or(() -> session.environment("PKG_SRC"))
            .orElseThrow(() -> new UsageException("a source repository must be given with -s"));
    Optional<Path> cache = arguments.value("-c").map(session::resolve);
    cache.ifPresent(DirectoryMaker::require);
    return new Receiving(repositories(), source, access("--key", "--cert"), cache, session.clock());
  }

  private Repositories repositories() {
    return new Repositories(
        session.directory(), HttpSettings.of(session.program(), session.environment()));
  }

  private Access access(String key, String certificate) {
    return Access.of(
        arguments.value(key).map(session::resolve),
        arguments.value(certificate).map(session::resolve));
  }

  String destination() {
    return arguments
        .value("-d")
        .or(() -> session.environment("PKG_DEST"))
        .orElseThrow(() -> new UsageException("a destination must be given with -d"));
  }

  Receiving.Target target() {
    String address = destination();
    if (!arguments.has("-a") && !arguments.has("--raw")) {
      return new Receiving.Target.Repository(address, access("--dkey", "--dcert"));
    }
    if (!(repositories().address(address) instanceof RepositoryAddress.Local local)) {
      throw new UsageException("with -a and --raw the destination is a path");
    }
    if (arguments.has("-a")) {
      return new Receiving.Target.Archive(local.path());
    }
    if (!arguments.has("-n")) {
      DirectoryMaker.require(local.path());
    }
    return new Receiving.Target.Raw(local.path(), arguments.has("-k"));
  }

  VersionChoice versions() {
    return switch (arguments.value("-m", "all-timestamps")) {
      case "latest" -> VersionChoice.LATEST;
      case "all-versions" -> VersionChoice.ALL_VERSIONS;
      default -> VersionChoice.ALL_TIMESTAMPS;
    };
  }
}
