package emblema.store.address;

import emblema.core.error.MalformedException;
import emblema.core.fmri.PercentEncoding;
import emblema.core.fmri.PublisherUrl;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Where a repository is: a directory or an archive of this machine, or a depot (spec fmri-version,
 * section 10.2; depot-protocol, section 13).
 */
public sealed interface RepositoryAddress {

  /** A directory or an archive. */
  record Local(Path path) implements RepositoryAddress {
    @Override
    public String text() {
      String uri = path.toUri().toString().replaceFirst("^file:/*", "file:///");
      return uri.endsWith("/") ? uri : uri + "/";
    }
  }

  /** A depot; with a slash at its end. */
  record Remote(String text) implements RepositoryAddress {}

  /** As configurations hold it: a URI with a slash at its end. */
  String text();

  /**
   * What a user typed: {@code http:}, {@code https:} and {@code file:} addresses, and paths. As the
   * reference does, {@code file://repo} is taken as a relative path.
   *
   * @param directory against which relative paths are resolved
   */
  static RepositoryAddress parse(String typed, Path directory) {
    String scheme = scheme(typed);
    return switch (scheme) {
      case "http", "https" ->
          new Remote(PublisherUrl.stored(scheme + typed.substring(scheme.length())));
      case "file" -> {
        String rest = typed.substring("file:".length());
        String path = PercentEncoding.decode(rest.startsWith("//") ? rest.substring(2) : rest);
        yield local(path.isEmpty() ? "/" : path, directory);
      }
      case "" -> {
        if (typed.isEmpty()) {
          throw new MalformedException("a repository's address must not be empty");
        }
        yield local(typed, directory);
      }
      default ->
          throw new MalformedException(
              "'" + typed + "' is not the address of a repository",
              "write a path, file:///path, http://host/ or https://host/");
    };
  }

  private static RepositoryAddress local(String path, Path directory) {
    try {
      return new Local(directory.resolve(path).toAbsolutePath().normalize());
    } catch (java.nio.file.InvalidPathException e) {
      throw new MalformedException("'" + path + "' is not a path: " + e.getReason());
    }
  }

  private static String scheme(String typed) {
    int colon = typed.indexOf(':');
    int slash = typed.indexOf('/');
    return colon > 1 && (slash < 0 || colon < slash)
        ? typed.substring(0, colon).toLowerCase(Locale.ROOT)
        : "";
  }
}
