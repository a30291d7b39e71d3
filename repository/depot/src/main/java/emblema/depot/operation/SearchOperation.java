package emblema.depot.operation;

import emblema.core.error.MalformedException;
import emblema.core.error.NotFoundException;
import emblema.core.error.StorageException;
import emblema.core.fmri.PercentEncoding;
import emblema.store.file.FileRepository;
import emblema.store.search.RepositorySearch;
import emblema.store.search.Search;
import emblema.store.search.SearchHit;
import emblema.store.search.SearchIndex;
import emblema.store.search.SearchWire;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code search/1/QUERY}, or several queries as the form {@code 0=QUERY&1=QUERY} of a POST: the
 * line {@code Return from search v1}, then a line a result ({@link SearchWire}); 204 where one
 * query finds nothing. {@code search/0/TOKEN}: results of one token in the older form.
 */
final class SearchOperation implements Operation {
  private static final int LONGEST_FORM = 1 << 20;

  private final FileRepository repository;
  private final RepositorySearch indexes;
  private final Freshness freshness;

  SearchOperation(FileRepository repository, RepositorySearch indexes, Freshness freshness) {
    this.repository = repository;
    this.indexes = indexes;
    this.freshness = freshness;
  }

  @Override
  public String name() {
    return "search";
  }

  @Override
  public List<Integer> versions() {
    return List.of(0, 1);
  }

  @Override
  public Access access() {
    return Access.READ;
  }

  @Override
  public Response answer(Call call) {
    String publisher = Publishers.one(call, repository);
    SearchIndex index = indexes.index(publisher);
    try {
      return call.version() == 0 ? old(call, index, publisher) : several(call, index, publisher);
    } catch (NotFoundException e) {
      return ErrorPage.of(503, "Search functionality is temporarily unavailable.")
          .with("Retry-After", "30");
    }
  }

  private Response old(Call call, SearchIndex index, String publisher) {
    if (call.arguments().isEmpty()) {
      return ErrorPage.of(400, "No token was provided to search.");
    }
    Search search = Search.actions(call.argument());
    finds(index, search);
    return kept(
        lines(
            writer ->
                index.search(
                    search,
                    hit -> {
                      if (hit instanceof SearchHit.ActionHit action) {
                        line(writer, SearchWire.oldLine(action));
                      }
                    })),
        publisher);
  }

  private Response several(Call call, SearchIndex index, String publisher) {
    List<String> form = form(call.request());
    if (call.arguments().isEmpty() && form.isEmpty()) {
      return ErrorPage.of(400, "No token was provided to search.");
    }
    if (!call.arguments().isEmpty() && !form.isEmpty()) {
      return ErrorPage.of(400, "Queries can be given in the path or as a form, not both.");
    }
    List<Search> searches = new ArrayList<>();
    boolean found = false;
    for (String text : form.isEmpty() ? List.of(call.argument()) : form) {
      Search search;
      try {
        search = Search.parse(text);
      } catch (MalformedException e) {
        return ErrorPage.of(404, e);
      }
      searches.add(search);
      found |= finds(index, search);
    }
    if (!found && searches.size() == 1) {
      return new Response(204, Headers.of("Content-Type", "text/html;charset=utf-8"), Body.none());
    }
    return kept(
        lines(
            writer -> {
              line(writer, SearchWire.HEADER);
              for (int i = 0; i < searches.size(); i++) {
                int number = i;
                index.search(searches.get(i), hit -> line(writer, SearchWire.line(number, hit)));
              }
            }),
        publisher);
  }

  /** Whether there is any result; says first what is wrong with the query. */
  private static boolean finds(SearchIndex index, Search search) {
    boolean[] found = {false};
    index.search(search.withLimit(1), hit -> found[0] = true);
    return found[0];
  }

  private Response kept(Response response, String publisher) {
    long seconds = Freshness.refreshSeconds(repository, List.of(publisher));
    return freshness.keep(response, Math.min(seconds, Freshness.DAY));
  }

  /** Writes all lines of an answer. */
  private interface Lines {
    void write(Writer writer);
  }

  private static Response lines(Lines lines) {
    return Response.of(
        200,
        VersionsOperation.CONTENT_TYPE,
        new Body.Streamed(
            out -> {
              Writer writer =
                  new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
              lines.write(writer);
              writer.flush();
            }));
  }

  private static void line(Writer writer, String text) {
    try {
      writer.write(text);
      writer.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The values of a form, which may also be what follows the question mark. */
  private static List<String> form(Request request) {
    String text = request.query();
    if (request.isUpload()) {
      try {
        byte[] bytes = request.body().readNBytes(LONGEST_FORM + 1);
        if (bytes.length > LONGEST_FORM) {
          throw new MalformedException("the queries have more than '" + LONGEST_FORM + "' bytes");
        }
        text = new String(bytes, StandardCharsets.US_ASCII);
      } catch (IOException e) {
        throw new StorageException("the queries cannot be read", e.getMessage(), List.of(), e);
      }
    }
    List<String> values = new ArrayList<>();
    for (String pair : text.split("&", -1)) {
      if (!pair.isEmpty()) {
        int mark = pair.indexOf('=');
        values.add(
            mark < 0 ? "" : PercentEncoding.decode(pair.substring(mark + 1).replace('+', ' ')));
      }
    }
    return values;
  }
}
