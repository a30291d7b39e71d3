package emblema.publisher.master.change;

import emblema.core.action.Action;
import emblema.core.action.ActionType;
import emblema.core.attribute.Attributes;
import emblema.core.tree.TreeEntry;
import emblema.core.tree.TreeIndex;

/**
 * Directories that move out of the boot environment (spec master-image-diff, section 6.4): the
 * link, and beside it a staging directory that receives what machines keep in the old directory
 * until a service moves it at boot.
 */
final class SharedAreas {
  /** The name of every staging root. */
  static final String STAGING = ".migrate";

  private SharedAreas() {}

  /** Whether a path is a staging directory or below one. */
  static boolean isStaging(String path) {
    return path.contains("/" + STAGING + "/");
  }

  /**
   * The staging directory for a link into a shared area: beside the shared root (or, for a root at
   * the top, below the link's first component) {@code .migrate}, then the target's path below the
   * root.
   */
  static String stagingPath(String link, String target, String sharedRoot) {
    int slash = sharedRoot.lastIndexOf('/');
    String top = slash > 0 ? sharedRoot.substring(0, slash) : link.split("/", 2)[0];
    return top + "/" + STAGING + target.substring(sharedRoot.length());
  }

  /** The action for a staging directory with the owner and mode that the old directory had. */
  static Action stagingDirectory(String path, TreeEntry old) {
    return Action.of(
        ActionType.DIR,
        null,
        Attributes.of(
            "path", path, "owner", old.owner(), "group", old.group(), "mode", old.modeText()));
  }

  /** The same, for the directory that receives contents. */
  static Action receiving(Action staging, String from) {
    return staging.withAttributes(
        staging.attributes().with("salvage-from", from).with("reboot-needed", "true"));
  }

  /** Adds the directory's staging place, and one for each directory below it. */
  static void stage(TreeIndex before, TreeEntry old, String stagingPath, Transitions transitions) {
    transitions.stage(receiving(stagingDirectory(stagingPath, old), old.path()), old.path());
    TreeIndex.Span span = before.below(old.path());
    for (int i = span.first(); i < span.last(); i++) {
      TreeEntry below = before.entry(i);
      if (below.isDirectory()) {
        String path = stagingPath + below.path().substring(old.path().length());
        transitions.stage(stagingDirectory(path, below), old.path());
      }
    }
  }
}
