package emblema.depot.web;

import emblema.core.hash.Digest;
import emblema.depot.operation.Body;
import emblema.depot.operation.Request;
import emblema.depot.operation.Response;
import gg.jte.html.HtmlTemplateOutput;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;

/**
 * Responses of pages: nothing runs in them and nothing is loaded but from this depot, they are
 * compressed where the browser takes it, and asked for again only when they changed.
 */
final class Html {
  private static final int WORTH_COMPRESSING = 1400;
  private static final String POLICY =
      "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self';"
          + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  private Html() {}

  /** A page that a template writes; what is not of the template is escaped by the library. */
  static Response page(Request request, int status, Consumer<HtmlTemplateOutput> template) {
    StringOutput text = new StringOutput(16 << 10);
    template.accept(new OwaspHtmlTemplateOutput(text));
    return text(request, status, "text/html; charset=utf-8", text.toString());
  }

  static Response page(Request request, Consumer<HtmlTemplateOutput> template) {
    return page(request, 200, template);
  }

  static Response text(Request request, int status, String type, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    String tag = "W/\"" + Digest.SHA1.hex(bytes).substring(0, 20) + "\"";
    Response response =
        Response.of(status, type, new Body.Bytes(bytes))
            .with("Content-Security-Policy", POLICY)
            .with("Referrer-Policy", "same-origin")
            .with("Cache-Control", "no-cache")
            .with("ETag", tag)
            .with("Vary", "Accept-Encoding");
    if (status == 200
        && request.header("If-None-Match").filter(known -> known.contains(tag)).isPresent()) {
      return response.withStatus(304).withBody(Body.none());
    }
    return bytes.length >= WORTH_COMPRESSING && takesGzip(request)
        ? response.with("Content-Encoding", "gzip").withBody(new Body.Bytes(compressed(bytes)))
        : response;
  }

  private static boolean takesGzip(Request request) {
    return request
        .header("Accept-Encoding")
        .map(value -> value.toLowerCase(Locale.ROOT))
        .filter(value -> value.contains("gzip") && !value.contains("gzip;q=0"))
        .isPresent();
  }

  private static byte[] compressed(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 3);
    try (GZIPOutputStream gzip = new GZIPOutputStream(out, 8192)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be written", e);
    }
    return out.toByteArray();
  }

  /** To another page of ours. */
  static Response redirect(String target) {
    return Response.of(303, "text/plain; charset=utf-8", Body.text(target + "\n"))
        .with("Location", target);
  }
}
