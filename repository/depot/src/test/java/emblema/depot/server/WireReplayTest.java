package emblema.depot.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the reference's commands said to the reference's depot, said to ours byte by byte on
 * connections that are kept: the same statuses, and the same bytes of all that is stored.
 */
class WireReplayTest {
  /** In the order in which they ran. */
  private static final List<String> COMMANDS =
      List.of(
          "image-create",
          "refresh",
          "refresh-full",
          "install",
          "install-signed",
          "update",
          "info-r",
          "contents-r",
          "uninstall",
          "pkgrepo-info",
          "pkgrepo-list",
          "pkgrepo-contents",
          "pkgsend-publish",
          "pkgsend-publish2",
          "pkgsend-open",
          "pkgsend-add",
          "pkgsend-close",
          "pkgrecv",
          "pkgsign");

  @TempDir Path directory;
  private final Map<String, String> renamed = new HashMap<>();

  @Test
  void servesTheRealClients() throws IOException {
    int replayed = 0;
    try (TestDepot depot = TestDepot.of(TestDepot.goldenRepository(directory))) {
      for (String command : COMMANDS) {
        try (Stream<Path> files = Files.list(TestDepot.golden("wire/" + command))) {
          for (Path file :
              files.filter(each -> each.toString().endsWith(".request")).sorted().toList()) {
            replayed += replay(depot, command, file);
          }
        }
      }
      assertThat(depot.log).isEmpty();
      assertThat(depot.get("/alpha.example/catalog/1/catalog.base.C").text())
          .contains("\"tools/gone\"")
          .contains("\"http/trans\"");
    }
    assertThat(replayed).isGreaterThan(150);
  }

  private int replay(TestDepot depot, String command, Path file) throws IOException {
    List<byte[]> requests = requests(Files.readAllBytes(file));
    byte[] responses =
        Files.readAllBytes(
            file.resolveSibling(file.getFileName().toString().replace("request", "response")));
    InputStream expected = new ByteArrayInputStream(responses);
    try (Socket socket = depot.connect()) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      for (byte[] request : requests) {
        boolean head = request[0] == 'H';
        RawResponse then = RawResponse.read(expected, head);
        socket.getOutputStream().write(replaced(request));
        socket.getOutputStream().flush();
        compare(command + " " + firstLine(request), then, RawResponse.read(in, head));
      }
    }
    return requests.size();
  }

  private void compare(String what, RawResponse then, RawResponse now) {
    assertThat(now.status()).as(what + "\n" + now.text()).isEqualTo(then.status());
    for (String header : List.of("transaction-id", "package-fmri")) {
      if (!then.header(header).isEmpty()) {
        renamed.put(then.header(header), now.header(header));
      }
    }
    assertThat(now.header("state")).as(what).isEqualTo(then.header("state"));
    if (what.contains("/file/") || what.contains("/manifest/0")) {
      assertThat(now.body()).as(what).isEqualTo(then.body());
      assertThat(now.header("x-ipkg-attr-0")).as(what).isEqualTo(then.header("x-ipkg-attr-0"));
    }
  }

  private static String firstLine(byte[] request) {
    return new String(request, StandardCharsets.ISO_8859_1).lines().findFirst().orElse("");
  }

  private byte[] replaced(byte[] request) {
    String text = new String(request, StandardCharsets.ISO_8859_1);
    for (var each : renamed.entrySet()) {
      text = text.replace(each.getKey(), each.getValue());
    }
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The requests of one connection, one behind the other. */
  private static List<byte[]> requests(byte[] stream) {
    List<byte[]> requests = new ArrayList<>();
    String text = new String(stream, StandardCharsets.ISO_8859_1);
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf("\r\n\r\n", start) + 4;
      int length = 0;
      for (String line : text.substring(start, end).split("\r\n", -1)) {
        if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
          length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
        }
      }
      ByteArrayOutputStream request = new ByteArrayOutputStream();
      request.write(stream, start, end - start + length);
      requests.add(request.toByteArray());
      start = end + length;
    }
    return requests;
  }
}
