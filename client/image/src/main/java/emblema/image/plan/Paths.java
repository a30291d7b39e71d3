package emblema.image.plan;

import emblema.core.action.Action;
import emblema.core.error.ConflictException;
import emblema.core.error.MalformedException;
import emblema.core.fmri.Fmri;
import emblema.core.io.SafePath;
import java.util.List;
import java.util.Set;

/** Which paths packages may deliver to, and which directories never go. */
final class Paths {
  /** In the metadata directory (spec manifest 15.3). */
  private static final Set<String> RESERVED =
      Set.of(
          "cache",
          "gui_cache",
          "history",
          "license",
          "linked",
          "lost+found",
          "publisher",
          "ssl",
          "state",
          "pkg5.image",
          "lock");

  private final SafePath metadata;

  Paths(SafePath metadata) {
    this.metadata = metadata;
  }

  /** The path of an action, checked. */
  static SafePath of(Fmri owner, Action action) {
    return of(owner, action.key());
  }

  static SafePath of(Fmri owner, String text) {
    try {
      SafePath path = SafePath.of(Keys.clean(text));
      if (path.isRoot()) {
        throw new MalformedException("path '" + text + "' names the image itself");
      }
      return path;
    } catch (MalformedException e) {
      throw new ConflictException(
          "package '" + owner + "' cannot be installed: " + e.getMessage(), null, e.hints(), e);
    }
  }

  boolean isReserved(SafePath path) {
    if (!path.startsWith(metadata) || path.equals(metadata)) {
      return false;
    }
    String below = path.relativeTo(metadata).text();
    int slash = below.indexOf('/');
    return RESERVED.contains(slash < 0 ? below : below.substring(0, slash));
  }

  /** Directories that stay even when no package delivers them any more (7.2). */
  boolean isKept(SafePath directory) {
    return metadata.startsWith(directory)
        || directory.startsWith(metadata)
        || List.of("var", "var/sadm", "var/sadm/install").contains(directory.text());
  }
}
