package emblema.depot.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.error.NotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A site's own files, and what is not among them. */
class ContentFilesTest {
  @TempDir Path directory;
  private Path root = Path.of("unset");

  @BeforeEach
  void makeASite() throws Exception {
    root = Files.createDirectory(directory.resolve("site"));
    Files.writeString(directory.resolve("secret.html"), "secret");
    Files.writeString(root.resolve("index.html"), "<h1>Welcome</h1>");
    Files.createDirectories(root.resolve("docs/empty"));
    Files.writeString(root.resolve("docs/index.html"), "<h1>Documents</h1>");
    Files.writeString(root.resolve("docs/a b.css"), "body {}");
    Files.writeString(root.resolve("docs/README"), "read me");
    Files.writeString(root.resolve("docs/LOGO.PNG"), "png");
    Files.writeString(root.resolve(".htpasswd"), "secret");
    Files.writeString(root.resolve("search.shtml"), "secret");
    Files.createDirectory(root.resolve(".git"));
    Files.writeString(root.resolve(".git/config"), "secret");
    Files.createSymbolicLink(root.resolve("link.html"), directory.resolve("secret.html"));
    Files.createSymbolicLink(root.resolve("inside.html"), Path.of("index.html"));
    Files.createSymbolicLink(root.resolve("up"), directory);
  }

  private Optional<Response> ask(String path) {
    return ask(Request.get(path));
  }

  private Optional<Response> ask(Request request) {
    try (ContentFiles files = ContentFiles.open(root, new Freshness(InstantSource.system()))) {
      return files.answer(request);
    }
  }

  private static Path served(Response response) {
    return ((Body.File) response.body()).file().path();
  }

  @ParameterizedTest
  @CsvSource({
    "/, index.html, text/html; charset=utf-8",
    "/index.html, index.html, text/html; charset=utf-8",
    "/docs/, docs/index.html, text/html; charset=utf-8",
    "/docs/a%20b.css, docs/a b.css, text/css; charset=utf-8",
    "/docs/README, docs/README, application/octet-stream",
    "/%64ocs/LOGO.PNG, docs/LOGO.PNG, image/png",
  })
  void servesFilesWithTheirTypes(String path, String file, String type) {
    Response response = ask(path).orElseThrow();
    assertThat(response.status()).isEqualTo(200);
    assertThat(served(response)).isEqualTo(root.resolve(file));
    assertThat(response.headers().first("Content-Type")).contains(type);
    assertThat(response.headers().first("ETag")).isPresent();
  }

  @Test
  void sendsTheReaderOfADirectoryToItsPage() {
    Response response = ask("/docs").orElseThrow();
    assertThat(response.status()).isEqualTo(301);
    assertThat(response.headers().first("Location")).contains("/docs/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/link.html",
        "/inside.html",
        "/up/secret.html",
        "/up/",
        "/up",
        "/../secret.html",
        "/docs/../../secret.html",
        "/%2e%2e/secret.html",
        "/..%2fsecret.html",
        "/docs%2findex.html",
        "/.htpasswd",
        "/.git/config",
        "/search.shtml",
        "/docs/empty",
        "/docs/empty/",
        "/docs/README/",
        "/docs/README/index.html",
        "//docs/",
        "//",
        "/docs//",
        "/nothing",
        "/index.html%00",
        "/index.html%0a",
        "/%ff",
        "/%zz",
      })
  void servesNothingElse(String path) {
    assertThat(ask(path)).isEmpty();
  }

  @Test
  void looksInTheDirectoryThatTheReferenceUses() throws Exception {
    Files.createDirectory(root.resolve("web"));
    Files.writeString(root.resolve("web/robots.txt"), "User-agent: *");
    assertThat(served(ask("/robots.txt").orElseThrow())).isEqualTo(root.resolve("web/robots.txt"));
    assertThat(ask("/index.html")).isEmpty();
  }

  @Test
  void answersConditionsAndTakesNoUploads() {
    String tag = ask("/").orElseThrow().headers().first("ETag").orElseThrow();
    Request again = Request.of("GET", "/", "", Headers.of("If-None-Match", tag));
    assertThat(ask(again).orElseThrow().status()).isEqualTo(304);
    assertThat(ask(Request.of("POST", "/", "", Headers.NONE))).isEmpty();
  }

  @Test
  void saysThatTheDirectoryIsMissing() {
    assertThatThrownBy(
            () ->
                ContentFiles.open(
                    directory.resolve("missing"), new Freshness(InstantSource.system())))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("missing");
  }
}
