package emblema.depot.operation;

import emblema.core.error.ConflictException;
import emblema.core.error.MalformedException;
import emblema.core.fmri.PercentEncoding;
import emblema.core.io.Disk;
import emblema.core.io.RealDisk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.store.file.StoredFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A site's own pages and files (spec depot-protocol, section 10): whatever lies below one
 * directory, at the addresses that are none of an operation. Nothing outside of it: no link below
 * it is followed, and what begins with a dot or is a template of the reference ({@code .shtml}) is
 * not there.
 */
public final class ContentFiles implements Pages, AutoCloseable {
  private static final String INDEX = "index.html";
  private static final String UNKNOWN = "application/octet-stream";

  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("htm", "text/html; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("mjs", "text/javascript; charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("txt", "text/plain; charset=utf-8"),
          Map.entry("md", "text/plain; charset=utf-8"),
          Map.entry("asc", "text/plain; charset=utf-8"),
          Map.entry("pem", "application/x-pem-file"),
          Map.entry("crl", "application/pkix-crl"),
          Map.entry("xml", "application/xml"),
          Map.entry("atom", "application/atom+xml"),
          Map.entry("p5i", "application/vnd.pkg5.info"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("jpg", "image/jpeg"),
          Map.entry("jpeg", "image/jpeg"),
          Map.entry("gif", "image/gif"),
          Map.entry("webp", "image/webp"),
          Map.entry("ico", "image/vnd.microsoft.icon"),
          Map.entry("woff", "font/woff"),
          Map.entry("woff2", "font/woff2"),
          Map.entry("pdf", "application/pdf"));

  private final Disk disk;
  private final Freshness freshness;

  private ContentFiles(Disk disk, Freshness freshness) {
    this.disk = disk;
    this.freshness = freshness;
  }

  /**
   * @param root as the reference has it, with the files in its directory {@code web}; or the files'
   *     directory itself
   * @throws emblema.core.error.NotFoundException if there is no such directory
   */
  public static ContentFiles open(Path root, Freshness freshness) {
    Path web = root.resolve("web");
    return new ContentFiles(RealDisk.open(Files.isDirectory(web) ? web : root), freshness);
  }

  @Override
  public Optional<Response> answer(Request request) {
    if (request.isUpload()) {
      return Optional.empty();
    }
    boolean isDirectory = request.path().endsWith("/");
    Optional<SafePath> asked = place(request.path());
    Optional<Stat> stat = asked.flatMap(this::look);
    if (stat.filter(Stat::isDirectory).isPresent()) {
      SafePath index = asked.orElseThrow().resolve(INDEX);
      if (look(index).filter(Stat::isFile).isEmpty()) {
        return Optional.empty();
      }
      return isDirectory ? file(request, index) : Optional.of(redirect(request.path() + "/"));
    }
    return isDirectory || stat.filter(Stat::isFile).isEmpty()
        ? Optional.empty()
        : file(request, asked.orElseThrow());
  }

  /** Nothing where the address cannot be one of a file here. */
  private static Optional<SafePath> place(String path) {
    if (path.equals("/")) {
      return Optional.of(SafePath.ROOT);
    }
    String names = path.substring(1, path.endsWith("/") ? path.length() - 1 : path.length());
    try {
      String decoded =
          Stream.of(names.split("/", -1))
              .map(PercentEncoding::decode)
              .map(ContentFiles::required)
              .collect(Collectors.joining("/"));
      return Optional.of(new SafePath(decoded));
    } catch (MalformedException e) {
      return Optional.empty();
    }
  }

  private static String required(String name) {
    if (name.isEmpty()
        || name.startsWith(".")
        || name.contains("/")
        || name.endsWith(".shtml")
        || name.chars().anyMatch(Character::isISOControl)) {
      throw new MalformedException("'" + name + "' is no name of a file here");
    }
    return name;
  }

  private Optional<Stat> look(SafePath path) {
    try {
      return disk.stat(path);
    } catch (ConflictException e) {
      return Optional.empty(); // a link, or a file where a directory is asked for
    }
  }

  private Optional<Response> file(Request request, SafePath path) {
    return StoredFile.find(disk, path)
        .map(
            file -> {
              Response whole = Response.of(200, type(path.name()), Body.none());
              return Conditions.apply(
                  request, freshness.keep(whole, Freshness.VERSIONS), file, freshness.now());
            });
  }

  private static String type(String name) {
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return TYPES.getOrDefault(ending, UNKNOWN);
  }

  private static Response redirect(String target) {
    return Response.of(301, "text/plain; charset=utf-8", Body.text(target + "\n"))
        .with("Location", target);
  }

  @Override
  public void close() {
    disk.close();
  }
}
