package emblema.depot.web;

import emblema.core.fmri.Fmri;
import emblema.core.fmri.Version;
import emblema.depot.operation.Request;
import emblema.depot.operation.Response;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** News as an Atom document (RFC 4287): the package versions that were made last. */
final class Feed {
  private static final int MOST = 50;

  private final Shelves shelves;

  Feed(Shelves shelves) {
    this.shelves = shelves;
  }

  /**
   * @param some shelves of all publishers, or of one
   * @param title of the feed
   * @param base the depot's address as the reader wrote it, with a slash at its end; empty if it is
   *     not known
   */
  Response answer(Request request, List<Shelf> some, String title, String base) {
    List<Fmri> news = News.of(some, MOST);
    Map<String, Shelf> byName =
        some.stream().collect(Collectors.toMap(Shelf::publisher, shelf -> shelf));
    String self = base + request.path().substring(1);
    Instant updated =
        some.stream().map(Shelf::changed).max(Instant::compareTo).orElse(Instant.EPOCH);
    StringBuilder out = new StringBuilder(8192);
    out.append("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    out.append("<feed xmlns=\"http://www.w3.org/2005/Atom\">\n");
    element(out, "title", title);
    element(out, "id", "tag:emblema,2026:" + request.path());
    element(out, "updated", time(updated));
    element(out, "author", "name", title);
    link(out, "self", "application/atom+xml", self);
    link(out, "alternate", "text/html", base);
    Links links = new Links(base);
    for (Fmri fmri : news) {
      String summary =
          java.util.Optional.ofNullable(byName.get(fmri.publisherIfAny().orElse("")))
              .flatMap(shelf -> shelf.offer(fmri.stem()))
              .map(Offer::summary)
              .orElse("");
      entry(out, fmri, summary, links);
    }
    out.append("</feed>\n");
    return Html.text(request, 200, "application/atom+xml; charset=utf-8", out.toString());
  }

  List<Shelf> all() {
    return shelves.all();
  }

  private static void entry(StringBuilder out, Fmri fmri, String summary, Links links) {
    Version version = fmri.requireVersion();
    Instant when = version.instant().orElse(Instant.EPOCH);
    out.append("<entry>\n");
    element(out, "title", "Added " + fmri.stem() + " " + version.toShortString());
    element(
        out,
        "id",
        "tag:"
            + fmri.publisherIfAny().orElse("")
            + ","
            + time(when).substring(0, 10)
            + ":"
            + fmri.stem()
            + "@"
            + version);
    element(out, "updated", time(when));
    link(out, "alternate", "text/html", links.version(fmri));
    element(out, "summary", summary.isEmpty() ? fmri + " was added." : summary);
    out.append("</entry>\n");
  }

  private static String time(Instant when) {
    return DateTimeFormatter.ISO_INSTANT.format(
        when.truncatedTo(java.time.temporal.ChronoUnit.SECONDS));
  }

  private static void element(StringBuilder out, String name, String text) {
    out.append('<').append(name).append('>');
    escape(out, text);
    out.append("</").append(name).append(">\n");
  }

  private static void element(StringBuilder out, String outer, String inner, String text) {
    out.append('<').append(outer).append('>');
    element(out, inner, text);
    out.append("</").append(outer).append(">\n");
  }

  private static void link(StringBuilder out, String relation, String type, String target) {
    out.append("<link rel=\"").append(relation).append("\" type=\"").append(type);
    out.append("\" href=\"");
    escape(out, target);
    out.append("\"/>\n");
  }

  /** What XML cannot hold at all becomes a question mark. */
  static void escape(StringBuilder out, String text) {
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> {
                  boolean valid =
                      c == '\t'
                          || c == '\n'
                          || c >= 0x20 && c <= 0xd7ff
                          || c >= 0xe000 && c <= 0xfffd
                          || c >= 0x10000;
                  out.appendCodePoint(valid ? c : '?');
                }
              }
            });
  }
}
