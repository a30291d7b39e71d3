package emblema.store.catalog;

import emblema.core.action.Action;
import emblema.core.fmri.Fmri;
import java.util.List;

/**
 * What the catalog says about one package version, without its manifest being read.
 *
 * @param fmri with publisher and full version
 * @param manifestSha1 of the stored manifest's bytes ({@code signature-sha-1}), or empty
 * @param dependencyActions depend actions, and the set actions for obsolete, renamed and variants
 * @param summaryActions set actions for people: summary, description, classification, …
 */
public record CatalogEntry(
    Fmri fmri, String manifestSha1, List<Action> dependencyActions, List<Action> summaryActions) {
  public CatalogEntry {
    dependencyActions = List.copyOf(dependencyActions);
    summaryActions = List.copyOf(summaryActions);
  }
}
