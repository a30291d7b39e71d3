package emblema.publisher.master.select;

import emblema.core.tree.TreeEntry;
import emblema.core.tree.TreeIndex;
import emblema.publisher.master.rule.PathGlob;
import emblema.publisher.master.rule.Rule;
import emblema.publisher.master.rule.Rules;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which objects of a tree are delivered: the user's paths first, then the built-in classes and
 * shared areas. A path that the user includes by name is delivered whatever its class.
 */
public final class Selection {
  /** Shared areas that are always known. */
  public static final List<String> SHARED_ROOTS = List.of("var/share", "opt/share");

  private final SelectionRules paths;
  private final Map<FileClass, List<PathGlob>> classes = new EnumMap<>(FileClass.class);

  /** The same by the first name of the paths they match; under the empty name the others. */
  private final Map<String, List<ClassGlob>> byFirstName = new HashMap<>();

  private final List<String> sharedRoots;
  private final Set<FileClass> off;

  private record ClassGlob(FileClass owner, PathGlob glob) {}

  /**
   * @param off classes that are not applied
   */
  public Selection(SelectionRules paths, Set<FileClass> off, Rules rules) {
    this.paths = paths;
    this.off = Set.copyOf(off);
    for (FileClass each : FileClass.values()) {
      List<PathGlob> globs = new ArrayList<>();
      if (each == FileClass.VOLATILE) {
        rules.all(Rule.Volatile.class).forEach(rule -> globs.addAll(rule.globs()));
      }
      if (each == FileClass.IDENTITY) {
        rules.all(Rule.Identity.class).forEach(rule -> globs.addAll(rule.globs()));
      }
      if (!off.contains(each)) {
        globs.addAll(each.globs());
      }
      classes.put(each, globs);
      globs.forEach(
          glob ->
              byFirstName
                  .computeIfAbsent(glob.firstName().orElse(""), name -> new ArrayList<>())
                  .add(new ClassGlob(each, glob)));
    }
    Set<String> roots = new HashSet<>(SHARED_ROOTS);
    roots.addAll(rules.sharedRoots());
    this.sharedRoots = roots.stream().sorted().toList();
  }

  /** Whether a class is switched off. */
  public boolean isOff(FileClass each) {
    return off.contains(each);
  }

  /** Whether the user includes the path by name, whatever its class. */
  public boolean names(String path) {
    return paths.names(path);
  }

  /** Areas outside the boot environment, sorted; what they hold is never delivered. */
  public List<String> sharedRoots() {
    return sharedRoots;
  }

  /** The shared area that a path lies in or is, if any. */
  public Optional<String> sharedRootOf(String path) {
    return sharedRoots.stream()
        .filter(root -> path.equals(root) || path.startsWith(root + "/"))
        .findFirst();
  }

  /** Why an object is not delivered; nothing if it is. */
  public Optional<String> exclusion(TreeEntry entry) {
    String path = entry.path();
    if (!paths.selects(path)) {
      return Optional.of("excluded by option");
    }
    if (paths.names(path)) {
      return Optional.empty();
    }
    return classOf(path)
        .map(each -> "class " + each.word())
        .or(
            () ->
                sharedRootOf(path)
                    .filter(root -> !root.equals(path))
                    .map(root -> "in the shared area " + root));
  }

  /** The class of a path; the first in the order of {@link FileClass} if there are several. */
  public Optional<FileClass> classOf(String path) {
    int slash = path.indexOf('/');
    Optional<FileClass> named = among(slash < 0 ? path : path.substring(0, slash), path);
    Optional<FileClass> floating = among("", path);
    boolean both = named.isPresent() && floating.isPresent();
    return both && floating.get().compareTo(named.get()) < 0 ? floating : named.or(() -> floating);
  }

  private Optional<FileClass> among(String firstName, String path) {
    for (ClassGlob each : byFirstName.getOrDefault(firstName, List.of())) {
      if (each.glob().matches(path)) {
        return Optional.of(each.owner());
      }
    }
    return Optional.empty();
  }

  /**
   * Whether a scan need look into a directory at all: pseudo file systems may not even be readable.
   */
  public boolean enters(String directory) {
    boolean pseudo = classOf(directory + "/x").filter(each -> each == FileClass.PSEUDO).isPresent();
    return !pseudo || mayNameBelow(directory);
  }

  private boolean mayNameBelow(String directory) {
    String below = directory + "/";
    return java.util.stream.Stream.concat(paths.included().stream(), paths.listed().stream())
        .anyMatch(
            path ->
                path.startsWith(below)
                    || directory.equals(path)
                    || directory.startsWith(path + "/"));
  }

  /** The delivered part of a tree: selected objects and the directories above them. */
  public TreeIndex apply(TreeIndex tree) {
    BitSet kept = new BitSet(tree.size());
    String lastParent = "";
    for (int i = 0; i < tree.size(); i++) {
      if (exclusion(tree.entry(i)).isEmpty()) {
        kept.set(i);
        String parent = tree.entry(i).parent();
        if (!parent.equals(lastParent)) {
          keepAncestors(tree, tree.entry(i), kept);
          lastParent = parent;
        }
      }
    }
    return tree.filter(kept::get);
  }

  private static void keepAncestors(TreeIndex tree, TreeEntry entry, BitSet kept) {
    String parent = entry.parent();
    while (!parent.isEmpty()) {
      int position = tree.find(parent);
      if (position < 0 || kept.get(position)) {
        return;
      }
      kept.set(position);
      parent = tree.entry(position).parent();
    }
  }

  /** Paths of options that the tree does not have: includes first, then excludes. */
  public Missing missing(TreeIndex tree) {
    return new Missing(
        java.util.stream.Stream.concat(paths.included().stream(), paths.listed().stream())
            .filter(path -> !tree.has(path))
            .sorted()
            .toList(),
        paths.excluded().stream().filter(path -> !tree.has(path)).sorted().toList());
  }

  /** Paths named by options that do not exist. */
  public record Missing(List<String> included, List<String> excluded) {}

  /** One line that tells two selections apart, for digests. */
  public String fingerprint() {
    return paths.excluded().stream().sorted().toList()
        + " "
        + paths.included().stream().sorted().toList()
        + " "
        + paths.listed().stream().sorted().toList()
        + " "
        + paths.listOnly()
        + " "
        + classes
        + " "
        + off.contains(FileClass.FOREIGN)
        + " "
        + sharedRoots;
  }
}
