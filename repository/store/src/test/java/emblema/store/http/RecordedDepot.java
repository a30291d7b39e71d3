package emblema.store.http;

import emblema.testkit.RawServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Answers with the very bytes that the reference's depot sent when it was asked the same; other
 * publishers' paths and what was never asked get its answer for what does not exist. What {@link
 * #also} adds comes from the repository it served.
 */
final class RecordedDepot implements RawServer.Answer {
  static final String PUBLISHER = "alpha.example";

  private final Map<String, byte[]> answers = new HashMap<>();
  private final Map<String, byte[]> byNumber = new HashMap<>();

  RecordedDepot() {
    Path directory;
    try {
      directory = Path.of(Objects.requireNonNull(getClass().getResource("/golden/http")).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
    try (var files = Files.list(directory)) {
      for (Path request : files.sorted().toList()) {
        String name = request.getFileName().toString();
        if (name.endsWith(".request")) {
          String first = Files.readString(request, StandardCharsets.ISO_8859_1).split("\r\n", 2)[0];
          String[] words = first.split(" ");
          byte[] response =
              Files.readAllBytes(directory.resolve(name.replace(".request", ".response")));
          boolean isPart = name.contains("range") || name.contains("gzip");
          byNumber.put(name.replace(".request", ""), response);
          answers.put((isPart ? name + " " : "") + words[0] + " " + words[1], response);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The recorded answer of the given number and name, for example {@code 033-file1-range}. */
  byte[] named(String name) {
    return Objects.requireNonNull(byNumber.get(name), name);
  }

  /** Answers a target that was not recorded with a body. */
  RecordedDepot also(String target, byte[] body) {
    String head =
        "HTTP/1.1 200 OK\r\nContent-Length: " + body.length + "\r\nConnection: close\r\n\r\n";
    byte[] headBytes = head.getBytes(StandardCharsets.ISO_8859_1);
    byte[] answer = new byte[headBytes.length + body.length];
    System.arraycopy(headBytes, 0, answer, 0, headBytes.length);
    System.arraycopy(body, 0, answer, headBytes.length, body.length);
    answers.put("GET " + target, answer);
    return this;
  }

  @Override
  public void write(RawServer.Request request, OutputStream out) throws IOException {
    for (String target : spellings(request.target())) {
      byte[] answer = answers.get(request.method() + " " + target);
      if (answer != null) {
        out.write(answer);
        return;
      }
    }
    RawServer.send(out, 404, new byte[0]);
  }

  private static List<String> spellings(String target) {
    String bare = target.replaceFirst("^/" + PUBLISHER + "/", "/");
    return List.of(target, bare, target + "/");
  }
}
