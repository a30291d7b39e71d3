package emblema.core.manifest;

import emblema.core.action.Action;
import emblema.core.action.ActionType;
import emblema.core.action.ActionWriter;
import emblema.core.attribute.Attributes;
import emblema.core.hash.ContentHashes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What turns one manifest into another (spec manifest, sections 17, 18 and 20): actions are matched
 * by type and key; for mediated links by path, mediator version and implementation. Of several
 * actions with one key the last counts. Each list is in the order of its manifest.
 */
public record ManifestDiff(List<Action> removed, List<Change> changed, List<Action> added) {
  /** What {@link #isDifferent} does not compare as attributes. */
  private static final Set<String> HASHES = Set.of("hash", "chash", "elfhash", "pkg.content-hash");

  public ManifestDiff {
    removed = List.copyOf(removed);
    changed = List.copyOf(changed);
    added = List.copyOf(added);
  }

  /** The same key, different content or attributes. */
  public record Change(Action before, Action after) {}

  private record Identity(ActionType type, Object key) {}

  public static ManifestDiff between(Manifest before, Manifest after) {
    Map<Identity, Action> old = new LinkedHashMap<>();
    before.actions().forEach(action -> old.put(identity(action), action));
    Map<Identity, Action> last = new LinkedHashMap<>();
    after.actions().forEach(action -> last.put(identity(action), action));
    List<Change> changed = new ArrayList<>();
    List<Action> added = new ArrayList<>();
    last.forEach(
        (identity, action) -> {
          Action previous = old.remove(identity);
          if (previous == null) {
            added.add(action);
          } else if (isDifferent(previous, action)) {
            changed.add(new Change(previous, action));
          }
        });
    return new ManifestDiff(List.copyOf(old.values()), changed, added);
  }

  public boolean isEmpty() {
    return removed.isEmpty() && changed.isEmpty() && added.isEmpty();
  }

  /** Whether two actions with one key differ (spec manifest, section 20). */
  public static boolean isDifferent(Action before, Action after) {
    return !ContentHashes.agree(before, after)
        || !sameAttributes(before.attributes(), after.attributes());
  }

  /** What makes two actions of two versions the same object. */
  private static Identity identity(Action action) {
    Attributes attributes = action.attributes();
    String name = action.type().keyAttribute();
    if (name == null) {
      return new Identity(action.type(), ActionWriter.write(action));
    }
    if (attributes.has("mediator")
        && (action.type() == ActionType.LINK || action.type() == ActionType.HARDLINK)) {
      return new Identity(
          action.type(),
          List.of(
              action.key(),
              attributes.get("mediator-version", ""),
              attributes.get("mediator-implementation", "")));
    }
    return new Identity(
        action.type(), attributes.count(name) == 1 ? action.key() : attributes.all(name));
  }

  /** Equal but for hashes; lists are compared without regard to order. */
  private static boolean sameAttributes(Attributes left, Attributes right) {
    if (left.equals(right)) {
      return true;
    }
    Set<String> names = new HashSet<>(left.names());
    names.addAll(right.names());
    names.removeAll(HASHES);
    for (String name : names) {
      if (!left.all(name).stream()
          .sorted()
          .toList()
          .equals(right.all(name).stream().sorted().toList())) {
        return false;
      }
    }
    return true;
  }
}
