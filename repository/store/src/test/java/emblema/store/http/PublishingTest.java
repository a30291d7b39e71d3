package emblema.store.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.action.Action;
import emblema.core.error.ConflictException;
import emblema.core.error.UnreachableException;
import emblema.core.fmri.Fmri;
import emblema.core.fmri.PercentEncoding;
import emblema.core.hash.Digest;
import emblema.core.manifest.Manifest;
import emblema.core.manifest.ManifestReader;
import emblema.store.publication.PayloadSource;
import emblema.store.publication.PublicationOptions;
import emblema.testkit.RawServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What goes over the wire when a package is published. */
class PublishingTest {
  private static final String ID =
      "1795209151_"
          + PercentEncoding.encode("pkg://alpha.example/tools/new@1.0,5.11-0.1:20261120T211231Z");
  private static final Fmri WANTED = Fmri.parse("pkg://alpha.example/tools/new@1.0,5.11-0.1");
  private static final Fmri PUBLISHED =
      Fmri.parse("pkg://alpha.example/tools/new@1.0,5.11-0.1:20261120T211231Z");
  private static final Manifest MANIFEST =
      ManifestReader.read(
          """
          set name=pkg.summary value=New
          file one path=opt/one owner=root group=bin mode=0644
          file two path=opt/two owner=root group=bin mode=0644
          file one path=opt/three owner=root group=bin mode=0644
          """,
          "test");

  private final RecordedDepot recorded = new RecordedDepot();
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final Map<String, String> manifests = new ConcurrentHashMap<>();
  private final AtomicInteger closed = new AtomicInteger();
  private RawServer server = new RawServer(this::answer);

  @AfterEach
  void close() {
    server.close();
  }

  /** A depot that takes packages, and in which nothing is stored at first. */
  private void answer(RawServer.Request request, OutputStream out) throws IOException {
    String target = request.target();
    if (target.startsWith("/open/0/")) {
      RawServer.send(out, 200, new byte[0], "Transaction-Id: " + ID);
    } else if (target.startsWith("/file/1/") && request.method().equals("POST")) {
      String name = request.headers().getOrDefault("x-ipkg-setattr0", "").replace("basename=", "");
      files.put(name, request.body());
      RawServer.send(out, 200, new byte[0]);
    } else if (target.startsWith("/alpha.example/file/2/")) {
      RawServer.send(out, 404, new byte[0]);
    } else if (target.equals("/manifest/1/" + ID)) {
      byte[] text = new GZIPInputStream(new ByteArrayInputStream(request.body())).readAllBytes();
      manifests.put(ID, new String(text, StandardCharsets.UTF_8));
      RawServer.send(out, 200, new byte[0]);
    } else if (target.startsWith("/close/0/")) {
      closed.incrementAndGet();
      RawServer.send(out, 200, new byte[0], "Package-FMRI: " + PUBLISHED, "State: PUBLISHED");
    } else if (target.startsWith("/abandon/0/")) {
      RawServer.send(out, 200, new byte[0]);
    } else {
      recorded.write(request, out);
    }
  }

  private HttpPublication publication() {
    return new HttpPublication(
        HttpOrigin.open(server.address(), Quick.SETTINGS),
        PublicationOptions.of(InstantSource.fixed(Instant.EPOCH)));
  }

  private static PayloadSource content(Action action) {
    byte[] bytes = ("content of " + action.payload() + "\n").getBytes(StandardCharsets.UTF_8);
    return new PayloadSource() {
      @Override
      public long size() {
        return bytes.length;
      }

      @Override
      public InputStream open() {
        return new ByteArrayInputStream(bytes);
      }
    };
  }

  private void other(RawServer.Answer answer) {
    server.close();
    server = new RawServer(answer);
  }

  @Test
  void speaksAsTheReferenceDoes() {
    try (HttpPublication publication = publication()) {
      assertThat(publication.add(WANTED, MANIFEST, PublishingTest::content)).isEqualTo(PUBLISHED);
      assertThat(closed).hasValue(0);
      assertThat(publication.commit()).containsExactly(PUBLISHED);
    }
    List<RawServer.Request> sent = server.requests();
    assertThat(sent.getFirst()).hasToString("GET /versions/0/");
    assertThat(sent.get(1))
        .hasToString("GET /open/0/pkg%3A%2F%2Falpha.example%2Ftools%2Fnew%401.0%2C5.11-0.1");
    assertThat(sent.get(1).headers()).containsEntry("client-release", "5.11");
    assertThat(sent.getLast()).hasToString("GET /close/0/" + ID);
    assertThat(sent.get(sent.size() - 2)).hasToString("POST /manifest/1/" + ID);
    assertThat(manifests.get(ID))
        .startsWith("set name=pkg.summary value=New\nfile ")
        .contains("chash=", "pkg.csize=", "pkg.content-hash=gzip:sha512t_256:");
  }

  @Test
  void sendsEachContentOnce() throws IOException {
    try (HttpPublication publication = publication()) {
      assertThat(publication.add(WANTED, MANIFEST, PublishingTest::content)).isNotNull();
    }
    assertThat(files).hasSize(2);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(file.getValue()))) {
        assertThat(Digest.SHA1.hex(in.readAllBytes())).isEqualTo(file.getKey());
      }
    }
  }

  @Test
  void takesOverWhatTheDepotHasInItsOwnForm() {
    String sha1 = Digest.SHA1.hex("content of one\n".getBytes(StandardCharsets.UTF_8));
    other(
        (request, out) -> {
          if (request.target().equals("/alpha.example/file/2/" + sha1)) {
            RawServer.head(
                out,
                200,
                33,
                "X-Ipkg-Attr-0: chash=cafe",
                "X-Ipkg-Attr-1: pkg.content-hash=gzip:sha512t_256:beef");
          } else {
            answer(request, out);
          }
        });
    try (HttpPublication publication = publication()) {
      assertThat(publication.add(WANTED, MANIFEST, PublishingTest::content)).isNotNull();
    }
    assertThat(files).hasSize(1).doesNotContainKey(sha1);
    assertThat(manifests.getOrDefault(ID, "").lines().filter(line -> line.contains("path=opt/one")))
        .singleElement()
        .asString()
        .contains("chash=cafe", "pkg.csize=33", "gzip:sha512t_256:beef", "pkg.size=15");
  }

  @Test
  void abandonsWhatWasNotCommitted() {
    try (HttpPublication publication = publication()) {
      assertThat(publication.add(WANTED, MANIFEST, PublishingTest::content)).isNotNull();
    }
    assertThat(closed).hasValue(0);
    assertThat(server.requests().getLast()).hasToString("GET /abandon/0/" + ID);
  }

  @Test
  void asksWhetherThePackageIsThereWhenTheAnswerToCloseIsLost() {
    other(
        (request, out) -> {
          if (request.target().startsWith("/close/0/")) {
            throw new IOException("the answer is lost");
          } else if (request.method().equals("HEAD") && request.target().contains("/manifest/0/")) {
            RawServer.head(out, 200, 99);
          } else {
            answer(request, out);
          }
        });
    try (HttpPublication publication = publication()) {
      assertThat(publication.add(WANTED, MANIFEST, PublishingTest::content)).isNotNull();
      assertThat(publication.commit()).containsExactly(PUBLISHED);
    }
  }

  @Test
  void isContentWhenTheDepotHasForgottenATransactionThatItPublished() {
    byte[] unknown = recorded.named("084-close0-again");
    other(
        (request, out) -> {
          if (request.target().startsWith("/close/0/")) {
            out.write(unknown);
          } else if (request.method().equals("HEAD") && request.target().contains("/manifest/0/")) {
            RawServer.head(out, 200, 99);
          } else {
            answer(request, out);
          }
        });
    try (HttpPublication publication = publication()) {
      assertThat(publication.add(WANTED, MANIFEST, PublishingTest::content)).isNotNull();
      assertThat(publication.commit()).containsExactly(PUBLISHED);
    }
  }

  @Test
  void closesAgainWhenTheDepotHasNotHeard() {
    AtomicInteger times = new AtomicInteger();
    other(
        (request, out) -> {
          if (request.target().startsWith("/close/0/") && times.incrementAndGet() < 3) {
            throw new IOException("cut off");
          }
          answer(request, out);
        });
    try (HttpPublication publication = publication()) {
      assertThat(publication.add(WANTED, MANIFEST, PublishingTest::content)).isNotNull();
      assertThat(publication.commit()).containsExactly(PUBLISHED);
    }
    assertThat(closed).hasValue(1);
  }

  @Test
  void sendsAPayloadAgainAfterAFault() {
    AtomicInteger times = new AtomicInteger();
    other(
        (request, out) -> {
          if (request.target().startsWith("/file/1/") && times.incrementAndGet() < 3) {
            RawServer.send(out, 503, new byte[0], "Retry-After: 0");
            return;
          }
          answer(request, out);
        });
    try (HttpPublication publication = publication()) {
      assertThat(publication.add(WANTED, MANIFEST, PublishingTest::content)).isNotNull();
    }
    assertThat(files).hasSize(2);
  }

  @Test
  void saysWhatTheDepotSaidAgainstIt() {
    byte[] refusal = recorded.named("092-open0-dup");
    other(
        (request, out) -> {
          if (request.target().startsWith("/open/0/")) {
            out.write(refusal);
          } else {
            answer(request, out);
          }
        });
    try (HttpPublication publication = publication()) {
      assertThatThrownBy(() -> publication.add(WANTED, MANIFEST, PublishingTest::content))
          .isInstanceOf(ConflictException.class)
          .hasMessageEndingWith("already exists or has been restricted");
    }
  }

  @Test
  void refusesADepotThatOnlyReads() {
    other(
        (request, out) ->
            RawServer.send(
                out,
                200,
                "pkg-server x\nversions 0\ncatalog 1\nfile 0 1\n"
                    .getBytes(StandardCharsets.UTF_8)));
    assertThatThrownBy(this::publication)
        .isInstanceOf(UnreachableException.class)
        .hasMessageContaining("does not offer 'open/0'");
  }
}
