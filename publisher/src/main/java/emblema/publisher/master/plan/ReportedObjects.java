package emblema.publisher.master.plan;

import emblema.core.tree.TreeEntry;
import emblema.core.tree.TreeIndex;
import emblema.publisher.master.finding.Findings;
import emblema.publisher.master.select.FileClass;
import emblema.publisher.master.select.MasterTree;
import emblema.publisher.master.select.Selection;
import emblema.publisher.master.split.Assignment;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Tells what of the new tree is not delivered, and what nothing could place. */
final class ReportedObjects {
  private static final int UNCLASSIFIED_PERCENT = 5;

  private static final int SHOWN = 20;

  private ReportedObjects() {}

  /** Refuses what nobody could replace on a machine, and notes holes, which nobody delivers. */
  static void reportOddities(MasterTree now, Findings findings) {
    now.oddities().fixed().stream()
        .filter(now.delivered()::has)
        .forEach(
            path ->
                findings.error(
                    "'"
                        + path
                        + "' is immutable or append-only, which packages cannot deliver: take the"
                        + " flag off (chattr -i -a) or leave it out with -x"));
    List<String> sparse =
        now.oddities().holes().keySet().stream().filter(now.delivered()::has).toList();
    sparse.stream()
        .limit(SHOWN)
        .forEach(
            path ->
                findings.note(
                    "sparse file '"
                        + path
                        + "' is delivered without its holes, "
                        + now.oddities().holes().get(path)
                        + " bytes more on the disk"));
    if (sparse.size() > SHOWN) {
      findings.note((sparse.size() - SHOWN) + " more sparse files are delivered without holes");
    }
  }

  static void report(
      MasterTree now, Selection selection, Assignment assignment, Findings findings) {
    TreeIndex all = now.all();
    Map<String, Integer> counts = new TreeMap<>();
    int objects = 0;
    for (int i = 0; i < all.size(); i++) {
      TreeEntry entry = all.entry(i);
      objects += entry.isDirectory() ? 0 : 1;
      if (now.delivered().has(entry.path())) {
        continue;
      }
      selection.exclusion(entry).ifPresent(why -> counts.merge(why, 1, Integer::sum));
      if (!entry.isDirectory()
          && selection.classOf(entry.path()).filter(FileClass::isReported).isPresent()) {
        findings.risk(
            "'"
                + entry.path()
                + "' tells this machine from others and is not delivered: a master should be"
                + " neutral");
      }
    }
    counts.forEach((why, count) -> findings.note(count + " objects are not delivered: " + why));
    int unclassified = assignment.unclassified();
    if (unclassified * 100 > objects * UNCLASSIFIED_PERCENT) {
      findings.note(
          unclassified
              + " objects are in '"
              + emblema.publisher.master.split.Splitter.UNCLASSIFIED
              + "': place them with 'package NAME PATTERN' rules");
    }
  }
}
