package emblema.publisher.master.report;

import emblema.core.tree.TreeChange;
import emblema.core.tree.TreeEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A change in words. */
public final class ChangeText {
  private ChangeText() {}

  /** What differs, for example {@code mode 0755 -> 0750}; empty for added and removed paths. */
  public static String details(TreeChange change) {
    TreeEntry before = change.before();
    TreeEntry after = change.after();
    if (before == null || after == null) {
      return "";
    }
    List<String> details = new ArrayList<>();
    differ(details, "kind", word(before), word(after));
    if (before.kind() == after.kind()) {
      if (before.isLink()) {
        differ(details, "target", before.target(), after.target());
      } else {
        differ(details, "mode", before.modeText(), after.modeText());
        differ(details, "owner", before.owner(), after.owner());
        differ(details, "group", before.group(), after.group());
        differ(details, "size", Long.toString(before.size()), Long.toString(after.size()));
      }
    }
    return String.join(", ", details);
  }

  private static void differ(List<String> details, String what, String before, String after) {
    if (!before.equals(after)) {
      details.add(what + " " + before + " -> " + after);
    }
  }

  private static String word(TreeEntry entry) {
    return entry.kind().name().toLowerCase(Locale.ROOT);
  }
}
