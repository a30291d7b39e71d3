package emblema.depot.server;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A response as bytes on the wire. */
record RawResponse(int status, Map<String, String> headers, byte[] body) {

  /** Reads one; {@code EOFException} where the other end closed before it. */
  static RawResponse read(InputStream in, boolean bodiless) throws IOException {
    String[] words = line(in).split(" ", 3);
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int mark = line.indexOf(':');
      headers.put(
          line.substring(0, mark).toLowerCase(Locale.ROOT), line.substring(mark + 1).strip());
    }
    int status = Integer.parseInt(words[1]);
    if (status == 100) {
      return read(in, bodiless);
    }
    return new RawResponse(status, headers, body(in, status, headers, bodiless));
  }

  private static byte[] body(
      InputStream in, int status, Map<String, String> headers, boolean bodiless)
      throws IOException {
    if (bodiless || status == 304 || status == 204) {
      return new byte[0];
    }
    if (headers.getOrDefault("transfer-encoding", "").equals("chunked")) {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      for (int n = Integer.parseInt(line(in), 16); n > 0; n = Integer.parseInt(line(in), 16)) {
        body.writeBytes(in.readNBytes(n));
        line(in);
      }
      line(in);
      return body.toByteArray();
    }
    String length = headers.get("content-length");
    byte[] body = length == null ? in.readAllBytes() : in.readNBytes(Integer.parseInt(length));
    if (length != null && body.length < Integer.parseInt(length)) {
      throw new EOFException("the body ends after " + body.length + " bytes of " + length);
    }
    return body;
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("no response");
      }
      line.write(b);
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }

  String header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
  }

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** The first paragraph of an error's page, as clients show it; without a full stop. */
  String reason() {
    String text = text();
    int start = text.indexOf("<p>");
    if (start < 0) {
      return "";
    }
    return text.substring(start + 3, text.indexOf("</p>", start))
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#x27;", "'")
        .replace("&amp;", "&")
        .strip()
        .replaceAll("\\.$", "");
  }
}
