package emblema.depot.web;

import emblema.core.error.EmblemaException;
import emblema.core.error.MalformedException;
import emblema.core.fmri.Fmri;
import emblema.core.fmri.Version;
import emblema.depot.operation.Pages;
import emblema.depot.operation.Request;
import emblema.depot.operation.Response;
import emblema.store.file.FileRepository;
import emblema.store.search.RepositorySearch;
import gg.jte.generated.precompiled.JtemissingGenerated;
import java.util.List;
import java.util.Optional;

/**
 * The pages by their addresses. Nobody's packages can run anything in them: every value is escaped
 * where it is written, and the browser is told to run nothing but our own script, without which
 * everything works too.
 *
 * <pre>
 * /, /ui/                               publishers and news
 * /ui/PUBLISHER/                        its packages, ?q=filter
 * /ui/PUBLISHER/package/NAME            a package and its versions
 * /ui/PUBLISHER/package/NAME@VERSION    a version
 * /ui/PUBLISHER/compare/NAME            ?from=VERSION&amp;to=VERSION
 * /ui/PUBLISHER/license/NAME@VERSION    ?n=NUMBER
 * /ui/_/search                          search in contents, ?q=query
 * /feed, /PUBLISHER/feed                Atom
 * </pre>
 */
public final class WebPages implements Pages {
  private static final String HOST =
      "[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?|\\[[0-9a-fA-F:.]+\\](:[0-9]{1,5})?";

  private final Shelves shelves;
  private final ListPages lists;
  private final PackagePages packages;
  private final SearchPage search;
  private final Feed feed;
  private final Optional<String> address;

  /**
   * @param search answers searches in contents; not closed
   * @param address of the depot as readers know it, with a slash at its end, where it is not the
   *     one that they ask
   */
  public WebPages(FileRepository repository, RepositorySearch search, Optional<String> address) {
    this.shelves = new Shelves(repository);
    this.lists = new ListPages(repository, shelves);
    this.packages = new PackagePages(repository, shelves);
    this.search = new SearchPage(repository, search);
    this.feed = new Feed(shelves);
    this.address = address;
  }

  @Override
  public Optional<Response> answer(Request request) {
    if (request.isUpload()) {
      return Optional.empty();
    }
    WebAddress at = WebAddress.of(request);
    Links links = new Links(at.root());
    return switch (request.path()) {
      case "/", "/ui/" -> Optional.of(lists.home(request, links));
      case "/robots.txt" ->
          Optional.of(Response.text("text/plain; charset=utf-8", "User-agent: *\nDisallow: /\n"));
      case "/favicon.ico" -> Assets.answer(request, "icon.svg");
      case "/feed" -> Optional.of(feed.answer(request, feed.all(), "Packages", base(request)));
      case "/ui", "/en", "/en/", "/en/index.shtml", "/en/catalog.shtml" ->
          Optional.of(Html.redirect(links.home()));
      case "/en/search.shtml", "/en/advanced_search.shtml" ->
          Optional.of(Html.redirect(links.search(at.field("token"))));
      default -> below(request, at, links);
    };
  }

  private Optional<Response> below(Request request, WebAddress at, Links links) {
    if (at.parts().size() == 2 && at.part(1).equals("feed")) {
      return shelves
          .shelf(at.part(0))
          .map(
              shelf ->
                  feed.answer(request, List.of(shelf), "Packages of " + at.part(0), base(request)));
    }
    if (!at.part(0).equals("ui")) {
      return Optional.empty();
    }
    Optional<Response> page;
    try {
      page = at.part(1).equals("_") ? ours(request, at, links) : ofPublisher(request, at, links);
    } catch (MalformedException e) {
      page = Optional.empty();
    } catch (EmblemaException e) {
      return Optional.of(
          problem(request, links, 500, "This page cannot be shown: " + e.getMessage()));
    }
    return Optional.of(
        page.orElseGet(() -> problem(request, links, 404, "There is no such page here.")));
  }

  private Optional<Response> ours(Request request, WebAddress at, Links links) {
    return at.part(2).equals("search")
        ? Optional.of(search.answer(request, links, at.field("q")))
        : Assets.answer(request, at.part(2));
  }

  private Optional<Response> ofPublisher(Request request, WebAddress at, Links links) {
    String publisher = at.part(1);
    String name = at.rest(3);
    return switch (at.part(2)) {
      case "" ->
          at.parts().size() == 2
              ? Optional.of(Html.redirect(links.publisher(publisher)))
              : lists.publisher(request, links, at);
      case "rows" -> lists.rows(request, links, at);
      case "package" -> {
        Fmri fmri = Fmri.parse(name).withPublisher(publisher);
        yield fmri.version() == null
            ? packages.history(request, links, publisher, fmri.stem())
            : packages.version(request, links, fmri);
      }
      case "compare" -> {
        Fmri fmri = Fmri.parse(name).withPublisher(publisher);
        yield packages.compare(
            request,
            links,
            fmri.withVersion(Version.parse(at.field("from"))),
            fmri.withVersion(Version.parse(at.field("to"))));
      }
      case "license" ->
          packages.license(
              request, links, Fmri.parse(name).withPublisher(publisher), at.number("n"));
      default -> Optional.empty();
    };
  }

  private static Response problem(Request request, Links links, int status, String text) {
    return Html.page(request, status, out -> JtemissingGenerated.render(out, null, links, text));
  }

  /** Where the reader found the depot; a feed needs whole addresses. */
  private String base(Request request) {
    return address.orElseGet(
        () ->
            request
                .header("Host")
                .filter(host -> host.matches(HOST))
                .map(host -> (request.caller().isSecure() ? "https://" : "http://") + host + "/")
                .orElse(""));
  }
}
