package emblema.publisher.master.plan;

import emblema.core.tree.TreeDigest;
import emblema.publisher.master.rule.Rules;
import emblema.publisher.master.select.Selection;

/**
 * What is to be planned, the trees aside.
 *
 * @param publisher prefix of the publisher
 * @param family the first part of the names that the tool itself makes: {@code
 *     FAMILY/incorporation}
 */
public record PlanRequest(
    String publisher,
    String family,
    Release release,
    Rules rules,
    Selection selection,
    Choices choices) {

  /** What the incorporation is called. */
  public String incorporation() {
    return family + "/incorporation";
  }

  /** One digest over everything but the trees and the release that shapes packages. */
  public String fingerprint() {
    return TreeDigest.ofText(
        String.join(
            "\n",
            rules.digest(),
            selection.fingerprint(),
            family,
            release.line(),
            choices.onExclude().name(),
            choices.single(),
            choices.timestamps().toString(),
            choices.migratePackage(),
            choices.floor(),
            choices.comparison().toString(),
            choices.actuators().name(),
            Boolean.toString(choices.acceptSuggestions()),
            Boolean.toString(choices.resplit())));
  }
}
