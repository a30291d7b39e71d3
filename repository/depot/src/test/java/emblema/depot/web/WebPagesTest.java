package emblema.depot.web;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.core.io.Disk;
import emblema.core.io.RealDisk;
import emblema.core.io.SafePath;
import emblema.core.io.TreeRemoval;
import emblema.depot.operation.Body;
import emblema.depot.operation.Headers;
import emblema.depot.operation.Request;
import emblema.depot.operation.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WebPagesTest {
  private static final Pattern LINK = Pattern.compile("(?:href|src|action)=\"([^\"]*)\"");

  private static Path directory = temporary();
  private static WebFixture fixture = new WebFixture(directory.resolve("repo"));
  private static WebPages pages =
      new WebPages(fixture.repository, fixture.search, Optional.empty());

  private static Path temporary() {
    try {
      return Files.createTempDirectory("web-pages");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterAll
  static void close() throws IOException {
    fixture.close();
    try (Disk disk = RealDisk.open(directory)) {
      for (String name : disk.list(SafePath.ROOT)) {
        TreeRemoval.remove(disk, new SafePath(name));
      }
    }
    Files.delete(directory);
  }

  static List<String> addresses() {
    return WebFixture.addresses();
  }

  private Response get(String address, String... headers) {
    int mark = address.indexOf('?');
    return pages
        .answer(
            Request.of(
                "GET",
                mark < 0 ? address : address.substring(0, mark),
                mark < 0 ? "" : address.substring(mark + 1),
                Headers.of(headers)))
        .orElseThrow(() -> new AssertionError("no page at " + address));
  }

  private String text(String address) {
    return new String(((Body.Bytes) get(address).body()).bytes(), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @MethodSource("addresses")
  void everyPageIsShownAndRunsNothingOfItsPackages(String address) {
    Response response = get(address);
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.headers().first("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'")
        .contains("script-src 'self'")
        .doesNotContain("unsafe");
    String page = text(address);
    assertThat(page.replace("<script src=\"", "")).doesNotContain("<script");
    assertThat(page)
        .doesNotContain("<img")
        .doesNotContain("<b>")
        .doesNotContain("<i>")
        .doesNotContain("style=\"")
        .doesNotContain("</pre><")
        .doesNotContainPattern("<[^>]*\\son[a-z]+=")
        .doesNotContainPattern("(href|src|action)=\"\\s*javascript:")
        .doesNotContainPattern("(href|src|action)=\"(https?:)?//");
  }

  @Test
  void hostileTextsAreShownAsTheyAre() {
    String page = text("/ui/hostile.example/package/evil@2,5.11-0.1:20260102T000000Z");
    assertThat(page).contains("&lt;script&gt;document.title").contains("&amp;amp;");
    assertThat(text("/ui/hostile.example/license/evil@2,5.11-0.1:20260102T000000Z?n=0"))
        .contains("&lt;/pre&gt;&lt;script&gt;");
  }

  @Test
  void everyLinkLeadsToAPageOrAnOperation() {
    Set<String> seen = new HashSet<>(Set.of("/"));
    Deque<String> left = new ArrayDeque<>(seen);
    int operations = 0;
    while (!left.isEmpty()) {
      String address = left.remove();
      Response response = get(address);
      assertThat(response.status()).as(address).isEqualTo(200);
      if (!response.headers().first("Content-Type").orElse("").startsWith("text/html")) {
        continue;
      }
      Matcher links = LINK.matcher(text(address));
      while (links.find()) {
        String target = resolve(address, links.group(1).replace("&amp;", "&"));
        if (target.contains("/manifest/0/")
            || target.contains("/p5i/0/")
            || target.contains("/publisher/0")) {
          operations++;
        } else if (!target.contains("/compare/") || target.contains("?")) {
          if (!target.contains("library/part-") && seen.add(target)) {
            left.add(target);
          }
        }
      }
    }
    assertThat(seen).hasSizeGreaterThan(20);
    assertThat(operations).isPositive();
  }

  /** As a browser does; our links have nothing but leading {@code ../}. */
  private static String resolve(String page, String link) {
    java.net.URI base = java.net.URI.create("http://h" + page.replaceAll("\\?.*", ""));
    java.net.URI target = base.resolve(link.isEmpty() ? page : link);
    String query = target.getRawQuery() == null ? "" : "?" + target.getRawQuery();
    return target.getRawPath() + query;
  }

  @Test
  void whatDoesNotExistIsSaidSo() {
    for (String address :
        List.of(
            "/ui/nobody.example/",
            "/ui/example.com/package/none",
            "/ui/example.com/package/web/httpd@9,5.11-0.1:20260220T120000Z",
            "/ui/example.com/package/..%2f..%2fpkg5.repository",
            "/ui/example.com/package/%00",
            "/ui/example.com/compare/web/httpd?from=x&to=y",
            "/ui/example.com/compare/web/httpd",
            "/ui/example.com/license/web/httpd@2.5.0,5.11-0.1:20260220T120000Z?n=7",
            "/ui/example.com/nonsense",
            "/ui/..%2f/package/x",
            "/ui/_/site.php")) {
      assertThat(get(address).status()).as(address).isEqualTo(404);
    }
    assertThat(pages.answer(Request.get("/elsewhere"))).isEmpty();
    assertThat(pages.answer(Request.get("/%3Cscript%3E/feed"))).isEmpty();
  }

  @Test
  void longListsComeInPartsAndFiltersFindNamesFirst() {
    assertThat(text("/ui/example.com/")).contains("Page 1 of 2").contains("?q=&amp;page=1");
    assertThat(text("/ui/example.com/?page=99")).contains("Page 2 of 2");
    String filtered = text("/ui/example.com/?q=HTTP");
    assertThat(filtered).contains("1 package matches").contains("web/httpd");
    assertThat(text("/ui/example.com/rows?q=nothing-like-that")).doesNotContain("<html");
    assertThat(text("/ui/example.com/?q=old-server")).contains("obsolete");
  }

  @Test
  void versionsAreComparedWithTheOneBefore() {
    String history = text("/ui/example.com/package/web/httpd");
    assertThat(history).contains("+1").contains("first version here");
    String compared =
        text(
            "/ui/example.com/compare/web/httpd?from=2.4.1,5.11-0.1:20260102T080000Z"
                + "&to=2.5.0,5.11-0.1:20260220T120000Z");
    assertThat(compared)
        .contains("usr/lib/httpd/modules/mod_http2.so")
        .contains("Listen 80")
        .contains("1 added");
  }

  @Test
  void searchesInContents() {
    assertThat(text("/ui/_/search?q=httpd.conf")).contains("etc/httpd/httpd.conf");
    assertThat(text("/ui/_/search?q=((")).contains("Could not parse query.");
    assertThat(text("/ui/_/search?q=nothinglikethat")).contains("Nothing was found");
    assertThat(text("/ui/_/search?q=*")).contains("The first 200 results");
  }

  @Test
  void pagesAreAskedForAgainOnlyWhenTheyChanged() throws IOException {
    Response first = get("/ui/example.com/");
    String tag = first.headers().first("ETag").orElseThrow();
    Response again = get("/ui/example.com/", "If-None-Match", tag);
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.body()).isInstanceOf(Body.None.class);
    Response packed = get("/ui/example.com/", "Accept-Encoding", "gzip, br");
    byte[] bytes = ((Body.Bytes) packed.body()).bytes();
    assertThat(bytes.length).isLessThan(text("/ui/example.com/").length() / 4);
    assertThat(new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes())
        .isEqualTo(((Body.Bytes) first.body()).bytes());
  }

  @Test
  void newsAreAFeedThatReadersUnderstand() throws Exception {
    for (String address : List.of("/feed", "/example.com/feed", "/hostile.example/feed")) {
      Response response = get(address, "Host", "depot.example:8080");
      byte[] bytes = ((Body.Bytes) response.body()).bytes();
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      var document = factory.newDocumentBuilder().parse(new ByteArrayInputStream(bytes));
      assertThat(document.getDocumentElement().getNamespaceURI())
          .isEqualTo("http://www.w3.org/2005/Atom");
      Set<String> names = new HashSet<>();
      var entries = document.getElementsByTagNameNS("*", "entry");
      for (int i = 0; i < entries.getLength(); i++) {
        var entry = (org.w3c.dom.Element) entries.item(i);
        names.add(entry.getElementsByTagNameNS("*", "id").item(0).getTextContent());
        assertThat(
                ((org.w3c.dom.Element) entry.getElementsByTagNameNS("*", "link").item(0))
                    .getAttribute("href"))
            .startsWith("http://depot.example:8080/ui/");
      }
      assertThat(names).hasSize(entries.getLength()).isNotEmpty();
    }
    String broken =
        new String(
            ((Body.Bytes) get("/feed", "Host", "\"><script>").body()).bytes(),
            StandardCharsets.UTF_8);
    assertThat(broken).doesNotContain("<script");
  }

  @Test
  void oldAddressesLeadToThePages() {
    assertThat(get("/en/index.shtml").headers().first("Location")).contains("../ui/");
    assertThat(get("/en/search.shtml?token=a%3Cb").headers().first("Location").orElse(""))
        .endsWith("ui/_/search?q=a%3Cb");
    assertThat(text("/robots.txt")).isEqualTo("User-agent: *\nDisallow: /\n");
  }
}
