package emblema.image.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.cli.Table;
import emblema.core.error.AccessException;
import emblema.core.error.EmblemaException;
import emblema.core.error.LockedException;
import emblema.core.error.NotFoundException;
import emblema.core.error.PartialException;
import emblema.core.event.EventSink;
import emblema.core.fmri.FmriPattern;
import emblema.core.io.FileLock;
import emblema.image.image.Image;
import emblema.image.image.ImageState;
import emblema.image.image.PackageFlag;
import emblema.image.image.PackageMatch;
import emblema.image.image.StateEntry;
import emblema.image.transport.Transport;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Lists packages (spec client-cli, sections 4.9 and 5). */
final class ListCommand implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of("list packages")
        .flag("-H", "omit headers")
        .flag("-a", "installed packages and the newest of those that could be installed")
        .flag("-f", "with -a: all versions of all packages")
        .flag("-i", "only packages that could be installed and are not")
        .flag("-M", "only packages that were not installed by name")
        .flag("-m", "only packages that were installed by name")
        .flag("-n", "the newest version of each known package")
        .flag("-q", "print nothing; the exit status tells")
        .flag("-R", "packages that no installed package requires")
        .flag("-r", "the same without those that an installed package would rather have")
        .flag("-s", "with summaries")
        .flag("-u", "installed packages of which a newer version is known")
        .flag("-v", "with publishers and full versions")
        .list("-g", "path_or_uri", "look in this repository, which the image need not know")
        .flag("--no-refresh", "do not look for newer catalogs")
        .choice("-F", "format", Table.Format.NAMES, "output format")
        .list("-o", "column[,column]", "columns")
        .operands("pattern", 0)
        .excludes("-a", "-n")
        .excludes("-a", "-u")
        .excludes("-a", "-r")
        .excludes("-u", "-r")
        .excludes("-m", "-M")
        .excludes("-i", "-m")
        .excludes("-i", "-M")
        .excludes("-i", "-r")
        .excludes("-i", "-u")
        .excludes("-s", "-v")
        .excludes("-q", "-v")
        .excludes("-o", "-v")
        .excludes("-o", "-s")
        .excludes("-q", "-F")
        .needs("-f", "-a");
  }

  @Override
  public int run(Arguments arguments, Session session) {
    List<FmriPattern> patterns = arguments.operands().stream().map(FmriPattern::parse).toList();
    try (OpenImage open = OpenImage.of(session)) {
      Image image = open.image();
      Map<String, Integer> ranks = image.config().ranks();
      ListTable table = new ListTable(ranks.keySet().stream().findFirst().orElse(""));
      List<String> keys =
          arguments.has("-o")
              ? table.keys(arguments.values("-o"))
              : List.of("namepub", "version", "flags");
      PackageMatch<ListRow> match =
          PackageMatch.of(rows(arguments, session, open), patterns, ListRow::fmri);
      List<ListRow> rows =
          match.matched().stream().filter(filter(arguments)).sorted(order(ranks)).toList();
      if (!arguments.has("-q") && !rows.isEmpty()) {
        print(arguments, session, table, rows, keys);
      }
      if (rows.isEmpty() || !match.unmatched().isEmpty()) {
        return failed(arguments, session, match.unmatched(), rows.isEmpty());
      }
      return 0;
    }
  }

  private static void print(
      Arguments arguments,
      Session session,
      ListTable table,
      List<ListRow> rows,
      List<String> keys) {
    boolean header = !arguments.has("-H");
    Table.Format format = Table.Format.named(arguments.value("-F", "default"));
    if (format != Table.Format.TEXT || arguments.has("-o")) {
      List<String> shown =
          arguments.has("-v")
              ? List.of("fmri", "flags")
              : arguments.has("-s") ? List.of("namepub", "summary") : keys;
      table.print(rows, shown, format, session.out(), header);
    } else if (arguments.has("-v")) {
      table.printVerbose(rows, session.out(), header);
    } else if (arguments.has("-s")) {
      table.printSummaries(rows, session.out(), header);
    } else {
      table.printPlain(rows, session.out(), header);
    }
  }

  /** The installed packages come from the snapshot; everything else needs the whole state. */
  private static List<ListRow> rows(Arguments arguments, Session session, OpenImage open) {
    Image image = open.image();
    boolean removable = arguments.has("-r") || arguments.has("-R");
    if (arguments.has("-g")) {
      return elsewhere(arguments, open);
    }
    boolean known = arguments.has("-a") || arguments.has("-n") || arguments.has("-i");
    if (!known && !removable) {
      if (arguments.has("-u")) {
        refresh(arguments, session, open);
      }
      return image.installed().rows().stream()
          .map(ListRow::of)
          .filter(row -> !arguments.has("-u") || row.has(PackageFlag.UPGRADABLE))
          .toList();
    }
    if (known) {
      refresh(arguments, session, open);
    }
    ListSelection selection = new ListSelection(image.state(), image.config().varcets());
    Set<String> wanted = removable ? selection.wanted() : Set.of();
    List<StateEntry> base;
    if (removable) {
      base =
          selection.removable().stream()
              .filter(e -> arguments.has("-R") || !wanted.contains(e.fmri().stem()))
              .toList();
    } else if (arguments.has("-a")) {
      base = arguments.has("-f") ? selection.everything() : selection.installable();
    } else {
      base = selection.newest();
    }
    return base.stream().map(entry -> ListRow.of(entry, wanted)).toList();
  }

  /**
   * As with {@code -a}, unless the newest are asked for, of repositories the image need not know.
   */
  private static List<ListRow> elsewhere(Arguments arguments, OpenImage open) {
    Image image = open.image();
    try (Transport transport = open.transport(EventSink.QUIET, arguments.values("-g"))) {
      List<StateEntry> offered = transport.offeredTemporarily(open.now());
      ListSelection selection =
          new ListSelection(
              new ImageState(open.now(), offered, image.state().avoided(), image.state().frozen()),
              image.config().varcets());
      List<StateEntry> base =
          arguments.has("-n")
              ? selection.newest()
              : arguments.has("-f") ? selection.everything() : selection.installable();
      return base.stream().map(entry -> ListRow.of(entry, Set.of())).toList();
    }
  }

  /** Catalogs are refreshed when it is time, but a listing never fails because they cannot be. */
  private static void refresh(Arguments arguments, Session session, OpenImage open) {
    if (arguments.has("--no-refresh") || !isOwner(open)) {
      return;
    }
    try (FileLock lock = open.lock();
        Transport transport =
            open.transport(arguments.has("-q") ? session.quietEvents() : session.events())) {
      transport.refreshIfDue(open.now());
    } catch (AccessException | LockedException e) {
      return;
    } catch (EmblemaException e) {
      session.warn("catalogs could not be refreshed: " + e.getMessage());
    }
  }

  /** Whether this user may change the image; others read what there is. */
  private static boolean isOwner(OpenImage open) {
    Image image = open.image();
    return java.nio.file.Files.isWritable(
        image.disk().root().resolve(image.layout().metadata().text()));
  }

  private static java.util.function.Predicate<ListRow> filter(Arguments arguments) {
    return row ->
        (!arguments.has("-m") || row.has(PackageFlag.MANUAL))
            && (!arguments.has("-M") || !row.has(PackageFlag.MANUAL))
            && (!arguments.has("-i")
                || !(row.has(PackageFlag.INSTALLED)
                    || row.has(PackageFlag.OBSOLETE)
                    || row.has(PackageFlag.RENAMED)));
  }

  private static Comparator<ListRow> order(Map<String, Integer> ranks) {
    return Comparator.comparing((ListRow row) -> row.fmri().stem())
        .thenComparing(
            row -> ranks.getOrDefault(row.fmri().publisherIfAny().orElse(""), Integer.MAX_VALUE))
        .thenComparing(row -> row.fmri().publisherIfAny().orElse(""))
        .thenComparing(row -> row.fmri().requireVersion(), Comparator.reverseOrder());
  }

  private static int failed(
      Arguments arguments, Session session, List<FmriPattern> unmatched, boolean isEmpty) {
    if (arguments.has("-q")) {
      return isEmpty ? 1 : 3;
    }
    boolean known =
        arguments.has("-a") || arguments.has("-n") || arguments.has("-i") || arguments.has("-g");
    if (unmatched.isEmpty()) {
      throw new NotFoundException(
          arguments.has("-u")
              ? "no packages have newer versions available"
              : known ? "no matching packages are known" : "no packages installed");
    }
    String message =
        arguments.has("-u")
            ? "no packages matching the following patterns have newer versions available"
            : known
                ? "no known packages matching"
                : "no packages matching the following patterns are installed";
    String detail =
        String.join("\n", unmatched.stream().map(pattern -> "  " + pattern.text()).toList());
    if (isEmpty) {
      throw new NotFoundException(message, detail, List.of(), null);
    }
    throw new PartialException(message, detail, List.of(), null);
  }
}
