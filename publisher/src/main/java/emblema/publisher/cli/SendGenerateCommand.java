package emblema.publisher.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.core.action.ActionWriter;
import emblema.core.error.MalformedException;
import emblema.core.error.NotFoundException;
import emblema.core.io.Disk;
import emblema.core.io.RealDisk;
import emblema.publisher.send.DirectoryBundle;
import emblema.publisher.send.Ownership;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** {@code pkgsend generate}: the manifest of directory trees. */
final class SendGenerateCommand implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of("print a manifest of directory trees")
        .flag("-u", "use the real owners and groups instead of root and bin")
        .list("-T", "pattern", "keep the modification times of objects with such a base name")
        .list("--target", "path", "make this name of a file the file, not a hard link")
        .operands("source", 1);
  }

  @Override
  public int run(Arguments arguments, Session session) {
    Ownership ownership =
        arguments.has("-u")
            ? Ownership.named(Path.of("/etc/passwd"), Path.of("/etc/group"))
            : Ownership.ROOT_AND_BIN;
    for (String source : arguments.operands()) {
      Path tree = session.directory().resolve(source);
      if (!Files.exists(tree)) {
        throw new NotFoundException("'" + tree + "' does not exist");
      }
      if (!Files.isDirectory(tree)) {
        throw new MalformedException(
            "'" + tree + "' is of an unknown bundle type", "only directory trees are read");
      }
      try (Disk disk = RealDisk.open(tree)) {
        new DirectoryBundle(
                disk,
                ownership,
                arguments.values("-T"),
                Set.copyOf(arguments.values("--target")),
                session.events())
            .forEach(action -> session.out().line(ActionWriter.write(action)));
      }
    }
    return 0;
  }
}
