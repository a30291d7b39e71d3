package emblema.image.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.core.action.Action;
import emblema.core.action.ActionType;
import emblema.core.error.NotFoundException;
import emblema.core.error.UsageException;
import emblema.core.fmri.FmriPattern;
import emblema.core.manifest.Varcets;
import emblema.image.image.PackageMatch;
import emblema.image.image.StateEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Lists what packages deliver (spec client-cli, section 4.11). */
final class ContentsCommand implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of("list what packages deliver")
        .flag("-H", "omit headers; columns are parted by tabs")
        .flag("-m", "print manifests")
        .flag("-r", "of the newest packages that publishers offer")
        .list(
            "-a", "attribute=glob", "only actions with such an attribute; several are alternatives")
        .list("-g", "path_or_uri", "look in this repository, which the image need not know")
        .list("-o", "attribute[,attribute]", "columns")
        .value("-s", "attribute", "sort by this column")
        .list("-t", "type[,type]", "only actions of these types")
        .operands("pattern", 0)
        .excludes("-m", "-H")
        .excludes("-m", "-o")
        .excludes("-m", "-t")
        .excludes("-m", "-s")
        .excludes("-m", "-a");
  }

  @Override
  public int run(Arguments arguments, Session session) {
    if ((arguments.has("-r") || arguments.has("-g")) && arguments.operands().isEmpty()) {
      throw new UsageException("contents: must request remote contents for specific packages");
    }
    try (OpenImage open = OpenImage.of(session)) {
      PackageMatch<StateEntry> match =
          arguments.has("-g")
              ? Selected.elsewhere(open, arguments.operands(), arguments.values("-g"))
              : Selected.of(open.image(), arguments.operands(), arguments.has("-r"));
      if (match.matched().isEmpty() && match.unmatched().isEmpty()) {
        throw new NotFoundException("no packages installed");
      }
      if (arguments.has("-m")) {
        manifests(open, session, arguments, match.matched());
      } else if (!match.matched().isEmpty()) {
        table(open, session, arguments, match.matched());
      }
      failOnUnmatched(arguments, match.unmatched());
      return 0;
    }
  }

  private static void manifests(
      OpenImage open, Session session, Arguments arguments, List<StateEntry> entries) {
    try (ManifestSource manifests = new ManifestSource(open, arguments.values("-g"))) {
      for (StateEntry entry : entries) {
        session.out().text(manifests.text(entry.fmri()));
      }
    }
  }

  private static void table(
      OpenImage open, Session session, Arguments arguments, List<StateEntry> entries) {
    Set<ActionType> types = types(arguments.values("-t"), session);
    List<String> columns = columns(arguments.values("-o"), types);
    ContentsTable table =
        new ContentsTable(
            columns, arguments.value("-s", columns.contains("path") ? "path" : columns.getFirst()));
    AttributeFilter filter = new AttributeFilter(arguments.values("-a"));
    Varcets varcets = open.image().config().varcets();
    try (ManifestSource manifests = new ManifestSource(open, arguments.values("-g"))) {
      for (StateEntry entry : entries) {
        for (Action action : manifests.manifest(entry.fmri()).actions()) {
          if (varcets.admits(action)
              && (types.isEmpty() || types.contains(action.type()))
              && filter.admits(action, entry.fmri())) {
            table.add(action, entry.fmri());
          }
        }
      }
    }
    if (!table.isEmpty()) {
      table.print(session.out(), !arguments.has("-H"));
    } else if (!arguments.has("-H")) {
      String names = String.join(", ", entries.stream().map(entry -> entry.fmri().stem()).toList());
      session
          .err()
          .line(
              session.title()
                  + ": '"
                  + names
                  + "' has nothing to show in the columns "
                  + String.join(", ", columns)
                  + "; 'pkg contents -m' prints everything");
    }
  }

  private static Set<ActionType> types(List<String> arguments, Session session) {
    Set<ActionType> types = EnumSet.noneOf(ActionType.class);
    List<String> unknown = new ArrayList<>();
    for (String argument : arguments) {
      for (String word : argument.split(",", -1)) {
        Arrays.stream(ActionType.values())
            .filter(type -> type.word().equals(word))
            .findFirst()
            .ifPresentOrElse(types::add, () -> unknown.add(word));
      }
    }
    if (!unknown.isEmpty()) {
      String message = "no such action type: " + String.join(", ", unknown);
      if (types.isEmpty()) {
        throw new UsageException(message);
      }
      session.warn(message);
    }
    return types;
  }

  private static List<String> columns(List<String> arguments, Set<ActionType> types) {
    Set<String> columns = new LinkedHashSet<>();
    arguments.forEach(argument -> columns.addAll(List.of(argument.split(",", -1))));
    if (!columns.isEmpty()) {
      return List.copyOf(columns);
    }
    for (ActionType type : types) {
      if (type == ActionType.DEPEND) {
        columns.add("type");
      }
      String key = type.keyAttribute();
      if (key != null) {
        columns.add(key);
      }
      if (type == ActionType.SET) {
        columns.add("value");
      }
    }
    return columns.isEmpty() ? List.of("path") : List.copyOf(columns);
  }

  private static void failOnUnmatched(Arguments arguments, List<FmriPattern> unmatched) {
    if (!unmatched.isEmpty()) {
      String detail =
          "  " + String.join("\n  ", unmatched.stream().map(FmriPattern::text).toList());
      throw new NotFoundException(
          arguments.has("-r")
              ? "no known packages match the following patterns"
              : "no packages matching the following patterns are installed",
          detail,
          arguments.has("-r")
              ? List.of()
              : List.of("'pkg contents -r' looks at what publishers offer"),
          null);
    }
  }
}
