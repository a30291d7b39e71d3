package emblema.depot.web;

import emblema.core.error.EmblemaException;
import emblema.core.error.IntegrityException;
import emblema.core.error.MalformedException;
import emblema.core.error.NotFoundException;
import emblema.core.fmri.Fmri;
import emblema.depot.operation.Request;
import emblema.depot.operation.Response;
import emblema.store.file.FileRepository;
import emblema.store.search.HitColumns;
import emblema.store.search.RepositorySearch;
import emblema.store.search.Search;
import emblema.store.search.SearchHit;
import emblema.store.search.SearchKind;
import gg.jte.generated.precompiled.JtesearchGenerated;
import java.util.ArrayList;
import java.util.List;

/** Search in what packages have in them, in the protocol's query language. */
final class SearchPage {
  private static final int MOST = 200;

  private final FileRepository repository;
  private final RepositorySearch search;

  SearchPage(FileRepository repository, RepositorySearch search) {
    this.repository = repository;
    this.search = search;
  }

  Response answer(Request request, Links links, String query) {
    SearchResults results =
        query.isEmpty() ? new SearchResults("", List.of(), "", false) : find(query);
    return Html.page(request, out -> JtesearchGenerated.render(out, null, links, results));
  }

  private SearchResults find(String query) {
    Search wanted = Search.actions(query).withLimit(MOST + 1);
    List<SearchResults.Row> rows = new ArrayList<>();
    String problem = "";
    try {
      SearchKind.findsPackages(wanted);
    } catch (MalformedException e) {
      return new SearchResults(query, List.of(), String.valueOf(e.getMessage()), false);
    }
    for (String publisher : repository.publishers()) {
      try {
        search
            .index(publisher)
            .search(
                wanted,
                hit -> {
                  if (rows.size() <= MOST) {
                    rows.add(row(publisher, hit));
                  }
                });
      } catch (NotFoundException | IntegrityException e) {
        problem = "The search index of '" + publisher + "' is not ready yet.";
      } catch (EmblemaException e) {
        problem = "The packages of '" + publisher + "' cannot be searched now.";
      }
    }
    boolean cut = rows.size() > MOST;
    return new SearchResults(query, cut ? rows.subList(0, MOST) : rows, problem, cut);
  }

  private static SearchResults.Row row(String publisher, SearchHit hit) {
    Fmri fmri = Fmri.parse(hit.packageName()).withPublisher(publisher);
    return switch (hit) {
      case SearchHit.PackageHit ignored -> new SearchResults.Row(fmri, "", "", "");
      case SearchHit.ActionHit action ->
          new SearchResults.Row(
              fmri, HitColumns.match(action), HitColumns.matchType(action), action.type());
    };
  }
}
