package emblema.flash.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.core.io.OsNames;
import emblema.flash.archive.ArchiveListing;
import emblema.flash.archive.ArchiveReader;
import emblema.flash.deploy.ScriptSections;
import java.util.Optional;

/** {@code flar info}: what an archive says about itself, and which files it holds. */
final class InfoCommand implements Command {
  @Override
  public Syntax syntax() {
    return ArchiveOperand.tape(
        Syntax.of("show the identification of an archive")
            .flag("-l", "list the files of the archive, in its order")
            .flag("--scripts", "list the scripts of the archive, in the order of their running")
            .value("-k", "keyword", "show only the value of a keyword; none: exit status 1")
            .flag("--strict", "exit with status 1 if the archive's id does not agree (with -l)")
            .excludes("--scripts", "-l")
            .excludes("--scripts", "-k"));
  }

  @Override
  public int run(Arguments arguments, Session session) {
    try (ArchiveReader archive = ArchiveOperand.open(arguments, session, session.events())) {
      if (arguments.has("--scripts")) {
        ScriptSections.of(archive).forEach(script -> session.out().line(script.toString()));
        return 0;
      }
      int status = 0;
      Optional<String> keyword = arguments.value("-k");
      if (keyword.isPresent()) {
        Optional<String> value = archive.identification().value(keyword.get());
        value.ifPresent(session.out()::line);
        status = value.isPresent() ? 0 : 1;
      } else if (!arguments.has("-l")) {
        session.out().bytes(archive.identificationBytes());
      }
      if (!arguments.has("-l")) {
        archive.sections((name, body) -> {}); // finds what is broken before the payload
        return status;
      }
      boolean agrees =
          ArchiveListing.of(
              archive, name -> session.out().bytes(OsNames.encode(name + "\n")), session.events());
      return !agrees && arguments.has("--strict") ? 1 : status;
    }
  }
}
