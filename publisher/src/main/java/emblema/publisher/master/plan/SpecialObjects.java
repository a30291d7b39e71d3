package emblema.publisher.master.plan;

import emblema.core.action.Action;
import emblema.core.action.ActionType;
import emblema.core.attribute.Attributes;
import emblema.core.tree.TreeEntry;
import emblema.core.tree.TreeIndex;
import emblema.publisher.master.finding.Findings;
import emblema.publisher.master.ledger.Ledger;
import emblema.publisher.master.split.Assignment;
import java.util.Map;
import java.util.TreeMap;

/**
 * Fifos and device nodes, which packages cannot deliver: a fragment for systemd-tmpfiles makes them
 * at boot (spec master-image-diff, section 3.1). Sockets are left out.
 */
final class SpecialObjects {
  private final Assignment assignment;
  private final boolean strict;
  private final Findings findings;
  private final GeneratedFiles generated;

  SpecialObjects(
      Assignment assignment, boolean strict, Findings findings, GeneratedFiles generated) {
    this.assignment = assignment;
    this.strict = strict;
    this.findings = findings;
    this.generated = generated;
  }

  static boolean isSpecial(TreeEntry entry) {
    return switch (entry.kind()) {
      case FIFO, CHARACTER, BLOCK, SOCKET -> true;
      case FILE, DIRECTORY, LINK -> false;
    };
  }

  /** One fragment a package that has such objects, by stem. */
  Map<String, Action> fragments(TreeIndex tree) {
    Map<String, StringBuilder> lines = new TreeMap<>();
    for (int i = 0; i < tree.size(); i++) {
      TreeEntry entry = tree.entry(i);
      if (!isSpecial(entry)) {
        continue;
      }
      if (entry.kind() == emblema.core.io.Stat.Kind.SOCKET) {
        findings.note("socket '" + entry.path() + "' is left out");
      } else if (strict) {
        findings.error(
            "'" + entry.path() + "' is a " + word(entry) + ", which packages cannot deliver");
      } else {
        lines.computeIfAbsent(assignment.stem(i), key -> new StringBuilder()).append(line(entry));
      }
    }
    Map<String, Action> fragments = new TreeMap<>();
    lines.forEach((stem, text) -> fragments.put(stem, fragment(stem, text.toString())));
    return fragments;
  }

  private Action fragment(String stem, String text) {
    String path = Ledger.TMPFILES + stem.replace('/', '-') + ".conf";
    return Action.of(
        ActionType.FILE,
        generated.add(text),
        Attributes.of("path", path, "owner", "root", "group", "root", "mode", "0644"));
  }

  private static String word(TreeEntry entry) {
    return switch (entry.kind()) {
      case FIFO -> "fifo";
      case CHARACTER -> "character device";
      case BLOCK -> "block device";
      default -> "special file";
    };
  }

  /** {@code TYPE PATH MODE USER GROUP AGE ARGUMENT}, tmpfiles.d(5). */
  private static String line(TreeEntry entry) {
    String type =
        switch (entry.kind()) {
          case FIFO -> "p";
          case CHARACTER -> "c";
          default -> "b";
        };
    String device =
        entry.kind() == emblema.core.io.Stat.Kind.FIFO
            ? ""
            : " - " + (entry.rawDevice() >>> 32) + ":" + (entry.rawDevice() & 0xFFFFFFFFL);
    String path = "/" + entry.path().replace("%", "%%");
    String quoted =
        path.matches("[^\\s\"'\\\\]+")
            ? path
            : "\"" + path.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    return type
        + " "
        + quoted
        + " "
        + entry.modeText()
        + " "
        + entry.owner()
        + " "
        + entry.group()
        + device
        + "\n";
  }
}
