package emblema.publisher.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.core.error.NotFoundException;
import emblema.core.fmri.Fmri;
import emblema.core.fmri.FmriPattern;
import emblema.store.catalog.CatalogEntry;
import emblema.store.file.FileRepository;
import emblema.store.history.ManifestHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code pkgrepo remove}: packages and the payloads that only they need. */
final class RepositoryRemoveCommand implements Command {
  @Override
  public Syntax syntax() {
    return RepositoryChoice.publishers(Syntax.of("remove packages from a repository"))
        .flag("-n", "only say what would be removed")
        .value("-d", "YYYYMMDD", "only packages published on this day (UTC)")
        .operands("pattern", 1)
        .section(
            "NOTES",
            "The search index does not follow a removal; run 'pkgrepo refresh' afterwards.");
  }

  @Override
  public int run(Arguments arguments, Session session) {
    String day = arguments.value("-d").orElse(null);
    if (day != null && !day.matches("[0-9]{8}")) {
      throw arguments.invalid("-d", "a day as eight digits, YYYYMMDD");
    }
    List<FmriPattern> patterns = arguments.operands().stream().map(FmriPattern::parse).toList();
    UnmatchedPatterns unmatched = new UnmatchedPatterns(patterns);
    try (FileRepository repository = RepositoryChoice.open(arguments, session)) {
      RepositoryChoice.Publishers publishers =
          RepositoryChoice.publishers(arguments, repository).requireAny();
      Map<String, List<Fmri>> victims = new TreeMap<>();
      for (String publisher : publishers.found()) {
        for (CatalogEntry entry :
            PackageChoice.choose(repository.catalog(publisher), patterns, unmatched.matched())) {
          if (isOfDay(entry.fmri(), day)) {
            victims.computeIfAbsent(publisher, key -> new ArrayList<>()).add(entry.fmri());
          }
        }
      }
      unmatched.requireAll();
      if (victims.isEmpty()) {
        throw new NotFoundException("no package matches and was published on '" + day + "'");
      }
      if (arguments.has("-n")) {
        print(victims, session);
      } else {
        for (Map.Entry<String, List<Fmri>> each : victims.entrySet()) {
          keepHistory(repository, each.getKey(), session);
          session.out().line("Removing packages for publisher " + each.getKey() + " ...");
          repository.remove(each.getKey(), each.getValue(), session.clock(), session.events());
        }
      }
      publishers.requireAll();
      return 0;
    }
  }

  /** Who looked at the history before wants to see later what a removed package was like. */
  private static void keepHistory(FileRepository repository, String publisher, Session session) {
    ManifestHistory history = new ManifestHistory(repository, publisher, session.clock());
    if (ManifestHistory.isWanted(repository) && history.exists()) {
      history.update();
    }
  }

  private static boolean isOfDay(Fmri fmri, @Nullable String day) {
    String timestamp = fmri.requireVersion().timestamp();
    return day == null || (timestamp != null && timestamp.startsWith(day));
  }

  private static void print(Map<String, List<Fmri>> victims, Session session) {
    List<Fmri> all = victims.values().stream().flatMap(List::stream).toList();
    session.out().line(all.size() + " package(s) will be removed:");
    for (Fmri fmri : all) {
      session
          .out()
          .line(
              "\t" + fmri.stemWithPublisher() + "@" + fmri.requireVersion().toStringWithoutBuild());
    }
  }
}
