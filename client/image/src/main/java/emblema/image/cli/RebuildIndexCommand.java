package emblema.image.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.image.search.ImageSearch;

/** Makes the search index of what is installed again. */
final class RebuildIndexCommand implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of("make the search index of what is installed again");
  }

  @Override
  public int run(Arguments arguments, Session session) {
    try (OpenImage open = OpenImage.of(session)) {
      new ImageSearch(open.image(), open.opener(), session.clock(), session.events())
          .rebuildIndex();
      return 0;
    }
  }
}
