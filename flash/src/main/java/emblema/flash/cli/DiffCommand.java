package emblema.flash.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Launcher;
import emblema.cli.Program;
import emblema.cli.Session;
import emblema.cli.Syntax;
import java.util.ArrayList;
import java.util.List;

/** {@code flar diff}: {@code flar create} of the difference between packages. */
final class DiffCommand implements Command {
  private static final List<String> VALUES =
      List.of("-s", "-n", "-L", "-i", "-m", "-e", "-a", "-T", "-U", "-x", "-y", "--variant");
  private static final List<String> FLAGS = List.of("-c", "-H", "-S", "-M", "-I");

  @Override
  public Syntax syntax() {
    return Syntax.of("make a differential archive between two sets of packages")
        .list("--old", "fmri", "packages that the clones have; may be repeated")
        .list("--new", "fmri", "packages that they shall have; may be repeated")
        .value("-s", "repo", "the repository of both: a path or an address")
        .value("-n", "name", "the archive's name, content_name; must be given")
        .flag("-c", "compress the files, as compress(1) does")
        .choice("-L", "archiver", List.of("cpio", "pax"), "how the files are archived: cpio")
        .flag("-H", "leave out the archive's id, a hash over its files")
        .flag("-I", "do without packages that others require")
        .flag("-M", "leave out the manifest")
        .flag("-S", "leave out the sizes")
        .list("-x", "path", "exclude this, with everything below")
        .list("-y", "path", "include this, with everything below")
        .value("-i", "date", "creation_date, CCYYMMDDhhmmss; now, in UTC")
        .value("-m", "master", "creation_master; this machine's name")
        .value("-e", "text", "content_description")
        .value("-a", "author", "content_author")
        .value("-T", "type", "content_type")
        .list("-U", "key=value", "a keyword of your own; its name begins with X-")
        .list("--variant", "name=value", "a variant of the packages, variant.arch=i386")
        .operand("archive")
        .section(
            "MORE",
            """
            This is 'flar create --from-pkgs NEW --old-pkgs OLD -s REPO'; that command has more \
            options. Files that both sets deliver alike and whose time no package states count as \
            unchanged. The manifest wants them to have the time of the older publication: clones \
            that 'flar deploy' made of these packages have it; others are updated with \
            --no-content-check.\
            """);
  }

  @Override
  public int run(Arguments arguments, Session session) {
    for (String needed : List.of("--old", "--new", "-s", "-n")) {
      arguments.required(needed);
    }
    List<String> words = new ArrayList<>(List.of("diff"));
    arguments.values("--new").forEach(fmri -> words.addAll(List.of("--from-pkgs", fmri)));
    arguments.values("--old").forEach(fmri -> words.addAll(List.of("--old-pkgs", fmri)));
    for (String option : VALUES) {
      arguments.values(option).forEach(value -> words.addAll(List.of(option, value)));
    }
    FLAGS.stream().filter(arguments::has).forEach(words::add);
    words.add(arguments.operand(0));
    Program program = new Program("flar", "make an archive").command("diff", CreateCommand::new);
    return Launcher.run(program, words, session.surroundings());
  }
}
