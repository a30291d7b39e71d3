package emblema.publisher.cli;

import emblema.cli.Arguments;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.core.error.UsageException;
import emblema.core.tree.TreeIndex;
import emblema.publisher.master.plan.Choices;
import emblema.publisher.master.plan.PlanRequest;
import emblema.publisher.master.plan.Release;
import emblema.publisher.master.rule.PathGlob;
import emblema.publisher.master.select.MasterTree;
import emblema.store.file.FileRepository;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** The options that shape a release. */
final class PlanOptions {
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'");

  private final Arguments arguments;
  private final Session session;
  private final MasterOptions trees;

  PlanOptions(Arguments arguments, Session session, MasterOptions trees) {
    this.arguments = arguments;
    this.session = session;
    this.trees = trees;
  }

  static Syntax addTo(Syntax syntax) {
    return MasterOptions.addComparison(MasterOptions.addTo(syntax))
        .value("-s", "repo", "the repository, a directory or file:// address")
        .value("--publisher", "prefix", "the publisher; default: the repository's")
        .value("--family", "name", "first part of generated package names; default: master")
        .value("--release", "n", "number of the release, or numbers joined by dots")
        .value("--line", "version", "version of the product line; default: 1.0")
        .value("--respin", "n", "number of a repeated release")
        .value(
            "--timestamp",
            "time",
            "YYYYMMDDTHHMMSSZ or seconds since 1970; default: the newest file")
        .flag("--now", "take the time from the clock")
        .excludes("--timestamp", "--now")
        .choice(
            "--on-exclude",
            "what",
            List.of("release", "remove"),
            "what machines do with paths excluded now")
        .flag("--accept-suggestions", "take moves that are only likely")
        .flag("--resplit", "assign unchanged paths to packages anew")
        .value("--single", "name", "put everything into one package")
        .flag("--rebase", "the published release is the old state though the old tree differs")
        .flag("--strict", "refuse fifos and device nodes")
        .list("-T", "pattern", "deliver the modification time of these files")
        .value(
            "--migrate-package",
            "name",
            "the package whose service moves data to shared areas, or 'none'")
        .flag("--allow-id-drift", "let accounts change their numbers")
        .list("--allow-removal", "pattern", "paths that may vanish in any number")
        .value("--max-removed", "percent", "share of the paths that may vanish; default: 5")
        .value("--floor", "release", "oldest release that may update directly")
        .choice(
            "--actuators",
            "what",
            List.of("suggest", "emit", "off"),
            "restart services whose programs changed")
        .list("-r", "repo", "reference repository for checks")
        .choice("--format", "format", List.of("text", "json", "tsv"), "how the plan is printed");
  }

  FileRepository repository() {
    return open(arguments.required("-s"));
  }

  List<FileRepository> references() {
    return arguments.values("-r").stream().map(this::open).toList();
  }

  private FileRepository open(String address) {
    return FileRepository.open(RepositoryChoice.path(address, session));
  }

  PlanRequest request(FileRepository repository, MasterTree now) {
    Release release =
        new Release(
            arguments.value("--line", "1.0"),
            arguments.required("--release"),
            arguments.value("--respin", ""),
            timestamp(now.delivered()));
    return new PlanRequest(
        publisher(repository),
        arguments.value("--family", "master"),
        release,
        trees.rules(),
        trees.selection(),
        choices());
  }

  private String publisher(FileRepository repository) {
    return arguments
        .value("--publisher")
        .or(repository::defaultPublisher)
        .orElseThrow(
            () ->
                new UsageException(
                    "option '--publisher' must be given: '"
                        + repository.location()
                        + "' has no default publisher"));
  }

  private Instant timestamp(TreeIndex tree) {
    if (arguments.has("--now")) {
      return session.clock().instant().truncatedTo(ChronoUnit.SECONDS);
    }
    return arguments
        .value("--timestamp")
        .or(() -> session.environment("SOURCE_DATE_EPOCH"))
        .map(PlanOptions::parsed)
        .orElseGet(() -> newest(tree));
  }

  private static Instant parsed(String text) {
    try {
      return text.matches("[0-9]{1,11}")
          ? Instant.ofEpochSecond(Long.parseLong(text))
          : LocalDateTime.parse(text, TIMESTAMP).toInstant(ZoneOffset.UTC);
    } catch (DateTimeParseException e) {
      throw new UsageException(
          "invalid time '" + text + "'", "write YYYYMMDDTHHMMSSZ or seconds since 1970");
    }
  }

  private static Instant newest(TreeIndex tree) {
    long newest = 0;
    for (int i = 0; i < tree.size(); i++) {
      newest = Math.max(newest, tree.entry(i).mtime());
    }
    return Instant.ofEpochSecond(0, newest).truncatedTo(ChronoUnit.SECONDS);
  }

  private Choices choices() {
    String service = arguments.value("--migrate-package", Choices.MIGRATE_PACKAGE);
    int percent = arguments.number("--max-removed").orElse(5);
    if (percent < 0 || percent > 100) {
      throw arguments.invalid("--max-removed", "a number from 0 to 100");
    }
    return new Choices(
        Choices.OnExclude.valueOf(
            arguments.value("--on-exclude", "release").toUpperCase(Locale.ROOT)),
        arguments.has("--accept-suggestions"),
        arguments.has("--resplit"),
        arguments.value("--single", ""),
        arguments.has("--rebase"),
        arguments.has("--strict"),
        arguments.values("-T").stream().map(PathGlob::of).toList(),
        service.equals("none") ? "" : service,
        arguments.has("--allow-id-drift"),
        arguments.values("--allow-removal").stream().map(PathGlob::of).toList(),
        percent,
        arguments.value("--floor", ""),
        trees.comparison(),
        Choices.Actuators.valueOf(
            arguments.value("--actuators", "suggest").toUpperCase(Locale.ROOT)));
  }
}
