package emblema.depot.hosting;

import java.util.List;

/**
 * The configuration of nginx. Manifests are found by the address as it was sent: their files are
 * named in the same percent-encoding as clients use, and nginx decodes what its locations see.
 */
final class NginxConfiguration {
  private static final String YEAR = "must-revalidate, no-transform, max-age=31536000";
  private static final String DAY = "must-revalidate, no-transform, max-age=86400";

  private final StaticSite.Options options;
  private final List<HostedRepository> repositories;
  private final StringBuilder out = new StringBuilder(8192);

  NginxConfiguration(StaticSite.Options options, List<HostedRepository> repositories) {
    this.options = options;
    this.repositories = repositories;
  }

  String text() {
    line("# written by pkg.depot-config; read-only package repositories without a depot");
    if (options.fragment()) {
      line("# include this file in a server block");
      server();
    } else {
      line("worker_processes auto;");
      line("pid \"" + options.runtime() + "/nginx.pid\";");
      line("error_log \"" + options.logs() + "/error_log\";");
      line("events { worker_connections 4096; }");
      line("http {");
      line("access_log \"" + options.logs() + "/access_log\" combined;");
      for (String name : List.of("fastcgi", "uwsgi", "scgi", "proxy")) {
        line(name + "_temp_path \"" + options.runtime() + "/temporary/" + name + "\";");
      }
      line("client_body_temp_path \"" + options.runtime() + "/temporary/body\";");
      line("sendfile on;");
      line("tcp_nopush on;");
      line("keepalive_requests 100000;");
      line("server_tokens off;");
      line("types { }");
      line("gzip on;");
      line("gzip_types text/plain;");
      line("gzip_min_length 1000;");
      line("server {");
      String host = options.host().isEmpty() ? "" : options.host() + ":";
      line("listen " + host + options.port() + ";");
      server();
      line("location / { return 404; }");
      line("}");
      line("}");
    }
    return out.toString();
  }

  private void server() {
    int number = 0;
    for (HostedRepository repository : repositories) {
      repository(repository, number++);
    }
    location("^" + base() + "(?:[^/]+/){0,2}versions/0/?$");
    served("text/plain", "must-revalidate, no-transform, max-age=300");
    document("/versions/0/index.html");
  }

  /** The beginning of all addresses. */
  private String base() {
    return options.below().isEmpty()
        ? "/"
        : "/" + HostedRepository.quoted(options.below().replaceAll("/+$", "")) + "/";
  }

  private void repository(HostedRepository repository, int number) {
    String base =
        base()
            + (repository.prefix().isEmpty()
                ? ""
                : HostedRepository.quoted(repository.prefix()) + "/");
    String publishers = repository.publisherPattern();
    String manifest = "$emblema_manifest_" + number;
    line("set " + manifest + " \"/missing\";");
    manifest(
        number,
        base + "(?<emblema_publisher_" + number + ">" + publishers + ")/",
        "$emblema_publisher_" + number);
    repository.usual().ifPresent(usual -> manifest(number, base, usual));

    location("^" + base + "(?:(?:" + publishers + ")/)?manifest/0/");
    served("text/plain", YEAR);
    fromRepository(repository, manifest);

    location("^" + base + "(" + publishers + ")/file/[01]/([0-9a-f][0-9a-f])([0-9a-f]+)$");
    served("application/data", YEAR);
    fromRepository(repository, "/$1/file/$2/$2$3");

    location("^" + base + "file/[01]/([0-9a-f][0-9a-f])([0-9a-f]+)$");
    served("application/data", YEAR);
    StringBuilder everywhere = new StringBuilder();
    repository
        .publishers()
        .forEach(each -> everywhere.append("/").append(each).append("/file/$1/$1$2 "));
    fromRepository(repository, everywhere.isEmpty() ? "/missing" : everywhere.toString().strip());

    catalog(repository, base + "(" + publishers + ")/", "/$1/catalog/$2");
    repository
        .usual()
        .ifPresent(usual -> catalog(repository, base + "()", "/" + usual + "/catalog/$2"));

    String documents = "/" + (repository.prefix().isEmpty() ? "_root" : repository.prefix());
    location("^" + base + "((?:(?:" + publishers + ")/)?)publisher/[01]/?$");
    served("application/vnd.pkg5.info", "must-revalidate, no-transform, max-age=14400");
    document(documents + "/$1publisher/1/index.html");
    location("^" + base + "(?:(?:" + publishers + ")/)?status/0/?$");
    served("application/json; charset=utf-8", "must-revalidate, no-transform, max-age=300");
    document(documents + "/status/0/index.html");
  }

  /** Named parts are taken as they are; nginx would encode numbered ones once more. */
  private void manifest(int number, String before, String publisher) {
    line(
        "if ($request_uri ~ \"^"
            + before
            + "manifest/0/(?<emblema_name_"
            + number
            + ">[A-Za-z0-9%][^@/?]*)@(?<emblema_version_"
            + number
            + ">[0-9][^@/?]*)$\") {");
    line(
        "set $emblema_manifest_"
            + number
            + " \"/"
            + publisher
            + "/pkg/$emblema_name_"
            + number
            + "/$emblema_version_"
            + number
            + "\";");
    line("}");
  }

  private void catalog(HostedRepository repository, String before, String file) {
    location("^" + before + "catalog/1/(catalog\\.attrs)$");
    served("text/plain", "no-cache");
    fromRepository(repository, file);
    location("^" + before + "catalog/1/((?:catalog|update)\\.[A-Za-z0-9._-]+)$");
    served("text/plain", DAY);
    fromRepository(repository, file);
  }

  private void location(String pattern) {
    line("location ~ \"" + pattern + "\" {");
  }

  private void served(String type, String caching) {
    line("limit_except GET { deny all; }");
    line("types { }");
    line("default_type \"" + type + "\";");
    if (type.equals("text/plain")) {
      line("charset utf-8;");
    }
    line("add_header Cache-Control \"" + caching + "\";");
    line("add_header X-Content-Type-Options nosniff;");
  }

  private void fromRepository(HostedRepository repository, String files) {
    line("root \"" + repository.directory() + "\";");
    line("try_files " + files + " =404;");
    line("}");
  }

  private void document(String file) {
    line("root \"" + options.runtime() + "/htdocs\";");
    line("try_files " + file + " =404;");
    line("}");
  }

  private void line(String text) {
    out.append(text).append('\n');
  }
}
