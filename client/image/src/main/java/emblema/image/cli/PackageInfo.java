package emblema.image.cli;

import emblema.cli.Output;
import emblema.cli.Quantity;
import emblema.cli.Session;
import emblema.core.action.Action;
import emblema.core.action.DependAction;
import emblema.core.action.SetAction;
import emblema.core.fmri.DotSequence;
import emblema.core.fmri.Version;
import emblema.core.manifest.Manifest;
import emblema.core.manifest.Varcets;
import emblema.image.image.PackageFlag;
import emblema.image.image.StateEntry;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** One block of {@code pkg info}: a fact a line, labels to the right, texts wrapped. */
final class PackageInfo {
  private static final int WIDTH = 80;

  private record Line(String label, List<String> values) {}

  private final StateEntry entry;
  private final List<Action> actions;
  private final ZoneId zone;
  private final Output out;
  private final List<Line> lines = new ArrayList<>();

  PackageInfo(StateEntry entry, Manifest manifest, Varcets varcets, Session session) {
    this.entry = entry;
    this.actions = manifest.actions().stream().filter(varcets::admits).toList();
    this.zone = session.clock().getZone();
    this.out = session.out();
  }

  void print() {
    Version version = entry.fmri().requireVersion();
    DotSequence branch = version.branch();
    add("Name", entry.fmri().stem());
    add("Summary", first("pkg.summary"));
    add("Description", first("pkg.description"));
    categories();
    add("State", state());
    if (entry.isRenamed()) {
      lines.add(new Line("Renamed to", successors()));
    }
    add("Publisher", entry.fmri().publisherIfAny().orElse(""));
    String human = first("pkg.human-version");
    String release = version.release().toString();
    add(
        "Version",
        human.isEmpty() || human.equals(release) ? release : release + " (" + human + ")");
    add("Branch", branch == null ? "None" : branch.toString());
    version.instant().ifPresent(when -> add("Packaging Date", Dates.asctime(when, zone)));
    time("Last Install Time", entry.lastInstall());
    time("Last Update Time", entry.lastUpdate());
    add("Size", Quantity.bytes(size()));
    add("FMRI", new ListRow(entry.fmri(), flag -> false, "", false).shortFmri());
    addAll("Additional Keywords", "info.keyword");
    addAll("Project Contact", "info.upstream");
    addAll("Project Maintainer", "info.maintainer");
    addAll("Project Maintainer URL", "info.maintainer-url");
    addAll("Project URL", "info.upstream-url");
    addAll("Repository Changeset", "info.repository-changeset");
    addAll("Repository URL", "info.repository-url");
    addAll("Source URL", "info.source-url");
    write();
  }

  private void add(String label, String value) {
    if (!value.isEmpty()) {
      lines.add(new Line(label, List.of(value)));
    }
  }

  private void addAll(String label, String set) {
    List<String> values = values(set);
    if (!values.isEmpty()) {
      lines.add(new Line(label, values));
    }
  }

  private void time(String label, @org.jspecify.annotations.Nullable Instant when) {
    if (when != null) {
      add(label, Dates.asctime(when, zone));
    }
  }

  private List<String> values(String name) {
    return actions.stream()
        .filter(action -> action instanceof SetAction set && set.name().equals(name))
        .flatMap(action -> ((SetAction) action).values().stream())
        .toList();
  }

  private String first(String name) {
    return values(name).stream().findFirst().orElse("");
  }

  private void categories() {
    List<String> values = values("info.classification");
    List<String> shown = new ArrayList<>();
    for (String value : values) {
      int colon = value.indexOf(':');
      shown.add(
          colon < 0 || values.size() < 2
              ? value.substring(colon + 1)
              : value.substring(colon + 1) + " (" + value.substring(0, colon) + ")");
    }
    if (!shown.isEmpty()) {
      lines.add(new Line("Category", shown));
    }
  }

  private String state() {
    List<String> more = new ArrayList<>();
    if (entry.isObsolete()) {
      more.add("Obsolete");
    } else if (entry.isRenamed()) {
      more.add("Renamed");
    } else if (entry.has(PackageFlag.LEGACY)) {
      more.add("Legacy");
    }
    if (entry.has(PackageFlag.FROZEN)) {
      more.add("Frozen");
    }
    if (entry.isInstalled() && entry.has(PackageFlag.MANUAL)) {
      more.add("Manually installed");
    }
    String state =
        entry.isInstalled()
            ? "Installed"
            : entry.has(PackageFlag.UNSUPPORTED) ? "Unsupported" : "Not installed";
    return more.isEmpty() ? state : state + " (" + String.join(", ", more) + ")";
  }

  private List<String> successors() {
    return actions.stream()
        .filter(
            action ->
                action instanceof DependAction depend && depend.dependencyType().equals("require"))
        .flatMap(action -> ((DependAction) action).fmris().stream())
        .toList();
  }

  private long size() {
    return actions.stream()
        .map(action -> action.attributes().get("pkg.size", "0"))
        .filter(text -> text.matches("[0-9]{1,18}"))
        .mapToLong(Long::parseLong)
        .sum();
  }

  private void write() {
    int widest = lines.stream().mapToInt(line -> line.label().length()).max().orElse(0);
    String indent = " ".repeat(widest + 2);
    for (Line line : lines) {
      String start = " ".repeat(widest - line.label().length()) + line.label() + ": ";
      for (String value : line.values()) {
        for (String part : wrapped(value, WIDTH - indent.length())) {
          out.line(start + part);
          start = indent;
        }
      }
    }
  }

  /** At white space; a longer word has a line of its own. */
  private static List<String> wrapped(String text, int width) {
    List<String> result = new ArrayList<>();
    for (String paragraph : text.split("\n", -1)) {
      if (paragraph.length() <= width) {
        result.add(paragraph);
        continue;
      }
      StringBuilder line = new StringBuilder();
      for (String word : paragraph.split(" +", -1)) {
        if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
          result.add(line.toString());
          line.setLength(0);
        }
        line.append(line.isEmpty() ? "" : " ").append(word);
      }
      result.add(line.toString());
    }
    return result;
  }
}
