package emblema.publisher.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.core.action.ActionWriter;
import emblema.core.error.UsageException;
import emblema.core.io.Disk;
import emblema.core.io.RealDisk;
import emblema.core.manifest.ManifestReader;
import emblema.publisher.depend.DependencyGeneration;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code pkgdepend generate}: what the files of a manifest need. */
final class DependGenerateCommand implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of("print dependencies on the files that those of a manifest need")
        .list("-d", "dir", "look for the files of the manifest here; may be repeated")
        .list("-k", "path", "directories of the loader, instead of its own")
        .flag("-I", "tell also what the package delivers itself")
        .flag("-m", "print the manifest first")
        .operands("manifest", 1, 1)
        .operands("dir", 0, 1);
  }

  @Override
  public int run(Arguments arguments, Session session) {
    List<String> directories =
        new ArrayList<>(arguments.operands().subList(1, arguments.operands().size()));
    directories.addAll(arguments.values("-d"));
    if (directories.isEmpty()) {
      throw new UsageException("no directory with the files is given", "name it with -d");
    }
    String file = arguments.operand(0);
    String text = TextInput.file(session.directory().resolve(file), file);
    List<Disk> trees = new ArrayList<>();
    try {
      for (Path directory : SendSources.directories(directories, session)) {
        trees.add(RealDisk.open(directory));
      }
      DependencyGeneration generation =
          new DependencyGeneration(trees, arguments.values("-k"), arguments.has("-I"));
      if (arguments.has("-m")) {
        session.out().text(text.endsWith("\n") || text.isEmpty() ? text : text + "\n");
      }
      generation
          .generate(ManifestReader.read(text, file))
          .forEach(action -> session.out().line(ActionWriter.write(action)));
      generation
          .problems()
          .forEach(problem -> session.err().line(session.title() + ": " + problem));
      return generation.problems().isEmpty() ? 0 : 1;
    } finally {
      trees.forEach(Disk::close);
    }
  }
}
