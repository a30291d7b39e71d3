package emblema.publisher.master.split;

import emblema.core.tree.TreeEntry;
import emblema.core.tree.TreeIndex;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Packages by where things lie, when nothing better is known: a product below {@code opt/X} or a
 * component with documentation in {@code usr/share/doc/X} also gets what bears its name elsewhere.
 */
final class NamePatterns {
  private static final Set<String> PROGRAM_DIRECTORIES =
      Set.of("usr/bin", "usr/sbin", "bin", "sbin");
  private static final Set<String> COMPONENT_DIRECTORIES =
      Set.of("usr/lib", "usr/libexec", "usr/share", "usr/share/doc", "etc", "var/lib", "opt");

  private final Set<String> products = new TreeSet<>();
  private final Set<String> components = new TreeSet<>();

  NamePatterns(TreeIndex tree, Set<String> shared) {
    for (int i = 0; i < tree.size(); i++) {
      TreeEntry entry = tree.entry(i);
      boolean named = entry.isDirectory() && isName(entry.name());
      if (named && entry.parent().equals("opt") && !shared.contains(entry.path())) {
        products.add(entry.name());
      } else if (named && entry.parent().equals("usr/share/doc")) {
        components.add(entry.name());
      }
    }
    components.removeAll(products);
  }

  private static boolean isName(String name) {
    return name.matches("[A-Za-z0-9][A-Za-z0-9_.+-]*");
  }

  /** The package that the path's place suggests. */
  Optional<String> suggest(String path) {
    if (path.startsWith("boot/")
        || path.startsWith("usr/lib/modules/")
        || path.startsWith("lib/modules/")) {
      return Optional.of("system/kernel");
    }
    for (String directory : COMPONENT_DIRECTORIES) {
      if (path.startsWith(directory + "/")) {
        String rest = path.substring(directory.length() + 1);
        int slash = rest.indexOf('/');
        Optional<String> found = named(slash < 0 ? withoutSuffix(rest) : rest.substring(0, slash));
        if (found.isPresent()) {
          return found;
        }
      }
    }
    int slash = path.lastIndexOf('/');
    String directory = slash < 0 ? "" : path.substring(0, slash);
    String name = path.substring(slash + 1);
    if (PROGRAM_DIRECTORIES.contains(directory)) {
      return named(name);
    }
    if (directory.equals("usr/lib/systemd/system")) {
      return named(name.replaceFirst("[@.].*$", ""));
    }
    return Optional.empty();
  }

  private static String withoutSuffix(String name) {
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  private Optional<String> named(String name) {
    if (products.contains(name)) {
      return Optional.of("application/" + name);
    }
    return components.contains(name) ? Optional.of("component/" + name) : Optional.empty();
  }
}
