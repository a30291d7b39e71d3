package emblema.publisher.master.rule;

import emblema.core.tree.TreeDigest;
import emblema.publisher.transform.Transform;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All statements of all rule files. Within one kind of statement the first match wins; a later file
 * comes before an earlier one.
 *
 * @param transforms in the order of the files
 * @param digest SHA-256 of what the files say, whatever they are called
 */
public record Rules(List<Rule> statements, List<Transform> transforms, String digest) {
  public static final Rules NONE = new Rules(List.of(), List.of(), TreeDigest.ofText(""));

  public Rules {
    statements = List.copyOf(statements);
    transforms = List.copyOf(transforms);
  }

  /** The statements of one kind, in order. */
  public <R extends Rule> Stream<R> all(Class<R> kind) {
    return statements.stream().filter(kind::isInstance).map(kind::cast);
  }

  /**
   * The package that a rule gives the path to; for a directory also by what a rule says of its
   * content.
   */
  public Optional<Rule.Assign> assignment(String path) {
    return all(Rule.Assign.class).filter(rule -> matches(rule.globs(), path)).findFirst();
  }

  public Optional<Rule.Editable> editable(String path) {
    return all(Rule.Editable.class).filter(rule -> matches(rule.globs(), path)).findFirst();
  }

  public Optional<Rule.Reboot> reboot(String path) {
    return all(Rule.Reboot.class).filter(rule -> matches(rule.globs(), path)).findFirst();
  }

  public Optional<Rule.Owner> owner(String path) {
    return all(Rule.Owner.class).filter(rule -> matches(rule.globs(), path)).findFirst();
  }

  /** Every facet whose patterns match, in order, without {@code facet.}. */
  public Set<String> facets(String path) {
    Set<String> facets = new LinkedHashSet<>();
    all(Rule.Facet.class)
        .filter(rule -> matches(rule.globs(), path))
        .forEach(rule -> facets.add(rule.name()));
    return facets;
  }

  public boolean discards(String path) {
    return all(Rule.Discard.class).anyMatch(rule -> matches(rule.globs(), path));
  }

  public List<String> sharedRoots() {
    return all(Rule.SharedRoots.class).flatMap(rule -> rule.paths().stream()).distinct().toList();
  }

  /** The metadata of a package; what an earlier statement says of a key wins. */
  public Map<String, List<String>> meta(String name) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    all(Rule.Meta.class)
        .filter(rule -> rule.name().equals(name))
        .forEach(rule -> rule.values().forEach(values::putIfAbsent));
    return values;
  }

  /** Packages that the incorporation does not require: named so, or members of a group. */
  public Set<String> optionalPackages() {
    Set<String> names = new LinkedHashSet<>();
    all(Rule.Optional.class).forEach(rule -> names.addAll(rule.names()));
    all(Rule.Group.class).forEach(rule -> names.addAll(rule.members()));
    return names;
  }

  /** These rules with others in front of them. */
  public Rules precededBy(Rules later) {
    List<Rule> both = new ArrayList<>(later.statements);
    both.addAll(statements);
    List<Transform> allTransforms = new ArrayList<>(transforms);
    allTransforms.addAll(later.transforms);
    return new Rules(both, allTransforms, TreeDigest.ofText(later.digest + "\n" + digest));
  }

  static boolean matches(List<PathGlob> globs, String path) {
    for (PathGlob glob : globs) {
      if (glob.matches(path)) {
        return true;
      }
    }
    return false;
  }
}
