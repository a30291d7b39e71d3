package emblema.publisher.master.ledger;

import emblema.core.error.ConflictException;
import emblema.core.error.EmblemaException;
import emblema.core.tree.TreeEntry;
import emblema.core.tree.TreeIndex;
import emblema.store.origin.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whether everything the newest release names can be had from the repository. */
public final class LedgerCheck {
  private static final int SHOWN = 20;

  private LedgerCheck() {}

  /** Conflict that lists what is missing. */
  public static void check(Ledger ledger, Origin repository) {
    List<String> problems = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    TreeIndex tree = ledger.tree();
    for (int i = 0; i < tree.size(); i++) {
      TreeEntry entry = tree.entry(i);
      if (entry.isFile() && seen.add(tree.hash(i).sha1())) {
        String publisher =
            ledger.packages().values().iterator().next().fmri().publisherIfAny().orElse("");
        try (InputStream payload = repository.payload(publisher, tree.hash(i).sha1())) {
          if (payload.read() < 0) {
            problems.add("payload of '" + entry.path() + "' is empty");
          }
        } catch (EmblemaException | IOException e) {
          problems.add("payload of '" + entry.path() + "': " + e.getMessage());
        }
      }
    }
    if (!problems.isEmpty()) {
      int shown = Math.min(SHOWN, problems.size());
      throw new ConflictException(
          problems.size() + " objects of the release are missing in the repository",
          String.join("\n", problems.subList(0, shown)),
          List.of("run 'pkgrepo verify' on the repository"),
          null);
    }
  }
}
