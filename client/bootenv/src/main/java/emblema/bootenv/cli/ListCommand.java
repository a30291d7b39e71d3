package emblema.bootenv.cli;

import emblema.bootenv.BootEnvironment;
import emblema.bootenv.directory.DirectoryEnvironments;
import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.cli.Table;
import emblema.core.error.NotFoundException;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code beadm list}. */
final class ListCommand implements Command {
  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");
  private static final String POLICY = "static";
  private static final List<String> ORDERS = List.of("date", "name", "space");

  private record Line(BootEnvironment environment, long bytes) {
    String mountPoint() {
      return environment.mountPoint().map(Object::toString).orElse("-");
    }
  }

  @Override
  public Syntax syntax() {
    return Syntax.of("show the environments")
        .flag("-a", "show each environment's directory too")
        .flag("-d", "the same as -a: directories are the data sets of this system")
        .flag("-s", "show snapshots, of which directories have none")
        .flag("-H", "no header, fields parted by semicolons")
        .choice("-k", "order", ORDERS, "sort by date (as by default), name or space, ascending")
        .choice("-K", "order", ORDERS, "sort by date, name or space, descending")
        .excludes("-k", "-K")
        .operands("name", 0, 1)
        .section(
            "Output",
            """
            Active is N for the environment that is active now, R for the one that is active on the \
            next boot, NR for both, - for none. Space is what the environment has for itself; content \
            that it shares with others by reflinks counts for each. The fields of -H are name, UUID, \
            active, mount point, bytes, policy, creation in seconds since 1970.
            """);
  }

  @Override
  public int run(Arguments arguments, Session session) {
    List<Line> lines = new ArrayList<>();
    try (DirectoryEnvironments environments = Roots.open(session)) {
      for (BootEnvironment environment : environments.list()) {
        if (arguments.operands().isEmpty() || environment.name().equals(arguments.operand(0))) {
          lines.add(new Line(environment, environments.space(environment.name())));
        }
      }
    }
    if (lines.isEmpty() && !arguments.operands().isEmpty()) {
      throw new NotFoundException(
          "boot environment '" + arguments.operand(0) + "' does not exist",
          "'beadm list' shows those that do");
    }
    sort(lines, arguments);
    if (arguments.has("-H")) {
      lines.forEach(line -> session.out().line(fields(line)));
    } else {
      print(lines, arguments.has("-a") || arguments.has("-d"), session);
    }
    return 0;
  }

  private static void sort(List<Line> lines, Arguments arguments) {
    Optional<String> descending = arguments.value("-K");
    Comparator<Line> order =
        switch (arguments.value("-k").or(() -> descending).orElse("date")) {
          case "name" -> Comparator.comparing(line -> line.environment().name());
          case "space" -> Comparator.comparingLong(Line::bytes);
          default -> Comparator.comparing(line -> line.environment().created());
        };
    lines.sort(descending.isPresent() ? order.reversed() : order);
  }

  private static String fields(Line line) {
    BootEnvironment environment = line.environment();
    return String.join(
        ";",
        environment.name(),
        environment.uuid(),
        environment.activity(),
        line.mountPoint(),
        Long.toString(line.bytes()),
        POLICY,
        Long.toString(environment.created().getEpochSecond()));
  }

  private static void print(List<Line> lines, boolean withDirectories, Session session) {
    Table table = Table.of("BE", "Active", "Mountpoint", "Space", "Policy", "Created");
    for (Line line : lines) {
      BootEnvironment environment = line.environment();
      table.row(
          environment.name(),
          environment.activity(),
          line.mountPoint(),
          size(line.bytes()),
          POLICY,
          DATE.format(environment.created().atZone(session.clock().getZone())));
      if (withDirectories) {
        table.row("   " + environment.root(), "", "", "", "", "");
      }
    }
    table.print(session.out());
  }

  /** As the reference writes sizes: 512B, 1.66G. */
  private static String size(long bytes) {
    if (bytes < 1024) {
      return bytes + "B";
    }
    double value = bytes;
    int unit = -1;
    while (value >= 1024 && unit < 4) {
      value /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, "%.2f%c", value, "KMGTP".charAt(unit));
  }
}
