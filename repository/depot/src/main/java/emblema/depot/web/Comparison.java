package emblema.depot.web;

import emblema.core.action.Action;
import emblema.core.attribute.Attributes;
import emblema.core.manifest.Manifest;
import emblema.core.manifest.ManifestDiff;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What differs between two versions of a package.
 *
 * @param counts of everything; the lists may hold less
 */
public record Comparison(
    List<Entry> added, List<Entry> removed, List<Entry> changed, Counts counts) {
  /** More entries of one kind are only counted. */
  private static final int MOST = 2000;

  /** What the name of a version changes by itself. */
  private static final Set<String> OBVIOUS = Set.of("pkg.fmri");

  public Comparison {
    added = List.copyOf(added);
    removed = List.copyOf(removed);
    changed = List.copyOf(changed);
  }

  /** How many actions there are of each kind. */
  public record Counts(int added, int removed, int changed) {
    public boolean isNothing() {
      return added + removed + changed == 0;
    }
  }

  /**
   * One action.
   *
   * @param type the word of its type
   * @param key its path or name
   * @param attributes that differ; none for actions of one side only
   */
  public record Entry(String type, String key, List<Attribute> attributes) {
    public Entry {
      attributes = List.copyOf(attributes);
    }
  }

  /** An attribute that differs; empty text where there is none. */
  public record Attribute(String name, String before, String after) {}

  static Comparison of(Manifest before, Manifest after) {
    ManifestDiff diff = ManifestDiff.between(before, after);
    List<Action> added = worthTelling(diff.added());
    List<Action> removed = worthTelling(diff.removed());
    List<ManifestDiff.Change> changed =
        diff.changed().stream().filter(change -> !isObvious(change.after())).toList();
    return new Comparison(
        entries(added),
        entries(removed),
        changed.stream().limit(MOST).map(Comparison::entry).toList(),
        new Counts(added.size(), removed.size(), changed.size()));
  }

  private static List<Action> worthTelling(List<Action> actions) {
    return actions.stream().filter(action -> !isObvious(action)).toList();
  }

  private static boolean isObvious(Action action) {
    return OBVIOUS.contains(action.attributes().get("name", ""));
  }

  private static List<Entry> entries(List<Action> actions) {
    return actions.stream()
        .limit(MOST)
        .map(action -> new Entry(action.type().word(), name(action), List.of()))
        .toList();
  }

  private static String name(Action action) {
    return switch (action.type()) {
      case SET -> action.key() + " = " + String.join(", ", action.attributes().all("value"));
      case DEPEND -> action.attributes().get("type", "") + " " + action.key();
      default -> action.key();
    };
  }

  private static Entry entry(ManifestDiff.Change change) {
    Attributes before = change.before().attributes();
    Attributes after = change.after().attributes();
    Set<String> names = new TreeSet<>(before.names());
    names.addAll(after.names());
    List<Attribute> different = new ArrayList<>();
    String old = payload(change.before());
    String now = payload(change.after());
    if (!old.equals(now)) {
      different.add(new Attribute("content", old, now));
    }
    for (String name : names) {
      String one = String.join(", ", before.all(name));
      String other = String.join(", ", after.all(name));
      if (!one.equals(other) && !isHash(name)) {
        different.add(new Attribute(name, one, other));
      }
    }
    return new Entry(change.after().type().word(), change.after().key(), different);
  }

  private static boolean isHash(String name) {
    return name.endsWith("hash");
  }

  private static String payload(Action action) {
    String payload = action.payload();
    return payload == null ? "" : payload;
  }
}
