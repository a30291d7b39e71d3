package emblema.image.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.core.error.EmblemaException;
import emblema.core.error.PartialException;
import emblema.image.search.ImageSearch;
import emblema.image.search.SearchRequest;
import emblema.store.search.Search;
import emblema.store.search.SearchKind;
import java.util.List;
import java.util.regex.Pattern;

/** Finds packages by what is in them (spec client-cli, section 4.12). */
final class SearchCommand implements Command {
  /** The language has a meaning of its own for colons. */
  private static final Pattern SCHEME = Pattern.compile("pkg://[^/\\s]*/|pkg:/");

  @Override
  public Syntax syntax() {
    return Syntax.of("find packages by what is in them")
        .flag("-H", "omit headers; columns are parted by tabs")
        .flag("-I", "case counts")
        .flag("-a", "show actions; the default")
        .flag("-f", "also versions older than what is installed, or not allowed by it")
        .flag("-l", "search what is installed")
        .flag("-p", "show packages")
        .flag("-r", "search what publishers offer; the default")
        .list("-o", "attribute[,attribute]", "columns")
        .list("-s", "path_or_uri", "search this repository instead of the publishers'")
        .excludes("-a", "-p")
        .operands("query", 1)
        .section(
            "Queries",
            """
            A word finds actions that have it as a word of a text, as a path or its last part, as \
            the name of a driver, user, group, licence or dependency, or as a hash. '*', '?' and \
            '[...]' stand for other characters. 'package:action:key:word' restricts the search, \
            and each field may be empty: 'file:basename:httpd', 'depend:require:library/zlib'. \
            Quotes make a phrase. AND, which may be left out, and OR combine words about one \
            action; '<word> AND <other>' combines packages.\
            """);
  }

  @Override
  public int run(Arguments arguments, Session session) {
    String query = SCHEME.matcher(String.join(" ", arguments.operands())).replaceAll("");
    Search search = new Search(query, arguments.has("-I"), arguments.has("-p"), null, 0);
    SearchTable table =
        new SearchTable(
            session.out(),
            columns(arguments, SearchKind.findsPackages(search)),
            !arguments.has("-H"));
    List<EmblemaException> failures;
    try (OpenImage open = OpenImage.of(session)) {
      boolean installed = arguments.has("-l");
      failures =
          new ImageSearch(open.image(), open.opener(), session.clock(), session.events())
              .search(
                  new SearchRequest(
                      search,
                      installed,
                      arguments.has("-r") || arguments.has("-s") || !installed,
                      arguments.has("-f"),
                      arguments.values("-s")),
                  table::add);
    }
    table.print();
    if (!failures.isEmpty()) {
      EmblemaException all = ImageSearch.together(failures);
      if (table.isEmpty()) {
        throw all;
      }
      throw new PartialException(
          String.valueOf(all.getMessage()), all.detail().orElse(null), List.of(), all);
    }
    return table.isEmpty() ? 1 : 0;
  }

  private static List<SearchColumn> columns(Arguments arguments, boolean packages) {
    return arguments.has("-o")
        ? arguments.values("-o").stream()
            .flatMap(list -> List.of(list.split(",", -1)).stream())
            .map(SearchColumn::named)
            .toList()
        : SearchColumn.usual(packages);
  }
}
