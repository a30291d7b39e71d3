package emblema.image.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.core.fmri.FmriPattern;
import emblema.image.image.Frozen;
import emblema.image.image.ImageState;
import java.util.List;
import java.util.TreeSet;

/** Ends that packages are held at a version. */
final class UnfreezeCommand implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of("end that packages are held at a version")
        .flag("-n", "only say what would be unfrozen")
        .flag("-H", "ignored")
        .operands("pattern", 0);
  }

  @Override
  public int run(Arguments arguments, Session session) {
    try (OpenImage open = OpenImage.of(session)) {
      if (arguments.operands().isEmpty()) {
        return new FreezeCommand().run(arguments, session);
      }
      TreeSet<String> stems = matching(open.image().state().frozen(), arguments.operands());
      if (stems.isEmpty()) {
        return 4;
      }
      if (!arguments.has("-n")) {
        open.change(
            "freeze",
            operation -> {
              ImageState state = open.image().state();
              Frozen frozen = state.frozen();
              for (String stem : stems) {
                frozen = frozen.without(stem);
              }
              open.image().save(state.withFrozen(frozen), open.now());
              return true;
            });
      }
      stems.forEach(stem -> session.out().line(stem + " was unfrozen."));
      return 0;
    }
  }

  private static TreeSet<String> matching(Frozen frozen, List<String> operands) {
    TreeSet<String> stems = new TreeSet<>();
    for (String operand : operands) {
      FmriPattern pattern = FmriPattern.parse(operand);
      frozen.freezes().keySet().stream().filter(pattern::matchesName).forEach(stems::add);
    }
    return stems;
  }
}
