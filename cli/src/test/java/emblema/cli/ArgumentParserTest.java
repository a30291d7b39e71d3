package emblema.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.error.UsageException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArgumentParserTest {
  private static final Syntax SYNTAX =
      Syntax.of("try options")
          .flag("-n", "plan only")
          .flag("-q --quiet", "say nothing")
          .count("-v", "say more")
          .value("-C --concurrency", "n", "how many at once")
          .list("-g", "uri", "an origin")
          .flag("--no-refresh", "no refresh")
          .flag("--no-index", "no index")
          .flag("--be", "in a boot environment")
          .value("--be-name", "name", "the boot environment")
          .choice("-F", "format", List.of("tsv", "json"), "form")
          .value("-z", "zone", "a zone")
          .flag("-r", "recurse")
          .excludes("-q", "-v")
          .needs("-z", "-r")
          .operands("pattern", 0);

  private static Arguments parse(String... words) {
    return ArgumentParser.parse(SYNTAX, List.of(words));
  }

  private static void refuses(String message, String... words) {
    assertThatThrownBy(() -> parse(words)).isInstanceOf(UsageException.class).hasMessage(message);
  }

  @Test
  void takesOptionsAfterTheFirstOperandForOperands() {
    Arguments arguments = parse("-n", "foo", "-q", "--", "-v");
    assertThat(arguments.operands()).containsExactly("foo", "-q", "--", "-v");
    assertThat(arguments.has("-n")).isTrue();
    assertThat(arguments.has("--quiet")).isFalse();
  }

  @Test
  void readsOptionsAfterOperandsWhereTheSyntaxAllowsThem() {
    Syntax syntax = Syntax.of("x").flag("-n", "x").operands("p", 1).intermixed();
    Arguments arguments = ArgumentParser.parse(syntax, List.of("foo", "-n", "--", "-n"));
    assertThat(arguments.operands()).containsExactly("foo", "-n");
    assertThat(arguments.count("-n")).isEqualTo(1);
  }

  @Test
  void endsOptionsAtTwoDashes() {
    assertThat(parse("-n", "--", "-q").operands()).containsExactly("-q");
  }

  @Test
  void takesASingleDashForAnOperand() {
    assertThat(parse("-", "-q").operands()).containsExactly("-", "-q");
  }

  @Test
  void unpacksBundlesWhoseLastOptionMayTakeTheRest() {
    Arguments arguments = parse("-nvvC4", "-gone", "-g", "two");
    assertThat(arguments.count("-v")).isEqualTo(2);
    assertThat(arguments.number("-C")).hasValue(4);
    assertThat(arguments.values("-g")).containsExactly("one", "two");
  }

  @Test
  void acceptsAnUnambiguousStartOfALongOption() {
    Arguments arguments = parse("--no-r", "--conc=3", "--be-n", "x");
    assertThat(arguments.has("--no-refresh")).isTrue();
    assertThat(arguments.value("-C")).contains("3");
    assertThat(arguments.value("--be-name")).contains("x");
  }

  @Test
  void prefersAnExactLongOptionToLongerOnes() {
    assertThat(parse("--be").has("--be")).isTrue();
  }

  @Test
  void acceptsAnEmptyArgument() {
    assertThat(parse("--concurrency=").value("-C")).contains("");
    assertThat(parse("-C", "").value("-C")).contains("");
  }

  @Test
  void acceptsAnArgumentThatLooksLikeAnOption() {
    assertThat(parse("-C", "-n").value("-C")).contains("-n");
  }

  @Test
  void tellsWhichOfSeveralOptionsCameLast() {
    assertThat(parse("-n", "-r", "-g", "x").last("-n", "-r")).contains("-r");
    assertThat(parse("-g", "1", "-r", "-g", "2").last("-g", "-r")).contains("-g");
    assertThat(parse().last("-n", "-r")).isEmpty();
  }

  @Test
  void namesBothSpellingsInWhatItRefuses() {
    refuses("illegal option -- x", "-nx");
    refuses("illegal option -- frob", "--frob");
    refuses("option '--no-' is ambiguous", "--no-");
    refuses("option '-C/--concurrency' requires an argument", "-C");
    refuses("option '-C/--concurrency' may not be repeated", "-C1", "--conc", "2");
    refuses("option '-n' may not be repeated", "-nn");
    refuses("option '-q/--quiet' takes no argument", "--quiet=yes");
    refuses("invalid argument 'xml' for option '-F'", "-F", "xml");
    refuses("options '-q/--quiet' and '-v' may not be combined", "-qv");
    refuses("option '-z' makes sense only with '-r'", "-z", "a");
  }

  @Test
  void refusesTooFewAndTooManyOperands() {
    Syntax one = Syntax.of("x").operand("dir");
    assertThatThrownBy(() -> ArgumentParser.parse(one, List.of()))
        .hasMessage("at least one 'dir' must be given");
    assertThatThrownBy(() -> ArgumentParser.parse(one, List.of("a", "b")))
        .hasMessage("too many operands, beginning with 'b'");
    assertThatThrownBy(() -> ArgumentParser.parse(Syntax.of("x"), List.of("a")))
        .hasMessage("no operands are allowed, found 'a'");
  }

  @Test
  void refusesANumberThatIsNone() {
    assertThatThrownBy(() -> parse("-C", "many").number("-C"))
        .isInstanceOf(UsageException.class)
        .hasMessage("invalid argument 'many' for option '-C/--concurrency'");
  }
}
