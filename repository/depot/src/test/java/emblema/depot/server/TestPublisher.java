package emblema.depot.server;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.core.hash.Digest;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** A publisher as the protocol describes one, on one connection that it keeps. */
final class TestPublisher implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;

  TestPublisher(int port) throws IOException {
    socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout(60_000);
    in = new BufferedInputStream(socket.getInputStream());
  }

  static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    }
    return out.toByteArray();
  }

  RawResponse send(String method, String path, byte[] body, String... headers) throws IOException {
    StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: x\r\n");
    if (method.equals("POST")) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    List.of(headers).forEach(header -> head.append(header).append("\r\n"));
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    request.writeBytes(body);
    socket.getOutputStream().write(request.toByteArray());
    socket.getOutputStream().flush();
    return RawResponse.read(in, method.equals("HEAD"));
  }

  /**
   * Publishes one package.
   *
   * @param contents path to content
   * @return its full name
   */
  String publish(String name, Map<String, String> contents) throws IOException {
    String id = open(name);
    upload(id, contents);
    return close(id);
  }

  String open(String name) throws IOException {
    String encoded = name.replace("/", "%2F").replace("@", "%40").replace(":", "%3A");
    return done(send("GET", "/open/0/" + encoded, new byte[0], "Client-Release: 5.11"))
        .header("transaction-id");
  }

  void upload(String id, Map<String, String> contents) throws IOException {
    StringBuilder manifest = new StringBuilder();
    for (var each : contents.entrySet()) {
      byte[] content = each.getValue().getBytes(StandardCharsets.UTF_8);
      String sha1 = Digest.SHA1.hex(content);
      byte[] stored = gzip(content);
      if (send("HEAD", "/file/2/" + sha1, new byte[0]).status() != 200) {
        done(send("POST", "/file/1/" + id, stored, "X-IPkg-SetAttr0: basename=" + sha1));
      }
      manifest.append("file ").append(sha1).append(" path=").append(each.getKey());
      manifest.append(" owner=root group=bin mode=0644\n");
    }
    byte[] text = manifest.toString().getBytes(StandardCharsets.UTF_8);
    done(send("POST", "/manifest/1/" + id, gzip(text)));
  }

  String close(String id) throws IOException {
    RawResponse closed = done(send("GET", "/close/0/" + id, new byte[0]));
    assertThat(closed.header("state")).isEqualTo("PUBLISHED");
    return closed.header("package-fmri");
  }

  private static RawResponse done(RawResponse response) {
    assertThat(response.status()).as(response.text()).isEqualTo(200);
    return response;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
