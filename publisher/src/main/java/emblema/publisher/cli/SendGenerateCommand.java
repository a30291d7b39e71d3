package emblema.publisher.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.core.action.ActionValidation;
import emblema.core.action.ActionWriter;
import emblema.publisher.bundle.Bundle;
import emblema.publisher.bundle.BundleOptions;
import emblema.publisher.bundle.Bundles;
import java.util.ArrayList;
import java.util.List;

/** {@code pkgsend generate}: the manifest of trees and archives. */
final class SendGenerateCommand implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of("print a manifest of directory trees, tar and Flash archives or SVR4 packages")
        .flag("-u", "use the real owners and groups instead of root and bin")
        .list("-T", "pattern", "keep the modification times of objects with such a base name")
        .list("--target", "path", "make this name of a file the file, not a hard link")
        .operands("source", 1);
  }

  @Override
  public int run(Arguments arguments, Session session) {
    BundleOptions options = SendSources.options(arguments, session);
    if (arguments.has("-u")) {
      options = options.with(SendSources.ownership());
    }
    List<String> problems = new ArrayList<>();
    for (String source : arguments.operands()) {
      try (Bundle bundle = Bundles.open(session.directory().resolve(source), options)) {
        bundle.forEach(
            entry -> {
              List<String> wrong = ActionValidation.unfaithful(entry.action());
              if (wrong.isEmpty()) {
                session.out().line(ActionWriter.write(entry.action()));
              }
              wrong.forEach(why -> problems.add(ActionWriter.write(entry.action()) + "\n  " + why));
            });
        problems.addAll(bundle.problems());
      }
    }
    SendSources.failOn(problems, String.join("', '", arguments.operands()));
    return 0;
  }
}
