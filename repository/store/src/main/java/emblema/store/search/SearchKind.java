package emblema.store.search;

/** What a search will find, before it is made. */
public final class SearchKind {
  private SearchKind() {}

  /**
   * Whether the results are packages, because the search or its query asks for them.
   *
   * @throws emblema.core.error.MalformedException for a query that cannot be understood
   */
  public static boolean findsPackages(Search search) {
    return QueryParser.parse(search).findsPackages();
  }
}
