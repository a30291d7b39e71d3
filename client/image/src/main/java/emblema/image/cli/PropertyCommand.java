package emblema.image.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.core.error.NotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Lists image properties (spec client-cli, section 4.18). */
final class PropertyCommand implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of("list image properties").flag("-H", "omit headers").operands("name", 0);
  }

  @Override
  public int run(Arguments arguments, Session session) {
    try (OpenImage open = OpenImage.of(session)) {
      Map<String, String> all = open.image().config().properties();
      List<String> names =
          arguments.operands().isEmpty() ? new ArrayList<>(all.keySet()) : arguments.operands();
      int width = 8;
      for (String name : names) {
        if (!all.containsKey(name)) {
          throw new NotFoundException(
              "no such property: '" + name + "'", "'pkg property' lists all");
        }
        width = Math.max(width, name.length());
      }
      if (!arguments.has("-H")) {
        session.out().line(ListTable.pad("PROPERTY", width) + " VALUE");
      }
      for (String name : names) {
        session.out().line(ListTable.pad(name, width) + " " + all.getOrDefault(name, ""));
      }
      return 0;
    }
  }
}
