package emblema.depot.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.core.error.UsageException;
import emblema.depot.hosting.StaticSite;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the configuration and says how to start the server. */
final class DepotConfigCommand implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of("write a web server's configuration that serves repositories")
        .list("-d", "[prefix=]dir", "a repository, served below /prefix/ or at the root")
        .value("-r", "dir", "where the configuration and its documents are written")
        .choice("-t", "server", List.of("nginx", "apache2"), "the web server; default nginx")
        .value("-a -h", "host", "where the server listens; default everywhere")
        .value("-p", "port", "default 80")
        .value("-l", "dir", "the server's logs; default 'log' below that of -r")
        .value("-P", "prefix", "a first part of all addresses")
        .flag("-F", "write a fragment to be included in a server's configuration")
        .section(
            "SERVING",
            """
            The web server serves catalogs, manifests and files from the repositories as they \
            are, for reading only, and needs no process of ours: publications are seen at once. \
            Write the configuration again when a publisher was added or its properties changed. \
            Search, package information as text and web pages need 'pkg.depotd'. Repositories \
            must be of version 4.\
            """)
        .section(
            "EXAMPLES",
            """
            pkg.depot-config -d main=/export/main -d extra=/export/extra -r /var/lib/depot -p 8080
            nginx -c /var/lib/depot/nginx.conf\
            """);
  }

  @Override
  public int run(Arguments arguments, Session session) {
    Path runtime = session.resolve(arguments.required("-r")).toAbsolutePath().normalize();
    boolean apache = arguments.value("-t", "nginx").equals("apache2");
    boolean fragment = arguments.has("-F");
    StaticSite.Options options =
        new StaticSite.Options(
            repositories(arguments, session),
            apache ? StaticSite.Server.APACHE : StaticSite.Server.NGINX,
            arguments.value("-a", ""),
            port(arguments),
            runtime,
            arguments.value("-l").map(session::resolve).orElse(runtime.resolve("log")),
            arguments.value("-P", ""),
            fragment);
    Path file = new StaticSite(options, session.clock()).write();
    session.out().line(file.toString());
    if (!fragment) {
      session.err().line("start it with: " + (apache ? "apache2 -f " : "nginx -c ") + file);
    }
    return 0;
  }

  private static Map<String, Path> repositories(Arguments arguments, Session session) {
    Map<String, Path> repositories = new LinkedHashMap<>();
    for (String given : arguments.values("-d")) {
      int equals = given.indexOf('=');
      String prefix = equals < 0 ? "" : given.substring(0, equals);
      Path path = session.resolve(given.substring(equals + 1));
      if (repositories.putIfAbsent(prefix, path) != null) {
        throw new UsageException(
            "two repositories cannot both be served "
                + (prefix.isEmpty() ? "at the root" : "below '" + prefix + "'"),
            "write '-d prefix=dir' with a prefix of its own for each");
      }
    }
    if (repositories.isEmpty()) {
      throw new UsageException("no repository is named", "name one with '-d dir'");
    }
    return repositories;
  }

  private static int port(Arguments arguments) {
    String text = arguments.value("-p", "80");
    int port = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
    if (port < 1 || port > 65_535) {
      throw arguments.invalid("-p", "a port from 1 to 65535");
    }
    return port;
  }
}
