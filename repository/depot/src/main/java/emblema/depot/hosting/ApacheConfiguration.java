package emblema.depot.hosting;

import java.util.List;

/**
 * The configuration of Apache: rewriting to files. Manifests are found by the request as it was
 * sent, as {@link NginxConfiguration} says.
 */
final class ApacheConfiguration {
  private final StaticSite.Options options;
  private final List<HostedRepository> repositories;
  private final StringBuilder out = new StringBuilder(8192);

  ApacheConfiguration(StaticSite.Options options, List<HostedRepository> repositories) {
    this.options = options;
    this.repositories = repositories;
  }

  String text() {
    line("# written by pkg.depot-config; read-only package repositories without a depot");
    if (options.fragment()) {
      line("# include this file in a server or virtual host; needs mod_rewrite and mod_headers");
    } else {
      for (String module : List.of("mpm_event", "authz_core", "dir", "headers", "rewrite")) {
        line("<IfModule !" + module + "_module>");
        line("LoadModule " + module + "_module ${EMBLEMA_APACHE_MODULES}/mod_" + module + ".so");
        line("</IfModule>");
      }
      line("ServerRoot \"" + options.runtime() + "\"");
      line("PidFile \"" + options.runtime() + "/httpd.pid\"");
      line("ServerName " + (options.host().isEmpty() ? "localhost" : options.host()));
      line("Listen " + (options.host().isEmpty() ? "" : options.host() + ":") + options.port());
      line("ErrorLog \"" + options.logs() + "/error_log\"");
      line("LogFormat \"%h %l %u %t \\\"%r\\\" %>s %b\" common");
      line("DocumentRoot \"" + options.runtime() + "/htdocs\"");
      line("ServerTokens Prod");
      line("<Directory />");
      line("AllowOverride None");
      line("Require all denied");
      line("</Directory>");
    }
    line("AllowEncodedSlashes NoDecode");
    line("RewriteEngine on");
    line("RewriteCond %{REQUEST_METHOD} !^(GET|HEAD)$");
    line("RewriteRule \"^" + base() + "\" - [F,END]");
    directory(options.runtime() + "/htdocs");
    repositories.forEach(this::repository);
    rule(
        base() + "(?:[^/]+/){0,2}versions/0/?$",
        options.runtime() + "/htdocs/versions/0/index.html",
        "text/plain",
        "EMBLEMA:SHORT");
    line("RewriteRule \"^" + base() + "\" - [R=404,END]");
    header("FILE", "must-revalidate, no-transform, max-age=31536000");
    header("DAY", "must-revalidate, no-transform, max-age=86400");
    header("FRESH", "no-cache");
    header("SHORT", "must-revalidate, no-transform, max-age=300");
    return out.toString();
  }

  private String base() {
    return options.below().isEmpty()
        ? "/"
        : "/" + HostedRepository.quoted(options.below().replaceAll("/+$", "")) + "/";
  }

  private void repository(HostedRepository repository) {
    directory(repository.directory());
    String base =
        base()
            + (repository.prefix().isEmpty()
                ? ""
                : HostedRepository.quoted(repository.prefix()) + "/");
    String publishers = repository.publisherPattern();
    String stored = repository.directory();
    manifest(base + "(" + publishers + ")/", stored + "/%1/pkg/%2/%3", base);
    repository
        .usual()
        .ifPresent(usual -> manifest(base + "()", stored + "/" + usual + "/pkg/%2/%3", base));
    rule(
        base + "(" + publishers + ")/file/[01]/([0-9a-f][0-9a-f])([0-9a-f]+)$",
        stored + "/$1/file/$2/$2$3",
        "application/data",
        "EMBLEMA:FILE");
    for (String publisher : repository.publishers()) {
      line("RewriteCond \"" + stored + "/" + publisher + "/file/$1/$1$2\" -f");
      rule(
          base + "file/[01]/([0-9a-f][0-9a-f])([0-9a-f]+)$",
          stored + "/" + publisher + "/file/$1/$1$2",
          "application/data",
          "EMBLEMA:FILE");
    }
    catalog(base + "(" + publishers + ")/", stored + "/$1/catalog/$2");
    repository
        .usual()
        .ifPresent(usual -> catalog(base + "()", stored + "/" + usual + "/catalog/$2"));
    String documents =
        options.runtime()
            + "/htdocs/"
            + (repository.prefix().isEmpty() ? "_root" : repository.prefix());
    rule(
        base + "((?:(?:" + publishers + ")/)?)publisher/[01]/?$",
        documents + "/$1publisher/1/index.html",
        "application/vnd.pkg5.info",
        "EMBLEMA:SHORT");
    rule(
        base + "(?:(?:" + publishers + ")/)?status/0/?$",
        documents + "/status/0/index.html",
        "application/json",
        "EMBLEMA:SHORT");
  }

  /** {@code THE_REQUEST} is the request line before anything of it was decoded. */
  private void manifest(String before, String file, String base) {
    line(
        "RewriteCond %{THE_REQUEST} \"^(?:GET|HEAD) "
            + before
            + "manifest/0/([A-Za-z0-9%][^@/? ]*)@([0-9][^@/? ]*) \"");
    rule(base + "(?:[^/]+/)?manifest/0/", file, "text/plain", "EMBLEMA:FILE");
  }

  private void catalog(String before, String file) {
    rule(before + "catalog/1/(catalog\\.attrs)$", file, "text/plain", "EMBLEMA:FRESH");
    rule(
        before + "catalog/1/((?:catalog|update)\\.[A-Za-z0-9._-]+)$",
        file,
        "text/plain",
        "EMBLEMA:DAY");
  }

  private void rule(String pattern, String file, String type, String marked) {
    line("RewriteRule \"^" + pattern + "\" \"" + file + "\" [END,T=" + type + ",E=" + marked + "]");
  }

  private void header(String mark, String value) {
    line("Header set Cache-Control \"" + value + "\" \"expr=env('EMBLEMA') == '" + mark + "'\"");
  }

  private void directory(String path) {
    line("<Directory \"" + path + "\">");
    line("AllowOverride None");
    line("Options None");
    line("Require all granted");
    line("</Directory>");
  }

  private void line(String text) {
    out.append(text).append('\n');
  }
}
