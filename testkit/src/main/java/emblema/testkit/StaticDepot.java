package emblema.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A repository directory as a web server gives it out straight from the disk, without a depot (spec
 * depot-protocol, section 14).
 *
 * @param root of a repository of version 4
 */
public record StaticDepot(Path root) implements RawServer.Answer {
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

  @Override
  public void write(RawServer.Request request, OutputStream out) throws IOException {
    String target = request.target();
    if (target.equals("/versions/0/")) {
      RawServer.send(out, 200, VERSIONS.getBytes(StandardCharsets.UTF_8));
    } else if (target.equals("/publisher/0/")) {
      RawServer.send(out, 200, publishers().getBytes(StandardCharsets.UTF_8));
    } else {
      Path file = file(target.split("/", 5));
      if (Files.isRegularFile(file)) {
        RawServer.send(out, 200, Files.readAllBytes(file));
      } else {
        RawServer.send(out, 404, new byte[0]);
      }
    }
  }

  private String publishers() throws IOException {
    try (var names = Files.list(root.resolve("publisher"))) {
      List<String> sorted = names.map(path -> path.getFileName().toString()).sorted().toList();
      return sorted.stream()
          .map("{\"name\":\"%s\",\"packages\":[],\"repositories\":[]}"::formatted)
          .collect(
              Collectors.joining(",", "{\"packages\":[],\"publishers\":[", "],\"version\":1}"));
    }
  }

  private Path file(String[] parts) {
    Path none = root.resolve("none");
    if (parts.length < 5) {
      return none;
    }
    Path store = root.resolve("publisher").resolve(parts[1]);
    return switch (parts[2]) {
      case "catalog" -> store.resolve("catalog").resolve(parts[4]);
      case "file" -> store.resolve("file").resolve(parts[4].substring(0, 2)).resolve(parts[4]);
      case "manifest" -> store.resolve("pkg").resolve(parts[4].replaceFirst("@", "/"));
      default -> none;
    };
  }
}
