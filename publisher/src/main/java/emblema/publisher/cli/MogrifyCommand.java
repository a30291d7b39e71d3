package emblema.publisher.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.publisher.transform.Macros;
import emblema.publisher.transform.Mogrifier;
import emblema.publisher.transform.Outcome;
import emblema.publisher.transform.OutputLine;
import emblema.publisher.transform.Sources;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code pkgmogrify}: applies all rules of its input to all actions of its input. */
final class MogrifyCommand implements Command {
  private static final String RULES =
      """
      A rule is one line, at any place of any input file:

        <transform [type...] [attribute=expression...] -> operation [arguments]>

      It applies to every action of one of the types (none: of any type) that has all the attributes, if
      each of their values matches the expression from its start. Expressions are Python's. The type 'pkg' stands
      for the package itself, after the end of its file. '<include file>' reads another file.

      Rules are tried in the order they were read; each sees what the one before it left. What a rule emits goes
      through all rules too, and is written once.\
      """;

  private static final String OPERATIONS =
      """
      'set', 'default', 'add' take an attribute and a value; 'edit' an attribute, an expression and a replacement;
      'delete' an attribute and an expression; 'drop' and 'abort' nothing; 'emit' and 'print' a line; 'exit' a
      status and a message. Arguments are split as by a shell: quote an expression that holds a backslash.\
      """;

  private static final String TOKENS =
      """
      %(attribute) is an attribute of the action, %{attribute} one of the package, %<1> what the first group of
      the matching part matched. Behind semicolons: notfound=text, prefix=text, suffix=text, sep=text, quote, noquote.
      Also known: %(action.name), %(action.key), %(action.hash), %(pkg.manifest.filename), %(pkg.manifest.lineno)
      and %{pkg.fmri.name}.\
      """;

  @Override
  public Syntax syntax() {
    return Syntax.of("apply the rules of all input files to the actions of all input files")
        .flag("-v", "show each rule that changed something, and its result, as comments")
        .flag("-i", "keep <include> lines instead of following them")
        .list("-I", "dir", "look for input files here too, and for files to include")
        .list("-D", "macro=value", "replace $(macro) by the value")
        .value("-O", "file", "write the manifest here instead of to standard output")
        .value("-P", "file", "write the lines of 'print' here instead of to standard output")
        .operands("inputfile", 0)
        .section("Rules", RULES)
        .section("Operations", OPERATIONS)
        .section("Tokens", TOKENS);
  }

  @Override
  public int run(Arguments arguments, Session session) {
    Sources sources =
        new Sources(
            new Sources.Settings(
                session.directory(),
                arguments.values("-I").stream().map(session.directory()::resolve).toList(),
                Macros.of(arguments.values("-D")),
                !arguments.has("-i")));
    List<String> inputs = arguments.operands().isEmpty() ? List.of("-") : arguments.operands();
    for (String input : inputs) {
      if (input.equals("-")) {
        sources.read("standard input", session.console().in());
      } else {
        sources.read(input);
      }
    }
    Mogrifier rules = Mogrifier.of(sources);
    return switch ((arguments.has("-v") ? rules.verbose() : rules).apply()) {
      case Outcome.Complete complete -> {
        write("-P", complete.printed().stream(), arguments, session);
        write("-O", complete.lines().stream().map(OutputLine::text), arguments, session);
        yield 0;
      }
      case Outcome.Stopped stopped -> {
        if (!stopped.message().isEmpty()) {
          session.err().line(stopped.message());
        }
        yield stopped.status();
      }
    };
  }

  private static void write(
      String option, Stream<String> lines, Arguments arguments, Session session) {
    if (arguments.has(option)) {
      OutputFile.write(
          session.resolve(arguments.required(option)),
          lines.map(line -> line + "\n").collect(Collectors.joining()));
    } else {
      lines.forEach(session.out()::line);
    }
  }
}
