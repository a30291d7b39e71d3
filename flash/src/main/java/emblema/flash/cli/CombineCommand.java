package emblema.flash.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.core.io.AtomicFile;
import emblema.core.io.Disk;
import emblema.core.io.Durability;
import emblema.core.io.RealDisk;
import emblema.core.io.SafePath;
import emblema.flash.archive.Combining;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/** {@code flar combine}: an archive of section files. */
final class CombineCommand implements Command {
  @Override
  public Syntax syntax() {
    return ArchiveOperand.tape(
            Syntax.of("make an archive of the files 'cookie', 'identification' and 'archive'")
                .value("-d", "dir", "where the files are")
                .list("-u", "section", "add this section, from a file of its name"))
        .section(
            "SECTIONS",
            """
            Sections are neither checked nor brought up to date. Those of the software (manifest, \
            predeployment, postdeployment, reboot, summary) come first whatever the order of -u. \
            If 'archive' is a directory, its contents are packed and compressed as the \
            identification says.\
            """);
  }

  @Override
  public int run(Arguments arguments, Session session) {
    Optional<Path> given = ArchiveOperand.target(arguments, session);
    try (Disk files = RealDisk.open(session.resolve(arguments.value("-d", ".")))) {
      Combining combining =
          new Combining(files, SplitCommand.sections(arguments), session.events());
      combining.check();
      if (given.isEmpty()) {
        combining.write(session.out().stream());
        return 0;
      }
      Path path = given.get().toAbsolutePath().normalize();
      try (RealDisk target = RealDisk.open(Objects.requireNonNull(path.getParent()))) {
        AtomicFile.write(
            target,
            SafePath.of(path.getFileName().toString()),
            0644,
            combining::write,
            Durability.FULL);
      }
      return 0;
    }
  }
}
