package emblema.publisher.depend;

import emblema.core.action.Action;
import emblema.core.action.ActionType;
import emblema.core.attribute.Attributes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Dependencies on files, of which it is not known yet who delivers them (spec pkgdepend, section
 * 2).
 */
final class Placeholders {
  static final String UNKNOWN = "__TBD";
  private static final String DEBUG = "pkg.debug.depend.";

  private Placeholders() {}

  /**
   * @param directories in which the file may be, without leading slashes
   * @param of the action that needs it; the dependency holds where it is installed
   */
  static Action make(String kind, String file, List<String> directories, Action of) {
    Attributes.Builder attributes =
        Attributes.builder()
            .add("fmri", UNKNOWN)
            .add("type", "require")
            .add(DEBUG + "file", file)
            .add(DEBUG + "reason", of.key())
            .add(DEBUG + "type", kind);
    directories.forEach(directory -> attributes.add(DEBUG + "path", directory));
    for (String name : of.attributes().names()) {
      if (name.startsWith("variant.")) {
        of.attributes().all(name).forEach(value -> attributes.add(name, value));
      }
    }
    return Action.of(ActionType.DEPEND, null, attributes.build());
  }

  static boolean isOne(Action action) {
    Attributes attributes = action.attributes();
    return action.type() == ActionType.DEPEND
        && attributes.is("fmri", UNKNOWN)
        && (attributes.has(DEBUG + "file") || attributes.has(DEBUG + "fullpath"));
  }

  /** Paths, any of which would do. */
  static Set<String> candidates(Action placeholder) {
    Attributes attributes = placeholder.attributes();
    Set<String> paths = new LinkedHashSet<>();
    for (String path : attributes.all(DEBUG + "fullpath")) {
      paths.add(normal(path));
    }
    if (paths.isEmpty()) {
      for (String directory : attributes.all(DEBUG + "path")) {
        attributes.all(DEBUG + "file").forEach(file -> paths.add(normal(directory + "/" + file)));
      }
    }
    return paths;
  }

  static String reason(Action placeholder) {
    return placeholder.attributes().get(DEBUG + "reason", "");
  }

  /** Without empty names, {@code .} and {@code ..}. */
  static String normal(String path) {
    List<String> names = new ArrayList<>();
    for (String name : path.split("/", -1)) {
      if (name.equals("..")) {
        if (!names.isEmpty()) {
          names.removeLast();
        }
      } else if (!name.isEmpty() && !name.equals(".")) {
        names.add(name);
      }
    }
    return String.join("/", names);
  }
}
