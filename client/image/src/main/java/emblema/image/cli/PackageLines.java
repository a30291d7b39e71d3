package emblema.image.cli;

import emblema.core.fmri.Fmri;
import emblema.image.plan.PackageStep;
import emblema.image.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The section "Changed packages" of a plan, grouped by publisher. */
final class PackageLines {
  private final Map<String, List<String>> byPublisher = new TreeMap<>();

  private PackageLines() {}

  /** None if no package changes; else with an empty line at the end. */
  static List<String> of(Plan plan) {
    PackageLines packages = new PackageLines();
    for (Predicate<PackageStep> kind :
        List.<Predicate<PackageStep>>of(
            PackageStep::isRemoval, PackageStep::isInstall, PackageStep::isUpdate)) {
      plan.packages().stream().filter(kind).forEach(packages::add);
    }
    for (Fmri fmri : plan.affected()) {
      packages.add(
          fmri.publisherIfAny().orElse(""), fmri.stem(), fmri.requireVersion().toShortString());
    }
    List<String> lines = new ArrayList<>();
    if (!packages.byPublisher.isEmpty()) {
      lines.add("Changed packages:");
      packages.byPublisher.forEach(
          (publisher, block) -> {
            lines.add(publisher);
            lines.addAll(block);
          });
      lines.add("");
    }
    return lines;
  }

  private void add(String publisher, String stem, String change) {
    List<String> block = byPublisher.computeIfAbsent(publisher, any -> new ArrayList<>());
    block.add("  " + stem);
    block.add("    " + change);
  }

  private void add(PackageStep step) {
    Fmri before = step.before();
    Fmri after = step.after();
    String from = before == null ? "None" : before.requireVersion().toShortString();
    String to = after == null ? "None" : after.requireVersion().toShortString();
    if (before != null && after != null && from.equals(to)) {
      from += ":" + before.requireVersion().timestamp();
      to += ":" + after.requireVersion().timestamp();
    }
    add(publisher(step), step.stem(), from + " -> " + to);
  }

  /** One publisher, or the old and the new one. */
  private static String publisher(PackageStep step) {
    Fmri before = step.before();
    Fmri after = step.after();
    String old = before == null ? "" : before.publisherIfAny().orElse("");
    String now = after == null ? "" : after.publisherIfAny().orElse("");
    if (before == null || old.equals(now)) {
      return now;
    }
    return after == null ? old : old + " -> " + now;
  }
}
