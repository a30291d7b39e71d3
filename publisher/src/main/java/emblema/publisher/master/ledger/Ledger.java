package emblema.publisher.master.ledger;

import emblema.core.action.Action;
import emblema.core.action.GroupAction;
import emblema.core.action.UserAction;
import emblema.core.fmri.Fmri;
import emblema.core.manifest.Manifest;
import emblema.core.tree.TreeIndex;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The newest release of one family of packages: which path is in which package, and everything that
 * later releases must repeat (spec master-image-diff, section 10).
 *
 * @param incorporation null before the first publication
 * @param facts the incorporation's {@code set} actions of {@link ImageFacts}
 * @param packages live packages and markers by stem, the incorporation not among them
 * @param tree what the packages deliver, as a tree
 * @param owners stem by path
 * @param special actions with attributes that content alone cannot tell: {@code preserve}, {@code
 *     original_name}, {@code salvage-from}, actuators, by path
 * @param hardLinks paths that are delivered as hard links of another path
 * @param accounts user and group actions in the order of stems
 */
public record Ledger(
    @Nullable Fmri incorporation,
    Manifest incorporationManifest,
    Map<String, List<String>> facts,
    SortedMap<String, PublishedPackage> packages,
    TreeIndex tree,
    Map<String, String> owners,
    Map<String, Action> special,
    Set<String> hardLinks,
    List<Action> accounts) {

  /** Where generated fragments for systemd-tmpfiles go; a package's name follows. */
  public static final String TMPFILES = "usr/lib/tmpfiles.d/emblema-";

  /** Files that hold accounts: delivered once as base files. */
  public static final List<String> ACCOUNT_FILES =
      List.of("etc/passwd", "etc/group", "etc/shadow", "etc/gshadow", "etc/subuid", "etc/subgid");

  public boolean isEmpty() {
    return incorporation == null;
  }

  public String fact(String name) {
    return facts.getOrDefault(name, List.of()).stream().findFirst().orElse("");
  }

  /** The package that delivers the path. */
  public Optional<String> ownerOf(String path) {
    return Optional.ofNullable(owners.get(path));
  }

  public Optional<Action> specialAt(String path) {
    return Optional.ofNullable(special.get(path));
  }

  /** The release in which what machines keep in the directory got another place, if it is known. */
  public Optional<String> movedIn(String directory) {
    return facts.getOrDefault(ImageFacts.MOVED, List.of()).stream()
        .filter(each -> each.contains(" " + directory + " -> "))
        .map(each -> each.substring(0, each.indexOf(' ')))
        .findFirst();
  }

  /** All values of an attribute that the path's action has now. */
  public List<String> sticky(String path, String attribute) {
    Action action = special.get(path);
    return action == null ? List.of() : action.attributes().all(attribute);
  }

  /** Whether the path is delivered as a file with content of its own. */
  public boolean isLeader(String path) {
    return owners.containsKey(path) && !hardLinks.contains(path);
  }

  /** The account actions of one kind by name: users or groups. */
  public Optional<Action> account(String name, boolean user) {
    return accounts.stream()
        .filter(action -> user ? action instanceof UserAction : action instanceof GroupAction)
        .filter(action -> action.key().equals(name))
        .findFirst();
  }

  /** Whether the path was handed over to the machines in an earlier release. */
  public boolean isAbandoned(String path) {
    return sticky(path, "preserve").contains("abandon");
  }

  /**
   * Whether the planner made the path without an object of the tree: a staging directory, a file
   * that was handed over, a generated fragment, an account file.
   */
  public boolean isGenerated(String path) {
    return path.contains("/.migrate/")
        || isAbandoned(path)
        || path.startsWith(TMPFILES)
        || ACCOUNT_FILES.contains(path);
  }
}
