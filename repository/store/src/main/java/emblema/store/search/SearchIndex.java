package emblema.store.search;

import java.util.function.Consumer;

/**
 * Answers queries from one set of packages as it was when the index was completed last. Safe for
 * use by several threads; a query sees one state from its beginning to its end.
 */
public interface SearchIndex extends AutoCloseable {

  /**
   * Hands over what the search finds, as it is found: actions in the order of their tokens, below
   * that by type, key and package; packages by name.
   *
   * @throws emblema.core.error.MalformedException for a query that cannot be understood, with the
   *     reference's text; nothing has been handed over then
   * @throws emblema.core.error.IntegrityException for an index that turns out to be damaged
   */
  void search(Search search, Consumer<SearchHit> each);

  @Override
  void close();
}
