package emblema.image.cli;

import emblema.cli.Arguments;
import emblema.cli.Json;
import emblema.cli.Output;
import emblema.cli.Session;
import emblema.core.fmri.Fmri;
import emblema.core.io.Stat;
import emblema.image.verify.Finding;
import emblema.image.verify.PackageReport;
import emblema.image.verify.Unpackaged;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Prints what verification found, package by package, or gathers it for JSON. */
final class VerifyReport {
  private final Output out;
  private final boolean quiet;
  private final boolean verbose;
  private final boolean json;
  private boolean header;
  private boolean broken;
  private boolean told;
  private final List<String> brokenPackages = new ArrayList<>();
  private final Map<String, Object> messages = new TreeMap<>();

  /**
   * @param header whether the columns are named before the first report
   */
  VerifyReport(Arguments arguments, Session session, boolean header) {
    this.out = session.out();
    this.quiet = arguments.has("-q");
    this.verbose = arguments.has("-v");
    this.json = arguments.has("--parsable");
    this.header = header;
  }

  /** A word about a package that the next report is of. */
  void title(String word, Fmri fmri) {
    if (!quiet && !json) {
      out.line(word + fmri);
    }
  }

  /** What was found, by package, for JSON. */
  Map<String, Object> messages() {
    return messages;
  }

  void add(PackageReport report) {
    broken |= report.isBroken();
    if (json) {
      gather(report);
    } else if (!quiet && (verbose || report.level().isPresent())) {
      print(report);
    }
  }

  private void print(PackageReport report) {
    if (header) {
      out.line(row("PACKAGE", "STATUS"));
      header = false;
    }
    told = true;
    out.line(title(report));
    for (Finding finding : report.findings()) {
      List<String> lines =
          finding.problems().stream().filter(this::isShown).map(VerifyReport::text).toList();
      if (!lines.isEmpty()) {
        out.line("\t" + finding.item());
        lines.forEach(line -> out.line("\t\t" + line.replace("\n", "\n\t\t  ")));
      }
    }
  }

  private boolean isShown(Finding.Problem problem) {
    return verbose || problem.level() != Finding.Level.INFO;
  }

  private static String text(Finding.Problem problem) {
    return problem.level() == Finding.Level.INFO
        ? problem.text()
        : problem.level().name() + ": " + problem.text();
  }

  private static String title(PackageReport report) {
    String status = report.level().map(Enum::name).orElse("OK");
    return row(name(report.fmri()), status);
  }

  private static String name(Fmri fmri) {
    return "pkg://" + fmri.publisherIfAny().orElse("") + "/" + fmri.stem();
  }

  private static String row(String name, String status) {
    return String.format(Locale.ROOT, "%-70s %7s", name, status);
  }

  void addUnpackaged(Unpackaged unpackaged) {
    List<String> lines = new ArrayList<>();
    unpackaged.find(
        item -> {
          boolean isDirectory = item.kind() == Stat.Kind.DIRECTORY;
          boolean isLink = item.kind() == Stat.Kind.LINK;
          String type = isDirectory ? "dir" : isLink ? "link" : "file";
          String what = isDirectory ? "directory" : isLink ? "link" : "file";
          lines.add(type + ": " + unpackaged.describe(item) + ":");
          lines.add("\tUnpackaged " + what);
        });
    if (quiet || json || lines.isEmpty()) {
      return;
    }
    if (told) {
      out.line("-".repeat(80));
    }
    out.line("UNPACKAGED CONTENTS");
    lines.forEach(out::line);
  }

  private void gather(PackageReport report) {
    if (report.isBroken()) {
      brokenPackages.add(report.fmri().toString());
    }
    Map<String, Object> items = new LinkedHashMap<>();
    items.put("messages", List.of(message(report.isBroken() ? "error" : "info", title(report))));
    for (Finding finding : report.findings()) {
      List<Object> texts = new ArrayList<>();
      for (Finding.Problem problem : finding.problems()) {
        texts.add(message(problem.level().name().toLowerCase(Locale.ROOT), text(problem)));
      }
      items.put(finding.item(), texts);
    }
    messages.put(report.fmri().toString(), items);
  }

  private static Map<String, Object> message(String level, String text) {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("msg_level", level);
    message.put("msg_type", "general");
    message.put("msg_text", text);
    message.put("msg_stage", 0);
    return message;
  }

  /** The exit status; as JSON everything is printed only now. */
  int end(Instant now) {
    if (json) {
      Map<String, Object> plan = new LinkedHashMap<>();
      plan.put("affect-packages", brokenPackages);
      plan.put("item-messages", messages);
      plan.put("msg_time", HistoryTimes.basic(now));
      plan.put("version", 0);
      out.line(Json.compact(plan));
    }
    return broken ? 1 : 0;
  }
}
