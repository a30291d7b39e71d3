package emblema.publisher.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.core.error.UsageException;
import emblema.publisher.format.FormatStyle;
import emblema.publisher.format.LineDiff;
import emblema.publisher.format.ManifestFormat;
import java.util.List;
import java.util.Optional;

/** {@code pkgfmt}: manifests laid out in place, or standard input to standard output. */
final class FormatCommand implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of("lay manifests out in place, or standard input to standard output")
        .flag("-c", "only check; status 1 if a file would change")
        .flag("-d", "only show what would change, as a unified diff to the file as it is")
        .flag("-s", "leave out what dependency tools noted down")
        .flag("-u", "one line for each action, however long")
        .value("-f", "format", "v1 or v2; PKGFMT_OUTPUT if not given, else v2")
        .flag("-h", "show this help")
        .excludes("-c", "-d", "-s", "-u")
        .operands("file", 0);
  }

  @Override
  public int run(Arguments arguments, Session session) {
    if (arguments.has("-h")) {
      throw new UsageException("see 'pkgfmt --help'");
    }
    Optional<String> given = arguments.value("-f").or(() -> session.environment("PKGFMT_OUTPUT"));
    ManifestFormat format =
        new ManifestFormat(style(given.orElse("v2")), !arguments.has("-u"), arguments.has("-s"));
    if (arguments.operands().isEmpty()) {
      String text = TextInput.standard(session);
      session.out().text(format.format(text, "standard input").text());
      return 0;
    }
    boolean differs = false;
    for (String file : arguments.operands()) {
      differs |= file(file, format, given.isEmpty(), arguments, session);
    }
    return differs ? 1 : 0;
  }

  /** Whether the file is only looked at, and not in form. */
  private static boolean file(
      String file, ManifestFormat format, boolean either, Arguments arguments, Session session) {
    String raw = TextInput.file(session.directory().resolve(file), file);
    String text = raw.replace("\r\n", "\n");
    ManifestFormat.Formatted formatted = format.format(text, file);
    boolean same = text.equals(formatted.text());
    if (arguments.has("-c")) {
      formatted.unread().forEach(problem -> session.warn(String.valueOf(problem.getMessage())));
      ManifestFormat old = new ManifestFormat(FormatStyle.V1, true, false);
      if (same || either && text.equals(old.format(text, file).text())) {
        return false;
      }
      session
          .err()
          .line(
              "pkgfmt: error: "
                  + file
                  + " is not in pkgfmt form; run pkgfmt on the file without -c or -d to reformat"
                  + " the manifest in-place");
      return true;
    }
    if (arguments.has("-d")) {
      List<String> diff = LineDiff.unified(lines(formatted.text()), lines(text), "", "");
      diff.forEach(line -> session.out().line(withoutEnd(line)));
      return !same;
    }
    if (!raw.equals(formatted.text())) {
      OutputFile.write(session.directory().resolve(file), formatted.text());
    }
    return false;
  }

  /** With their ends, so that a last line without one differs. */
  private static List<String> lines(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split("(?<=\n)"));
  }

  private static String withoutEnd(String line) {
    return line.endsWith("\n") ? line.substring(0, line.length() - 1) : line;
  }

  private static FormatStyle style(String word) {
    return switch (word) {
      case "v1" -> FormatStyle.V1;
      case "v2" -> FormatStyle.V2;
      default ->
          throw new UsageException("unknown format '" + word + "'", "'v1' and 'v2' are known");
    };
  }
}
