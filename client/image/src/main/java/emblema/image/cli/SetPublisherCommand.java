package emblema.image.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.core.error.UsageException;
import emblema.image.image.ImageConfig;
import emblema.image.image.PublisherChange;
import emblema.image.image.PublisherConfig;
import emblema.image.trust.CertificateChange;
import java.util.List;

/** Adds a publisher or changes what the image knows about it (spec client-cli, section 4.19). */
final class SetPublisherCommand implements Command {
  private static final String[] NOT_WITH_P = {
    "-g", "-G", "-m", "-M", "-O", "-e", "-d", "--no-refresh", "--reset-uuid"
  };

  @Override
  public Syntax syntax() {
    Syntax syntax =
        Syntax.of("add a publisher, or change one")
            .flag("-P --search-first", "search this publisher first")
            .value("--search-before", "publisher", "search it just before another")
            .value("--search-after", "publisher", "search it just after another")
            .flag("-e --enable", "use the publisher")
            .flag("-d --disable", "do not use the publisher")
            .value("-c", "file", "client certificate, a PEM file; the image keeps a copy")
            .value("-k", "file", "client key, a PEM file; the image keeps a copy")
            .value("-O --origin-uri", "uri", "replace all origins by this one")
            .list("-g --add-origin", "uri", "add an origin")
            .list("-G --remove-origin", "uri", "remove an origin; '*' removes all")
            .list("-m --add-mirror", "uri", "add a mirror")
            .list("-M --remove-mirror", "uri", "remove a mirror; '*' removes all")
            .value("-p", "repo_uri", "learn the publishers and their origins from a repository")
            .flag("--no-refresh", "do not fetch the publisher's catalog")
            .flag("--refresh", "fetch the publisher's catalog; the default")
            .flag("--reset-uuid", "choose a new client identifier")
            .flag("--sticky", "never replace its packages by those of others")
            .flag("--non-sticky", "let other publishers replace its packages")
            .list("--set-property", "name=value", "set a property of the publisher")
            .list("--add-property-value", "name=value", "add a value to a property")
            .list("--remove-property-value", "name=value", "remove a value from a property")
            .list("--unset-property", "name", "unset a property")
            .list("--approve-ca-cert", "file", "trust this authority for the publisher's packages")
            .list(
                "--revoke-ca-cert",
                "hash",
                "do not trust anything that this certificate vouches for")
            .list("--unset-ca-cert", "hash", "neither approve nor revoke this certificate")
            .value("--proxy", "uri", "use a proxy for the origins and mirrors that are added")
            .flag("-v", "tell more")
            .operands("publisher", 0)
            .excludes("-P", "--search-before", "--search-after")
            .excludes("-e", "-d")
            .excludes("--sticky", "--non-sticky")
            .excludes("--refresh", "--no-refresh")
            .excludes("-O", "-g")
            .excludes("-O", "-G")
            .needs("--proxy", "-g", "-G", "-m", "-M", "-p");
    for (String option : NOT_WITH_P) {
      syntax.excludes("-p", option);
    }
    return syntax;
  }

  @Override
  public int run(Arguments arguments, Session session) {
    try (OpenImage open = OpenImage.of(session)) {
      return arguments.has("-p")
          ? new PublisherAutoConfiguration(open, session, arguments).run()
          : change(open, session, arguments);
    }
  }

  private static int change(OpenImage open, Session session, Arguments arguments) {
    List<String> operands = arguments.operands();
    if (operands.size() != 1) {
      throw new UsageException(
          operands.isEmpty() ? "requires a publisher name" : "only one publisher may be named");
    }
    String prefix = operands.getFirst();
    boolean isNew = open.image().config().publisher(prefix).isEmpty();
    PublisherRequest request = new PublisherRequest(arguments, OpenImage.origins(session));
    PublisherChange change = request.change(prefix, open.now());
    CertificateChange certificates = CertificateOptions.change(arguments, session);
    if (isNew && change.addOrigins().isEmpty() && change.onlyOrigin() == null) {
      throw new UsageException(
          "publisher '" + prefix + "' is new and needs an origin",
          "add one with -g, or learn it from the repository with -p");
    }
    return open.change(
        isNew ? "add-publisher" : "update-publisher",
        operation -> {
          ImageConfig before = open.image().config();
          ImageConfig after =
              ClientKeys.of(arguments, session)
                  .storedFor(
                      change.applyTo(before, PublisherRequest.newUuid(open.now())),
                      prefix,
                      open.image());
          certificates.store(open.image(), prefix);
          after = CertificateOptions.applied(certificates, after, prefix);
          PublisherUpdate update = new PublisherUpdate(open, session.events());
          boolean fetches =
              !arguments.has("--no-refresh")
                  && needsRefresh(before.publisher(prefix).orElse(null), after, prefix);
          update.save(after, fetches ? List.of(prefix) : List.of());
          return 0;
        });
  }

  /** Whether there is something new to learn: origins were added or the publisher came back. */
  private static boolean needsRefresh(
      @org.jspecify.annotations.Nullable PublisherConfig before, ImageConfig after, String prefix) {
    PublisherConfig now = after.publisher(prefix).orElseThrow();
    return now.isEnabled()
        && (before == null
            || !before.isEnabled()
            || !before.enabledOrigins().containsAll(now.enabledOrigins()));
  }
}
