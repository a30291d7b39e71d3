package emblema.flash.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.core.io.Disk;
import emblema.core.io.RealDisk;
import emblema.core.io.SafePath;
import emblema.flash.archive.ArchiveReader;
import emblema.flash.archive.SectionName;
import emblema.flash.archive.Splitting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** {@code flar split}: one file a section. */
final class SplitCommand implements Command {
  @Override
  public Syntax syntax() {
    return ArchiveOperand.tape(
        Syntax.of("write the sections of an archive into files of their names")
            .value("-d", "dir", "where the files go; made if it is missing")
            .list("-u", "section", "write this section too; blanks part several")
            .value("-S", "section", "write only this section")
            .flag("--all", "write every section")
            .flag("-f", "unpack the files into a directory 'archive'")
            .excludes("-S", "-u")
            .excludes("-S", "--all"));
  }

  @Override
  public int run(Arguments arguments, Session session) {
    Set<String> required = new HashSet<>(sections(arguments));
    arguments.value("-S").ifPresent(required::add);
    Set<String> wanted = new HashSet<>(required);
    if (!arguments.has("-S")) {
      wanted.addAll(List.of(SectionName.COOKIE, SectionName.IDENTIFICATION, SectionName.ARCHIVE));
    }
    boolean all = arguments.has("--all");
    try (ArchiveReader archive = ArchiveOperand.open(arguments, session, session.events());
        Disk target = directory(session.resolve(arguments.value("-d", ".")))) {
      new Splitting(
              target, name -> all || wanted.contains(name), arguments.has("-f"), session.events())
          .run(archive, required);
    }
    return 0;
  }

  static List<String> sections(Arguments arguments) {
    return arguments.values("-u").stream()
        .flatMap(text -> Arrays.stream(text.trim().split("[ \t]+")))
        .filter(name -> !name.isEmpty())
        .toList();
  }

  /** Opens a directory, and makes its last name if it is missing. */
  private static Disk directory(Path path) {
    Path parent = path.toAbsolutePath().normalize().getParent();
    if (!Files.exists(path) && parent != null) {
      try (RealDisk disk = RealDisk.open(parent)) {
        disk.makeDirectory(SafePath.of(path.getFileName().toString()), 0755);
      }
    }
    return RealDisk.open(path);
  }
}
