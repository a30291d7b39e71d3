package emblema.image.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;

/** Forgets what was done to the image, except that it was forgotten. */
final class PurgeHistoryCommand implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of("forget what was done to the image");
  }

  @Override
  public int run(Arguments arguments, Session session) {
    try (OpenImage open = OpenImage.of(session)) {
      open.change(
          "purge-history",
          operation -> {
            open.image().history().purge();
            return true;
          });
      session.out().line("History purged.");
      return 0;
    }
  }
}
