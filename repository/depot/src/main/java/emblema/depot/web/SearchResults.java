package emblema.depot.web;

import emblema.core.fmri.Fmri;
import java.util.List;

/**
 * What a search in contents found.
 *
 * @param problem why there are no results or not all; empty if there is no problem
 * @param isCut whether there are more
 */
public record SearchResults(String query, List<Row> rows, String problem, boolean isCut) {
  public SearchResults {
    rows = List.copyOf(rows);
  }

  /**
   * One result.
   *
   * @param match what was found; empty for a package as a whole
   * @param kind what it was found under
   * @param type of the action
   */
  public record Row(Fmri fmri, String match, String kind, String type) {}
}
