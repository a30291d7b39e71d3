package emblema.cli;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.core.error.ConflictException;
import emblema.core.error.NothingToDoException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LauncherTest {
  private final Terminal terminal = new Terminal();

  private int run(String... words) {
    return Launcher.run(Sample.program(), List.of(words), terminal.surroundings(Map.of()));
  }

  @Test
  void runsACommandWithItsArguments() {
    assertThat(run("-R", "/image", "greet", "-nvv", "--conc=3", "-g", "a", "-gb", "world", "-n"))
        .isZero();
    assertThat(terminal.out())
        .isEqualTo("root=/image n=true v=2 C=3 g=[a, b] operands=[world, -n]\n");
    assertThat(terminal.err()).isEmpty();
  }

  @Test
  void runsAProgramThatIsOneCommandWithoutASubcommand() {
    Program one =
        new Program("one", "do one thing")
            .only(
                () ->
                    Sample.command(
                        Syntax.of("do one thing").flag("-n", "plan").operands("file", 0),
                        (arguments, session) -> {
                          session.out().line(session.title() + arguments.operands());
                          return arguments.has("-n") ? 4 : 0;
                        }));
    assertThat(Launcher.run(one, List.of("-n", "a"), terminal.surroundings(Map.of()))).isEqualTo(4);
    assertThat(terminal.out()).isEqualTo("one[a]\n");
    assertThat(Launcher.run(one, List.of("-x"), terminal.surroundings(Map.of()))).isEqualTo(2);
    assertThat(terminal.err())
        .isEqualTo("one: illegal option -- x\n\nUsage:\n        one [-n] [file...]\n");
    assertThat(Launcher.run(one, List.of("-?"), terminal.surroundings(Map.of()))).isZero();
    assertThat(ManPage.render(one, "1")).contains("\\fBone\\fR").doesNotContain("SUBCOMMANDS");
  }

  @Test
  void rendersAnErrorWithCauseAndHints() {
    assertThat(run("fail")).isEqualTo(new ConflictException("x").exitCode());
    assertThat(terminal.err())
        .isEqualTo(
            """
            sample fail: cannot do 'it'
            because of this
            and that

            hint: try 'that'
            hint: or leave it
            """);
  }

  @Test
  void saysWhichSubcommandsAnUnknownOneMayMean() {
    assertThat(run("gret")).isEqualTo(2);
    assertThat(terminal.err())
        .isEqualTo(
            """
            sample: unknown subcommand 'gret'
            Did you mean:
                greet

            hint: 'sample help' lists the subcommands
            """);
  }

  @Test
  void answersAUsageErrorWithTheUsageOfThatSubcommand() {
    assertThat(run("greet", "-x")).isEqualTo(2);
    assertThat(terminal.err())
        .isEqualTo(
            """
            sample greet: illegal option -- x

            Usage:
                    sample greet [-nvq] [-C n] [-g uri]... [--accept] [-F format] name...
            """);
  }

  @Test
  void refusesARunWithoutSubcommand() {
    assertThat(run()).isEqualTo(2);
    assertThat(terminal.err()).startsWith("sample: no subcommand specified\n\nUsage:\n");
  }

  @Test
  void explainsAllOptionsWhenAskedForHelpAnywhere() {
    assertThat(run("greet", "world", "--help")).isZero();
    assertThat(terminal.out()).isEmpty();
    assertThat(terminal.err())
        .isEqualTo(
            """
            Usage:
                    sample greet [-nvq] [-C n] [-g uri]... [--accept] [-F format] name...

            Greet people.

            Options:
              -n                        plan only
              -v                        tell more
              -q                        tell nothing
              -C, --concurrency n       how many at once
              -g uri                    a temporary origin
              --accept                  accept licences, all of those that would need to be
                                        accepted
              -F format                 form of the output (tsv, json)
            """);
  }

  @Test
  void turnsNothingToDoIntoSuccessOnlyIfTheEnvironmentAsksForIt() {
    assertThat(run("nothing")).isEqualTo(new NothingToDoException("x").exitCode());
    assertThat(
            Launcher.run(
                Sample.program(),
                List.of("nothing"),
                terminal.surroundings(Map.of("SAMPLE_SUCCESS_ON_NOP", "0"))))
        .isZero();
  }
}
