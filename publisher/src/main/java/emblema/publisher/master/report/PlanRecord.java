package emblema.publisher.master.report;

import emblema.core.error.MalformedException;
import emblema.publisher.master.ledger.ImageFacts;
import emblema.publisher.master.plan.Plan;
import emblema.store.json.Json;
import emblema.store.json.JsonReader;
import emblema.store.json.JsonText;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code plan.json}: what a plan was made from, by digests, and how, so that publishing can make it
 * again and see that nothing changed.
 *
 * @param words the options as typed
 * @param directory that relative paths among them start from
 * @param published digest recorded by the last release, empty at the baseline
 * @param plan digest over everything that is to be published
 */
public record PlanRecord(
    List<String> words,
    String directory,
    String oldTree,
    String newTree,
    String rules,
    String published,
    String plan) {
  private static final String FORMAT = "emblema-master-plan-1";

  public PlanRecord {
    words = List.copyOf(words);
  }

  public static PlanRecord of(Plan plan, List<String> words, String directory) {
    return new PlanRecord(
        words,
        directory,
        plan.oldTree(),
        plan.now().digest(),
        plan.request().fingerprint(),
        plan.ledger().isEmpty()
            ? ""
            : plan.ledger().incorporation() + " " + plan.ledger().fact(ImageFacts.TREE),
        plan.digest());
  }

  public String write() {
    return JsonText.indented(
            Json.Members.of(
                "format", new Json.Text(FORMAT),
                "arguments", Json.Array.ofTexts(words),
                "directory", new Json.Text(directory),
                "old-tree", new Json.Text(oldTree),
                "new-tree", new Json.Text(newTree),
                "rules", new Json.Text(rules),
                "published", new Json.Text(published),
                "plan", new Json.Text(plan)))
        + "\n";
  }

  public static PlanRecord read(byte[] bytes, String source) {
    Json.Members members = JsonReader.readMembers(new ByteArrayInputStream(bytes), source);
    if (!members.text("format").filter(FORMAT::equals).isPresent()) {
      throw new MalformedException("'" + source + "' is not a plan of this version");
    }
    return new PlanRecord(
        members.texts("arguments"),
        members.text("directory").orElse(""),
        members.text("old-tree").orElse(""),
        members.text("new-tree").orElse(""),
        members.text("rules").orElse(""),
        members.text("published").orElse(""),
        members.text("plan").orElse(""));
  }

  /** What changed since, in words; empty if this plan and the other publish the same. */
  public List<String> differences(PlanRecord now) {
    List<String> differences = new ArrayList<>();
    differ(differences, "the old tree", oldTree, now.oldTree);
    differ(differences, "the new tree", newTree, now.newTree);
    differ(differences, "the rules or options", rules, now.rules);
    differ(differences, "what the repository holds", published, now.published);
    if (differences.isEmpty()) {
      differ(differences, "the planned packages", plan, now.plan);
    }
    return differences;
  }

  private static void differ(List<String> differences, String what, String before, String now) {
    if (!before.equals(now)) {
      differences.add(what);
    }
  }
}
