package emblema.depot.operation;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.store.file.StoredFile;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Conditional requests and ranges, without any file or socket. */
class ConditionsTest {
  private static final Instant MODIFIED = Instant.parse("2026-11-20T20:43:49.190791Z");
  private static final String DATE = "Fri, 20 Nov 2026 20:43:49 GMT";
  private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");
  private static final StoredFile FILE = new StoredFile(Path.of("/f"), 100, MODIFIED, "64-1-2");

  private static Response answer(String... headers) {
    return answer("GET", NOW, headers);
  }

  private static Response answer(String method, Instant now, String... headers) {
    Request request = Request.of(method, "/f", "", Headers.of(headers));
    return Conditions.apply(request, Response.of(200, "x/y", Body.none()), FILE, now);
  }

  private static String part(Response response) {
    return response.body() instanceof Body.File file
        ? response.status() + " " + file.offset() + "+" + file.length()
        : response.status() + " " + response.headers().first("Content-Range").orElse("");
  }

  @Test
  void sendsTheWholeFileWithItsTimeAndTag() {
    Response response = answer();
    assertThat(part(response)).isEqualTo("200 0+100");
    assertThat(response.headers().first("last-modified")).contains(DATE);
    assertThat(response.headers().first("etag")).contains("\"64-1-2\"");
    assertThat(response.headers().first("accept-ranges")).contains("bytes");
  }

  @Test
  void sendsTheRangeAskedFor() {
    assertThat(part(answer("Range", "bytes=0-9"))).isEqualTo("206 0+10");
    assertThat(part(answer("Range", "bytes=90-"))).isEqualTo("206 90+10");
    assertThat(part(answer("Range", "bytes=90-1000"))).isEqualTo("206 90+10");
    assertThat(part(answer("Range", "bytes=-5"))).isEqualTo("206 95+5");
    assertThat(part(answer("Range", "bytes=-500"))).isEqualTo("206 0+100");
    assertThat(answer("Range", "bytes=5-9").headers().first("content-range"))
        .contains("bytes 5-9/100");
  }

  @Test
  void refusesARangeBehindTheEnd() {
    assertThat(part(answer("Range", "bytes=100-"))).isEqualTo("416 bytes */100");
    assertThat(part(answer("Range", "bytes=-0"))).isEqualTo("416 bytes */100");
    assertThat(part(answer("Range", "bytes=99999999999999999999-"))).isEqualTo("416 bytes */100");
  }

  @Test
  void sendsTheWholeFileWhereItCannotReadTheRange() {
    for (String range :
        new String[] {
          "bytes=", "bytes=-", "bytes=9-5", "bytes=a-b", "lines=1-2", "bytes=0-1,3-4"
        }) {
      assertThat(part(answer("Range", range))).as(range).isEqualTo("200 0+100");
    }
  }

  @Test
  void sendsNothingThatTheClientHas() {
    assertThat(answer("If-None-Match", "\"64-1-2\"").status()).isEqualTo(304);
    assertThat(answer("If-None-Match", "\"x\", W/\"64-1-2\"").status()).isEqualTo(304);
    assertThat(answer("If-None-Match", "*").status()).isEqualTo(304);
    assertThat(answer("If-Modified-Since", DATE).status()).isEqualTo(304);
    assertThat(answer("If-None-Match", "\"64-1-2\"").body()).isEqualTo(Body.none());
  }

  @Test
  void sendsWhatIsNotTheSame() {
    assertThat(answer("If-None-Match", "\"64-1-3\"").status()).isEqualTo(200);
    assertThat(answer("If-Modified-Since", "Fri, 20 Nov 2026 20:43:48 GMT").status())
        .isEqualTo(200);
    assertThat(answer("If-Modified-Since", "yesterday").status()).isEqualTo(200);
    assertThat(answer("If-None-Match", "\"x\"", "If-Modified-Since", DATE).status()).isEqualTo(200);
  }

  @Test
  void doesNotTrustTheTimeOfAFileThatHasJustChanged() {
    Instant soon = MODIFIED.plusMillis(500);
    assertThat(answer("GET", soon, "If-Modified-Since", DATE).status()).isEqualTo(200);
    assertThat(answer("GET", soon).headers().first("last-modified")).isEmpty();
    assertThat(answer("GET", soon, "If-None-Match", "\"64-1-2\"").status()).isEqualTo(304);
  }

  @Test
  void resumesOnlyTheSameFile() {
    assertThat(part(answer("Range", "bytes=5-", "If-Range", "\"64-1-2\""))).isEqualTo("206 5+95");
    assertThat(part(answer("Range", "bytes=5-", "If-Range", DATE))).isEqualTo("206 5+95");
    assertThat(part(answer("Range", "bytes=5-", "If-Range", "\"old\""))).isEqualTo("200 0+100");
    assertThat(answer("If-Match", "\"old\"").status()).isEqualTo(412);
    assertThat(answer("If-Unmodified-Since", "Fri, 20 Nov 2026 20:43:48 GMT").status())
        .isEqualTo(412);
  }

  @Test
  void ignoresRangesOfAHead() {
    assertThat(part(answer("HEAD", NOW, "Range", "bytes=5-"))).isEqualTo("200 0+100");
  }
}
