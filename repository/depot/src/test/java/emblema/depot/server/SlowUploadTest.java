package emblema.depot.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A client that sends the body of an upload a byte at a time, which no idle timeout notices. */
class SlowUploadTest {
  @TempDir Path directory;

  private TestDepot depot() throws IOException {
    ServerOptions usual = ServerOptions.local();
    return new TestDepot(
        TestDepot.goldenRepository(directory),
        TestDepot.OPTIONS,
        new ServerOptions(
            usual.addresses(),
            0,
            Optional.empty(),
            usual.idle(),
            usual.headers(),
            1 << 20,
            Duration.ofMillis(500),
            usual.largestUpload(),
            usual.connections(),
            usual.grace()),
        InstantSource.system());
  }

  /** The answer to an upload that drips until there is one; its status, or 0 if it was cut off. */
  private static RawResponse drip(TestDepot depot, String id) throws IOException {
    String head =
        "POST /file/1/"
            + id
            + " HTTP/1.1\r\nHost: x\r\nX-IPkg-SetAttr0: basename="
            + "a".repeat(40)
            + "\r\nContent-Length: 100000000\r\n\r\n";
    try (Socket socket = depot.connect()) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      socket.setSoTimeout(20);
      while (true) {
        socket.getOutputStream().write('x');
        in.mark(1);
        try {
          if (in.read() >= 0) {
            in.reset();
            socket.setSoTimeout(60_000);
            return RawResponse.read(in, false);
          }
          throw new EOFException();
        } catch (SocketTimeoutException e) {
          // no answer yet
        }
      }
    }
  }

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void isToldThatItIsTooSlowAndLeavesNothing() throws Exception {
    try (TestDepot depot = depot()) {
      String id = depot.get("/open/0/a%401", "Client-Release: 5.11").header("transaction-id");
      try {
        RawResponse response = drip(depot, id);
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.text()).contains("came too slowly");
      } catch (EOFException | SocketException e) {
        // cut off while it went on sending: as good, if nothing is left
      }
      Path transaction = directory.resolve("repo/publisher/alpha.example/trans").resolve(id);
      while (names(transaction) > 1) {
        Thread.sleep(20);
      }
      assertThat(transaction.toFile().list()).containsExactly("manifest");
      assertThat(depot.get("/close/0/" + id).header("state")).isEqualTo("PUBLISHED");
    }
  }

  private static long names(Path directory) throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.count();
    }
  }
}
