package emblema.store.search;

import emblema.core.error.IntegrityException;
import java.io.IOException;
import java.util.function.Consumer;
import org.apache.lucene.index.DirectoryReader;

/** An opened state of an index; what is written meanwhile it does not see. */
final class LuceneIndex implements SearchIndex {
  private final DirectoryReader reader;
  private final String description;
  private final IndexLines lines;

  /**
   * @param description where it is, for errors
   */
  LuceneIndex(DirectoryReader reader, String description) throws IOException {
    this.reader = reader;
    this.description = description;
    this.lines = new IndexLines(reader);
  }

  @Override
  public void search(Search search, Consumer<SearchHit> each) {
    Query query = QueryParser.parse(search);
    Window window = new Window(search, each);
    try {
      Evaluation evaluation = new Evaluation(lines, search.caseSensitive());
      if (query.findsPackages()) {
        for (String name : new PackageEvaluation(evaluation).names(query)) {
          window.accept(new SearchHit.PackageHit(name));
          if (window.isFull()) {
            return;
          }
        }
      } else if (!window.isFull()) {
        evaluation.search(query, window::accept);
      }
    } catch (Window.FullException e) {
      // all that was asked for
    } catch (IOException | IndexOutOfBoundsException | IllegalArgumentException e) {
      throw damaged(description, e);
    }
  }

  static IntegrityException damaged(String description, Exception cause) {
    String reason = cause.getMessage();
    return new IntegrityException(
        description,
        "search index",
        "an index that can be read",
        reason == null ? cause.getClass().getSimpleName() : reason);
  }

  /** Keeps it open until {@link #release}, even if it is closed meanwhile. */
  void retain() {
    reader.incRef();
  }

  void release() {
    try {
      reader.decRef();
    } catch (IOException e) {
      throw damaged(description, e);
    }
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw damaged(description, e);
    }
  }

  DirectoryReader reader() {
    return reader;
  }

  /** The part of the results that was asked for. */
  private static final class Window {
    private final Search search;
    private final Consumer<SearchHit> each;
    private long seen;

    Window(Search search, Consumer<SearchHit> each) {
      this.search = search;
      this.each = each;
    }

    boolean isFull() {
      return search.limit() != null && seen >= (long) search.start() + search.limit();
    }

    void accept(SearchHit hit) {
      if (isFull()) {
        throw new FullException();
      }
      if (seen++ >= search.start()) {
        each.accept(hit);
      }
      if (isFull()) {
        throw new FullException();
      }
    }

    /** Ends an evaluation whose further results nobody wants. */
    private static final class FullException extends RuntimeException {
      private static final long serialVersionUID = 1;

      FullException() {
        super(null, null, false, false);
      }
    }
  }
}
