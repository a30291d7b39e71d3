package emblema.image.search;

import emblema.store.search.Search;
import java.util.List;

/**
 * What to search for, and where.
 *
 * @param installed whether in what is installed
 * @param offered whether in what publishers offer
 * @param everyVersion whether also in versions that could not be installed as things are
 * @param repositories instead of the image's publishers; empty for these
 */
public record SearchRequest(
    Search search,
    boolean installed,
    boolean offered,
    boolean everyVersion,
    List<String> repositories) {
  public SearchRequest {
    repositories = List.copyOf(repositories);
  }
}
