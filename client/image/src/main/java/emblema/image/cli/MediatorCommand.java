package emblema.image.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.cli.Table;
import emblema.core.error.NotFoundException;
import emblema.core.error.PartialException;
import emblema.image.image.MediatorSetting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lists which implementations mediators have chosen (spec client-cli, section 4.15). */
final class MediatorCommand implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of("list which implementations mediators have chosen")
        .flag("-H", "omit headers")
        .choice("-F", "format", Table.Format.NAMES, "output format")
        .operands("name", 0);
  }

  @Override
  public int run(Arguments arguments, Session session) {
    try (OpenImage open = OpenImage.of(session)) {
      Map<String, MediatorSetting> all = open.image().config().mediators();
      Table.Format format = Table.Format.named(arguments.value("-F", "default"));
      boolean wide = format != Table.Format.TEXT;
      Table table = table(wide);
      List<String> unknown = new ArrayList<>(arguments.operands());
      all.forEach(
          (name, setting) -> {
            if (arguments.operands().isEmpty() || unknown.remove(name)) {
              table.row(row(name, setting, wide));
            }
          });
      table.print(session.out(), format, !arguments.has("-H"));
      if (!unknown.isEmpty()) {
        String message = "no matching mediators found";
        String detail = "  " + String.join("\n  ", unknown);
        throw table.isEmpty()
            ? new NotFoundException(message, detail, List.of(), null)
            : new PartialException(message, detail, List.of(), null);
      }
      return 0;
    }
  }

  private static Table table(boolean wide) {
    List<Table.Column> columns = new ArrayList<>();
    columns.add(new Table.Column("mediator", "MEDIATOR"));
    columns.add(new Table.Column("version-source", "VER. SRC."));
    columns.add(new Table.Column("version", "VERSION"));
    columns.add(new Table.Column("implementation-source", "IMPL. SRC."));
    columns.add(new Table.Column("implementation", "IMPLEMENTATION"));
    if (wide) {
      columns.add(new Table.Column("implementation-version", "IMPL. VER."));
    }
    return new Table(columns);
  }

  private static List<String> row(String name, MediatorSetting setting, boolean wide) {
    String none = wide ? "None" : "";
    List<String> row = new ArrayList<>();
    row.add(name);
    row.add(or(setting.versionSource(), none));
    row.add(or(setting.version(), none));
    row.add(or(setting.implementationSource(), none));
    String version = setting.implementationVersion();
    String implementation = or(setting.implementation(), none);
    row.add(!wide && version != null ? implementation + "(@" + version + ")" : implementation);
    if (wide) {
      row.add(or(version, none));
    }
    return row;
  }

  private static String or(@Nullable String value, String otherwise) {
    return value == null ? otherwise : value;
  }
}
