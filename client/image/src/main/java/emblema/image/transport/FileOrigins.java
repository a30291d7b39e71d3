package emblema.image.transport;

import emblema.core.error.MalformedException;
import emblema.core.error.UnreachableException;
import emblema.store.file.FileRepository;
import emblema.store.origin.Origin;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Locale;

/** Origins in directories of this machine: {@code file:} addresses and plain paths. */
public final class FileOrigins implements OriginOpener {
  private final Path directory;

  /**
   * @param directory against which relative paths are resolved
   */
  public FileOrigins(Path directory) {
    this.directory = directory;
  }

  @Override
  public Origin open(String uri) {
    return FileRepository.open(path(uri));
  }

  /** The address in the form that configurations hold: absolute, with a slash at its end. */
  public String normalize(String typed) {
    String scheme = scheme(typed);
    if (!scheme.isEmpty() && !scheme.equals("file")) {
      return typed.endsWith("/") ? typed : typed + "/";
    }
    String text = path(typed).toUri().toString();
    String plain = text.startsWith("file:///") ? text : text.replaceFirst("^file:/*", "file:///");
    return plain.endsWith("/") ? plain : plain + "/";
  }

  private Path path(String typed) {
    String scheme = scheme(typed);
    if (scheme.isEmpty()) {
      return directory.resolve(typed).toAbsolutePath().normalize();
    }
    if (!scheme.equals("file")) {
      throw new UnreachableException(
          "cannot use the repository '" + typed + "'",
          "this version reads repositories in directories: file:///path or a path");
    }
    String rest = typed.substring("file:".length());
    String path = rest.startsWith("//") ? rest.substring(2) : rest;
    try {
      // The reference takes file://repo as a relative path; so do we.
      String decoded = new URI("file:///" + path).getPath().substring(1);
      return directory.resolve(decoded.isEmpty() ? "/" : decoded).toAbsolutePath().normalize();
    } catch (URISyntaxException e) {
      throw new MalformedException("'" + typed + "' is not an address: " + e.getReason());
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
