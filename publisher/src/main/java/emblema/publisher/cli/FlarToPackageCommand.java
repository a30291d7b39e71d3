package emblema.publisher.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Launcher;
import emblema.cli.Program;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.core.error.MalformedException;
import emblema.core.error.NotFoundException;
import emblema.core.event.Event;
import emblema.flash.view.ArchiveTrees;
import emblema.publisher.flash.ArchiveDescription;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** {@code flar to-pkg}: {@code pkgmaster baseline} of an archive, with what it says of itself. */
final class FlarToPackageCommand implements Command {
  private static final List<String> PASSED_ON = List.of("-s", "--publisher", "--timestamp");

  @Override
  public Syntax syntax() {
    return Syntax.of("publish the files of a full archive as a package")
        .value("-s", "repo", "the repository, a directory or file:// address")
        .value("--publisher", "prefix", "the publisher; default: the repository's")
        .value("--name", "name", "the package; default: 'flash/' and the archive's name")
        .flag("--split", "a package for each package of the master's database and the rules")
        .value("--release", "n", "number of the release; default: 1")
        .value("--timestamp", "time", "YYYYMMDDTHHMMSSZ; default: when the archive was made")
        .list("--rules", "file", "a rule file of pkgmaster; may be repeated, later wins")
        .flag("-n", "plan only; publish nothing")
        .excludes("--name", "--split")
        .operand("archive")
        .section(
            "MORE",
            """
            This is 'pkgmaster baseline -R ARCHIVE --family NAME --single NAME' with the archive's \
            keywords as metadata; that command has all options of master images. Later archives, \
            and differential ones, are published with 'pkgmaster publish -A OLD -R NEW' and the \
            same --family and --single. Host-specific \
            files, logs and accounts of people are left out as there. Scripts and user-defined \
            sections do not become part of the package: they are named in its metadata, or told.\
            """);
  }

  @Override
  public int run(Arguments arguments, Session session) {
    String operand = arguments.operand(0);
    arguments.required("-s");
    if (!Files.exists(session.resolve(operand))) {
      throw new NotFoundException("archive '" + operand + "' does not exist");
    }
    if (!ArchiveTrees.isArchive(session.resolve(operand))) {
      throw new MalformedException("'" + operand + "' is no Flash archive");
    }
    ArchiveDescription description = ArchiveDescription.read(session.resolve(operand));
    String stem = arguments.value("--name").orElseGet(description::stem);
    description.leftOut().forEach(text -> session.events().emit(new Event.Warning(text)));
    Program program =
        new Program("flar", "publish an archive")
            .command("to-pkg", () -> new BaselineCommand(description.rules(stem)));
    return Launcher.run(program, words(arguments, description, stem), session.surroundings());
  }

  private static List<String> words(
      Arguments arguments, ArchiveDescription description, String stem) {
    List<String> words = new ArrayList<>(List.of("to-pkg", "-R", arguments.operand(0)));
    words.addAll(List.of("--release", arguments.value("--release", "1")));
    words.addAll(List.of("--family", stem)); // a shelf of archives goes into one repository
    if (!arguments.has("--split")) {
      words.addAll(List.of("--single", stem));
    }
    for (String option : PASSED_ON) {
      arguments.value(option).ifPresent(value -> words.addAll(List.of(option, value)));
    }
    if (!arguments.has("--timestamp")) {
      description.timestamp().ifPresent(time -> words.addAll(List.of("--timestamp", time)));
    }
    arguments.values("--rules").forEach(file -> words.addAll(List.of("--rules", file)));
    if (arguments.has("-n")) {
      words.add("-n");
    }
    return words;
  }
}
