package emblema.publisher.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.core.io.RealDisk;
import emblema.publisher.master.report.PlanDirectory;

/** {@code pkgmaster explain}: why a plan puts a path where, and what it says of a package. */
final class ExplainCommand implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of("explain what a plan does with a path or package")
        .operands("path-or-package", 1, 1)
        .operands("plandir", 1, 1);
  }

  @Override
  public int run(Arguments arguments, Session session) {
    try (RealDisk disk = RealDisk.open(session.resolve(arguments.operand(1)))) {
      String subject = arguments.operand(0).replaceFirst("^/+", "").replaceFirst("^pkg:/+", "");
      new PlanDirectory(disk).explain(subject).forEach(session.out()::line);
    }
    return 0;
  }
}
