package emblema.store.http;

import emblema.testkit.RawServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The reference's repository as a web server gives it out straight from the disk (spec
 * depot-protocol, section 14); what it must say itself are the recorded answers.
 */
public final class StaticDepot implements RawServer.Answer {
  private static final String VERSIONS =
      """
      pkg-server static
      publisher 0 1
      versions 0
      catalog 1
      file 1
      manifest 0
      status 0
      """;

  private final RecordedDepot recorded = new RecordedDepot();
  private final Path root;

  public StaticDepot() {
    try {
      root = Path.of(Objects.requireNonNull(getClass().getResource("/golden/repo")).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void write(RawServer.Request request, OutputStream out) throws IOException {
    String[] parts = request.target().split("/", 5);
    if (request.target().equals("/versions/0/")) {
      RawServer.send(out, 200, VERSIONS.getBytes(StandardCharsets.UTF_8));
      return;
    }
    if (parts.length < 5) {
      recorded.write(request, out);
      return;
    }
    Path store = root.resolve("publisher").resolve(parts[1]);
    Path file =
        switch (parts[2]) {
          case "catalog" -> store.resolve("catalog").resolve(parts[4]);
          case "file" -> store.resolve("file").resolve(parts[4].substring(0, 2)).resolve(parts[4]);
          case "manifest" -> store.resolve("pkg").resolve(parts[4].replaceFirst("@", "/"));
          default -> root.resolve("none");
        };
    if (Files.isRegularFile(file)) {
      RawServer.send(out, 200, Files.readAllBytes(file));
    } else {
      RawServer.send(out, 404, new byte[0]);
    }
  }
}
