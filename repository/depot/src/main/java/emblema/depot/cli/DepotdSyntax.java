package emblema.depot.cli;

import emblema.cli.Syntax;

/** The options of {@code pkg.depotd}; those of the reference keep their names. */
final class DepotdSyntax {
  private DepotdSyntax() {}

  static Syntax make() {
    return Syntax.of("serve a package repository over HTTP")
        .value("-d --inst-root", "dir", "the repository; default: the variable PKG_REPO")
        .list("-a --address", "address", "where to listen; may be repeated; default 127.0.0.1")
        .value("-p --port", "port", "default 80, or 443 with TLS; 0 takes any that is free")
        .value("-s --threads", "n", "connections at once; default 4096")
        .value("-t --socket-timeout", "seconds", "how long a connection may be silent; default 60")
        .flag("--readonly", "take no publications")
        .flag("--mirror", "serve only files, for clients that have the catalog from elsewhere")
        .flag("--rebuild", "make the catalogs again from the manifests first")
        .flag("--add-content", "add manifests that no catalog has first")
        .flag("--refresh-index", "bring the search index up to date first")
        .flag("--exit-ready", "stop as soon as the depot could serve: a test of its setup")
        .list("--disable-ops", "op[/version]", "operations not to serve; commas part several")
        .list("--set-property", "section/property=value", "set a property of the repository")
        .value("--cfg", "file", "set the properties that this file has, too")
        .value("--ssl-cert-file", "file", "the server's certificate and its issuers', PEM")
        .value("--ssl-key-file", "file", "the server's private key, PEM")
        .value("--ssl-dialog", "how", "ask for the key's pass phrase: builtin or exec:/PROGRAM")
        .value("--client-ca", "file", "issuers of client certificates that may publish, PEM")
        .flag("--require-client-certificate", "ask one of readers too")
        .value("--token-file", "file", "secrets that may publish, one a line")
        .value("--max-upload", "bytes", "the longest body of a request; default 16 GiB")
        .value("--stop-timeout", "seconds", "how long a stop waits for requests; default 30")
        .value("--content-root", "dir", "pages and files of the site, beside our pages")
        .value("--writable-root", "dir", "where a repository that is read-only has its index")
        .value("--sort-file-max-size", "bytes", "accepted and ignored: the index sorts no files")
        .value("--proxy-base", "url", "what this depot is called in pages")
        .value("--log-access", "where", "none, stdout, stderr or a file; default none")
        .value("--log-errors", "where", "none, stdout, stderr or a file; default stderr")
        .needs("--ssl-cert-file", "--ssl-key-file")
        .needs("--ssl-key-file", "--ssl-cert-file")
        .needs("--ssl-dialog", "--ssl-key-file")
        .needs("--client-ca", "--ssl-cert-file")
        .needs("--require-client-certificate", "--client-ca")
        .section(
            "PUBLISHING",
            """
            A depot that listens on loopback addresses only takes publications of anybody on this \
            machine. As soon as it listens elsewhere, it takes none, unless --token-file or \
            --client-ca say who may publish; then everybody must show a token (Authorization: \
            Bearer TOKEN, or a password in the address) or a certificate. Reading is always open, \
            unless --require-client-certificate is given.\
            """)
        .section(
            "STOPPING",
            """
            SIGTERM and SIGINT stop the depot: it accepts no more requests and waits for those \
            that are being answered. A publication that is open stays open on disk, and goes on \
            with the next depot, or with pkgsend on the repository itself.\
            """)
        .section(
            "ADDRESSES",
            """
            Beside the operations of the protocol, /metrics has counters for Prometheus, and \
            /health says ok while the repository can be read. Files below --content-root \
            (default: the variable PKG_DEPOT_CONTENT), or below its directory 'web' if it has \
            one, are served under their own names, 'index.html' for directories; one at the top \
            takes the place of our first page, which is at /ui/, too. No link is followed, \
            names that begin with a dot are not served, and neither are the reference's templates \
            (.shtml).\
            """);
  }
}
