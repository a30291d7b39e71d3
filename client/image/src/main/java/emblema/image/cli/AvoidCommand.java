package emblema.image.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.core.action.Action;
import emblema.core.action.DependAction;
import emblema.core.error.ConflictException;
import emblema.core.error.NotFoundException;
import emblema.core.fmri.Fmri;
import emblema.core.fmri.FmriPattern;
import emblema.image.image.Avoided;
import emblema.image.image.ImageState;
import emblema.image.image.PackageMatch;
import emblema.image.image.StateEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Keeps group dependencies from bringing packages in, or ends that (spec client-cli, 4.17). */
final class AvoidCommand implements Command {
  private final boolean avoid;

  /**
   * @param avoid false for {@code unavoid}
   */
  AvoidCommand(boolean avoid) {
    this.avoid = avoid;
  }

  @Override
  public Syntax syntax() {
    return Syntax.of(
            avoid
                ? "keep group dependencies from installing packages"
                : "let group dependencies install packages again")
        .operands("pattern", 0);
  }

  @Override
  public int run(Arguments arguments, Session session) {
    try (OpenImage open = OpenImage.of(session)) {
      if (arguments.operands().isEmpty()) {
        list(open.image().state(), session);
        return 0;
      }
      open.change(
          avoid ? "avoid" : "unavoid",
          operation -> {
            ImageState state = open.image().state();
            Avoided changed =
                avoid ? avoid(state, arguments.operands()) : unavoid(state, arguments.operands());
            open.image().save(state.withAvoided(changed), open.now());
            return true;
          });
      return 0;
    }
  }

  private static void list(ImageState state, Session session) {
    for (var entry : state.avoided().reasons().entrySet()) {
      if (entry.getValue() == Avoided.Reason.AVOID) {
        List<String> groups = groups(state, entry.getKey());
        session
            .out()
            .line(
                "    "
                    + entry.getKey()
                    + (groups.isEmpty()
                        ? ""
                        : " (group dependency of '" + String.join(" ", groups) + "')"));
      }
    }
  }

  /** Installed packages that have the name as a group dependency. */
  private static List<String> groups(ImageState state, String stem) {
    List<String> groups = new ArrayList<>();
    for (StateEntry entry : state.installed()) {
      for (Action action : entry.dependencyActions()) {
        if (action instanceof DependAction depend
            && depend.dependencyType().equals("group")
            && depend.fmris().stream().anyMatch(text -> Fmri.parse(text).stem().equals(stem))) {
          groups.add(entry.fmri().stem());
        }
      }
    }
    return groups;
  }

  private static Avoided avoid(ImageState state, List<String> operands) {
    List<FmriPattern> patterns = operands.stream().map(FmriPattern::parse).toList();
    PackageMatch<StateEntry> match = PackageMatch.of(state.entries(), patterns, StateEntry::fmri);
    if (!match.unmatched().isEmpty()) {
      throw new NotFoundException(
          "the following patterns match no known packages",
          "  " + String.join("\n  ", match.unmatched().stream().map(FmriPattern::text).toList()),
          List.of("'pkg refresh' learns what publishers offer"),
          null);
    }
    TreeSet<String> stems = new TreeSet<>();
    match.matched().forEach(entry -> stems.add(entry.fmri().stem()));
    List<String> installed =
        stems.stream().filter(stem -> state.installed(stem).isPresent()).toList();
    if (!installed.isEmpty()) {
      throw new ConflictException(
          "The following packages are already installed in this image; use uninstall to avoid"
              + " these:",
          "\t" + String.join("\n\t", installed),
          List.of(),
          null);
    }
    Avoided avoided = state.avoided();
    for (String stem : stems) {
      avoided = avoided.with(stem, Avoided.Reason.AVOID);
    }
    return avoided;
  }

  private static Avoided unavoid(ImageState state, List<String> operands) {
    Avoided avoided = state.avoided();
    for (String operand : operands) {
      FmriPattern pattern = FmriPattern.parse(operand);
      List<String> stems =
          state.avoided().reasons().keySet().stream()
              .filter(stem -> state.avoided().contains(stem) && pattern.matchesName(stem))
              .toList();
      if (stems.isEmpty()) {
        throw new NotFoundException(
            "'" + operand + "' is not avoided", "'pkg avoid' lists what is");
      }
      for (String stem : stems) {
        List<String> groups = groups(state, stem);
        if (!groups.isEmpty()) {
          throw new ConflictException(
              "'" + stem + "' is a group dependency of '" + String.join("', '", groups) + "'",
              "'pkg install " + stem + "' installs it and ends that it is avoided");
        }
        avoided = avoided.without(stem);
      }
    }
    return avoided;
  }
}
