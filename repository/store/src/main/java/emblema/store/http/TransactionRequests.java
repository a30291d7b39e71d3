package emblema.store.http;

import emblema.core.action.Action;
import emblema.core.error.ConflictException;
import emblema.core.error.EmblemaException;
import emblema.core.error.NotFoundException;
import emblema.core.error.UnreachableException;
import emblema.core.fmri.Fmri;
import emblema.core.fmri.PercentEncoding;
import emblema.core.hash.Digest;
import emblema.store.transaction.TransactionId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/**
 * The steps of publishing over the wire, each one request (spec depot-protocol, section 5). A step
 * that can be repeated without harm is, when it is unknown whether it arrived.
 */
final class TransactionRequests {
  /** What the reference's clients name as theirs; a depot wants some text here. */
  private static final String RELEASE = "5.11";

  /** A depot may take its time to write a large catalog. */
  private static final Duration THINKING = Duration.ofMinutes(10);

  private final HttpOrigin origin;
  private final Wire wire;

  TransactionRequests(HttpOrigin origin) {
    this.origin = origin;
    this.wire = origin.wire();
  }

  /** The body of an upload. */
  interface Body {
    long length();

    HttpRequest.BodyPublisher open();

    static Body of(byte[] bytes) {
      return new Body() {
        @Override
        public long length() {
          return bytes.length;
        }

        @Override
        public HttpRequest.BodyPublisher open() {
          return HttpRequest.BodyPublishers.ofByteArray(bytes);
        }
      };
    }
  }

  /**
   * Begins a package.
   *
   * @param fmri with a version; without publisher the depot's default is meant, without timestamp
   *     the depot gives one
   * @return the transaction's name
   */
  String open(Fmri fmri) {
    return begin("open", fmri);
  }

  /** Begins adding to a published package, as signing does. */
  String append(Fmri fmri) {
    return begin("append", fmri);
  }

  private String begin(String operation, Fmri fmri) {
    origin.requireOperation(operation, 0);
    HttpRequest request =
        request(operation + "/0/" + PercentEncoding.encode(text(fmri)))
            .header("Client-Release", RELEASE)
            .GET()
            .build();
    return wire.send(request, false)
        .firstValue("Transaction-ID")
        .orElseThrow(() -> silent(operation));
  }

  /** Without the scheme's empty publisher, as the reference sends it. */
  private static String text(Fmri fmri) {
    return fmri.publisher() == null
        ? fmri.toStringWithoutPublisher().substring("pkg:/".length())
        : fmri.toString();
  }

  private UnreachableException silent(String operation) {
    return new UnreachableException(
        "the depot '" + origin.location() + "' did not say what came of '" + operation + "'",
        "it may be something else than a depot");
  }

  /**
   * Adds one action, with its content uncompressed.
   *
   * @param content empty for an action without payload
   */
  void add(String transaction, Action action, byte[] content) {
    HttpRequest.Builder request =
        request("add/0/" + transaction + "/" + action.type().word())
            .header("Content-Type", "application/octet-stream")
            .POST(HttpRequest.BodyPublishers.ofByteArray(content));
    List<String> pairs = new ArrayList<>();
    for (String name : action.attributes().names()) {
      List<String> values = action.attributes().all(name);
      pairs.add(name + "=" + (values.size() == 1 ? values.getFirst() : pythonList(values)));
    }
    for (int i = 0; i < pairs.size(); i++) {
      request.header("X-IPkg-SetAttr" + i, headerValue(pairs.get(i)));
    }
    wire.send(request.build(), false);
  }

  private static String pythonList(List<String> values) {
    return emblema.core.config.PythonLiteral.writeTexts(values);
  }

  private static String headerValue(String text) {
    if (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0) {
      throw new ConflictException(
          "the value of '" + text.replaceFirst("=.*", "") + "' has several lines",
          "that cannot be sent by 'add'; publish a manifest instead");
    }
    return text;
  }

  /** What a depot says about a payload that it has: {@code HEAD file/2}. */
  record Stored(long size, Optional<String> chash, Optional<String> compressedHash) {}

  /** What the depot stores for the publisher under a name, if it does. */
  Optional<Stored> stored(String publisher, String sha1) {
    int version = origin.versions().has("file", 2) ? 2 : 0;
    String path = origin.forPublisher(publisher) + "file/" + version + "/" + sha1;
    try {
      HttpHeaders headers =
          wire.send(
              request(path).method("HEAD", HttpRequest.BodyPublishers.noBody()).build(), true);
      return Optional.of(
          new Stored(
              headers.firstValueAsLong("Content-Length").orElse(-1),
              attribute(headers, "chash="),
              attribute(headers, "pkg.content-hash=gzip:sha512t_256:")));
    } catch (NotFoundException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> attribute(HttpHeaders headers, String start) {
    for (int i = 0; ; i++) {
      Optional<String> value = headers.firstValue("X-Ipkg-Attr-" + i);
      if (value.isEmpty()) {
        return Optional.empty();
      }
      if (value.get().startsWith(start)) {
        return Optional.of(value.get().substring(start.length()));
      }
    }
  }

  /** Sends a payload as it shall be stored. */
  void file(String transaction, String sha1, Body gzip) {
    HttpRequest request =
        request("file/1/" + transaction, gzip.length())
            .header("X-IPkg-SetAttr0", "basename=" + sha1)
            .header("Content-Type", "application/octet-stream")
            .POST(gzip.open())
            .build();
    wire.send(request, true);
  }

  /**
   * Sends content that the depot hashes and compresses itself.
   *
   * @return its name
   */
  String content(String transaction, byte[] content) {
    HttpRequest request =
        request("file/1/" + transaction, content.length)
            .header("Content-Type", "application/octet-stream")
            .POST(HttpRequest.BodyPublishers.ofByteArray(content))
            .build();
    HttpHeaders ignored = wire.send(request, true);
    return Digest.SHA1.hex(content);
  }

  /** Sends the manifest, without the package's name; what was sent before is replaced. */
  void manifest(String transaction, byte[] text) {
    byte[] bytes = compressed(text);
    HttpRequest request =
        request("manifest/1/" + transaction, bytes.length)
            .header("Content-Type", "application/octet-stream")
            .POST(HttpRequest.BodyPublishers.ofByteArray(bytes))
            .build();
    wire.send(request, true);
  }

  private static byte[] compressed(byte[] text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /**
   * Makes the package visible. Where the answer is lost, the depot is asked whether it is.
   *
   * @param catalogued whether it enters the catalog now
   */
  Fmri close(String transaction, boolean catalogued) {
    HttpRequest.Builder request = request("close/0/" + transaction).timeout(THINKING).GET();
    if (!catalogued) {
      request.header("X-IPkg-Add-To-Catalog", "0");
    }
    for (int i = 1; ; i++) {
      try {
        return wire.send(request.build(), false)
            .firstValue("Package-FMRI")
            .map(Fmri::parse)
            .orElseThrow(() -> silent("close"));
      } catch (UnreachableException | ConflictException e) {
        // Java's client repeats a request by itself when a connection ends: the first may have
        // been heard, and the second finds no transaction
        boolean taken = String.valueOf(e.getMessage()).contains("already exists");
        Fmri fmri = TransactionId.parse(transaction).fmri();
        if (!taken && isVisible(fmri)) {
          return fmri;
        }
        if (e instanceof ConflictException || i >= wire.settings().attempts()) {
          throw e;
        }
      }
    }
  }

  private boolean isVisible(Fmri fmri) {
    try {
      HttpHeaders ignored =
          wire.send(
              request(origin.manifestPath(fmri))
                  .method("HEAD", HttpRequest.BodyPublishers.noBody())
                  .build(),
              true);
      return true;
    } catch (EmblemaException e) {
      return false;
    }
  }

  /** Gives a transaction up. */
  void abandon(String transaction) {
    wire.send(request("abandon/0/" + transaction).GET().build(), false);
  }

  /** A payload may take as long as its bytes do at the slowest rate that counts as progress. */
  private HttpRequest.Builder request(String path, long length) {
    long seconds = length / Math.max(1, wire.settings().slowest());
    return request(path).timeout(THINKING.plusSeconds(seconds));
  }

  private HttpRequest.Builder request(String path) {
    return wire.request(wire.uri(path));
  }
}
