package emblema.depot.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import emblema.core.event.EventSink;
import emblema.depot.metrics.Metrics;
import emblema.depot.operation.DepotOptions;
import emblema.depot.operation.Maintenance;
import emblema.depot.operation.Operations;
import emblema.depot.operation.PublicationPolicy;
import emblema.depot.server.DepotServer;
import emblema.depot.server.ServerOptions;
import emblema.store.search.RepositorySearch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The pages in a real browser. Pictures of them are left in {@code target/screenshots}. */
class BrowserTest {
  private static final Path PICTURES = Path.of("target", "screenshots");
  private static final String HTTPD = "package/web/httpd";
  private static final Map<String, String> PAGES = pages();

  @TempDir(cleanup = CleanupMode.ALWAYS)
  private Path directory = Path.of("unset");

  private static Map<String, String> pages() {
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put("home", "");
    pages.put("publisher", "ui/example.com/");
    pages.put("package", "ui/example.com/" + HTTPD);
    pages.put("version", "ui/example.com/" + HTTPD + "@2.5.0,5.11-0.1:20260220T120000Z");
    pages.put(
        "compare",
        "ui/example.com/compare/web/httpd?from=2.4.1,5.11-0.1:20260102T080000Z"
            + "&to=2.5.0,5.11-0.1:20260220T120000Z");
    pages.put("license", "ui/example.com/license/web/httpd@2.5.0,5.11-0.1:20260220T120000Z?n=0");
    pages.put("search", "ui/_/search?q=httpd");
    pages.put("search-help", "ui/_/search");
    pages.put("hostile", "ui/hostile.example/package/evil@2,5.11-0.1:20260102T000000Z");
    pages.put("missing", "ui/example.com/package/none");
    return pages;
  }

  @Test
  void pagesLookRightWorkWithAndWithoutScriptsAndRunNothingElse() throws Exception {
    Optional<Path> program = Browser.program();
    assumeTrue(program.isPresent(), "Chromium is not installed");
    Path profile = Files.createDirectory(directory.resolve("profile"));
    try (WebFixture fixture = new WebFixture(directory.resolve("repo"));
        DepotServer server = serve(fixture);
        Browser browser = Browser.start(program.get(), profile)) {
      String base = "http://127.0.0.1:" + server.port() + "/";
      browser.prepare();
      for (Map.Entry<String, String> page : PAGES.entrySet()) {
        look(browser, base, page.getKey(), page.getValue());
      }
      assertThat(browser.complaints.stream().filter(text -> !text.contains("404")).toList())
          .isEmpty();
      searchAsOneTypes(browser, base);
      worksWithoutScripts(browser, base);
    }
  }

  private static DepotServer serve(WebFixture fixture) {
    Metrics metrics = new Metrics(WebFixture.CLOCK.instant());
    RepositorySearch search =
        new RepositorySearch(fixture.repository, WebFixture.CLOCK, EventSink.QUIET);
    Maintenance maintenance =
        new Maintenance(fixture.repository, WebFixture.CLOCK, line -> {}, (publisher, anew) -> {});
    return DepotServer.start(
        new Operations(fixture.repository, WebFixture.CLOCK, line -> {}, metrics, search)
            .with(new WebPages(fixture.repository, search, Optional.empty()))
            .depot(
                new DepotOptions("test", true, false, Set.of(), PublicationPolicy.OPEN),
                maintenance),
        ServerOptions.local(),
        metrics,
        Optional.empty(),
        WebFixture.CLOCK);
  }

  private static void look(Browser browser, String base, String name, String address)
      throws Exception {
    browser.view(1100, 900, false, false);
    browser.open(base + address);
    assertThat(browser.evaluate("document.title")).as(name).doesNotContain("broken into");
    assertThat(browser.evaluate("document.querySelectorAll('script').length")).isEqualTo("1");
    assertThat(browser.evaluate("document.querySelectorAll('main img, main script').length"))
        .isEqualTo("0");
    assertThat(browser.evaluate("getComputedStyle(document.querySelector('.top')).display"))
        .as("the style sheet was taken")
        .isEqualTo("block");
    browser.screenshot(PICTURES.resolve(name + ".png"));
    browser.view(1100, 900, false, true);
    browser.screenshot(PICTURES.resolve(name + "-dark.png"));
    browser.view(390, 844, true, false);
    browser.open(base + address);
    assertThat(
            Integer.parseInt(
                browser.evaluate("document.documentElement.scrollWidth - window.innerWidth")))
        .as(name + " on a phone needs no scrolling sideways")
        .isNotPositive();
    browser.screenshot(PICTURES.resolve(name + "-phone.png"));
  }

  private static void searchAsOneTypes(Browser browser, String base) throws Exception {
    browser.view(1100, 900, false, false);
    browser.open(base + "ui/example.com/");
    browser.evaluate("document.getElementById('filter').focus()");
    browser.type("httpd");
    String rows = "";
    for (int i = 0; i < 200 && !rows.equals("1"); i++) {
      Thread.sleep(50);
      rows = browser.evaluate("document.querySelectorAll('#rows tbody tr').length");
    }
    assertThat(rows).isEqualTo("1");
    assertThat(browser.evaluate("location.search")).isEqualTo("?q=httpd");
    assertThat(browser.evaluate("document.querySelector('#rows a').textContent"))
        .isEqualTo("web/httpd");
    browser.evaluate("document.querySelector('#rows a').click()");
    for (int i = 0; i < 200 && !browser.evaluate("location.pathname").endsWith(HTTPD); i++) {
      Thread.sleep(50);
    }
    assertThat(browser.evaluate("location.pathname")).endsWith("/ui/example.com/" + HTTPD);
    browser.screenshot(PICTURES.resolve("typed.png"));
  }

  private static void worksWithoutScripts(Browser browser, String base) throws Exception {
    browser.scripts(false);
    for (String address : List.of("ui/example.com/?q=http", "ui/_/search?q=httpd.conf")) {
      browser.open(base + address);
      browser.screenshot(
          PICTURES.resolve("plain-" + (address.contains("search") ? "search" : "list") + ".png"));
    }
    browser.scripts(true);
    assertThat(browser.evaluate("document.querySelector('main').textContent"))
        .contains("etc/httpd/httpd.conf");
  }
}
