package emblema.cli;

import emblema.core.error.ConflictException;
import emblema.core.error.NothingToDoException;
import java.util.List;
import java.util.function.BiFunction;

/** A program with one command of each temper. */
final class Sample {
  private Sample() {}

  static Program program() {
    return new Program("sample", "show what a program can do")
        .globals(Syntax.of("").value("-R", "dir", "the root"))
        .zeroOnNothing("SAMPLE_SUCCESS_ON_NOP")
        .command("greet", () -> command(greetSyntax(), Sample::greet))
        .command(
            "fail",
            () ->
                command(
                    Syntax.of("fail"),
                    (arguments, session) -> {
                      throw new ConflictException(
                          "cannot do 'it'",
                          "because of this\nand that",
                          List.of("try 'that'", "or leave it"),
                          null);
                    }))
        .command(
            "nothing",
            () ->
                command(
                    Syntax.of("do nothing"),
                    (arguments, session) -> {
                      throw new NothingToDoException("nothing to do");
                    }))
        .command(
            "crash",
            () ->
                command(
                    Syntax.of("crash"),
                    (arguments, session) -> {
                      throw new IllegalStateException("a bug");
                    }))
        .alias("hello", "greet");
  }

  private static Syntax greetSyntax() {
    return Syntax.of("greet people")
        .flag("-n", "plan only")
        .count("-v", "tell more")
        .flag("-q", "tell nothing")
        .value("-C --concurrency", "n", "how many at once")
        .list("-g", "uri", "a temporary origin")
        .flag("--accept", "accept licences, all of those that would need to be accepted")
        .choice("-F", "format", List.of("tsv", "json"), "form of the output")
        .excludes("-q", "-v")
        .operands("name", 1);
  }

  private static int greet(Arguments arguments, Session session) {
    session
        .out()
        .line(
            "root=%s n=%s v=%d C=%s g=%s operands=%s"
                .formatted(
                    session.globals().value("-R", "?"),
                    arguments.has("-n"),
                    arguments.count("-v"),
                    arguments.value("--concurrency", "?"),
                    arguments.values("-g"),
                    arguments.operands()));
    return 0;
  }

  static Command command(Syntax syntax, BiFunction<Arguments, Session, Integer> body) {
    return new Command() {
      @Override
      public Syntax syntax() {
        return syntax;
      }

      @Override
      public int run(Arguments arguments, Session session) {
        return body.apply(arguments, session);
      }
    };
  }
}
