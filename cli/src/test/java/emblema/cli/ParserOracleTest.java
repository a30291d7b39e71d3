package emblema.cli;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.core.error.UsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Our parser and picocli, told to be as strict, read random command lines alike. */
class ParserOracleTest {
  private static final List<String> WORDS =
      List.of(
          "-n",
          "-v",
          "-nv",
          "-vv",
          "-C",
          "-C1",
          "-nC",
          "-nC2",
          "-g",
          "-gx",
          "--accept",
          "--conc",
          "--concurrency=5",
          "--concurrency",
          "one",
          "two",
          "-x",
          "--frob");

  private static final Syntax SYNTAX =
      Syntax.of("try")
          .flag("-n", "plan")
          .count("-v", "more")
          .value("-C --concurrency", "n", "number")
          .list("-g", "uri", "origin")
          .flag("--accept", "accept")
          .operands("pattern", 0);

  @Test
  void agreesWithPicocliOnRandomCommandLines() {
    String given = System.getProperty("tests.seed", "0");
    long seed = given.equals("0") ? System.nanoTime() : Long.parseLong(given);
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    int accepted = 0;
    for (int i = 0; i < 20_000; i++) {
      List<String> line = new ArrayList<>();
      int length = random.nextInt(6);
      for (int j = 0; j < length; j++) {
        line.add(WORDS.get(random.nextInt(WORDS.size())));
      }
      String ours = ours(line);
      assertThat(ours).as("seed %d, line %s", seed, line).isEqualTo(theirs(line));
      accepted += ours.equals("refused") ? 0 : 1;
    }
    assertThat(accepted).as("accepted lines, seed %d", seed).isGreaterThan(1_000);
  }

  private static String ours(List<String> line) {
    try {
      Arguments arguments = ArgumentParser.parse(SYNTAX, line);
      Map<String, Object> found = new TreeMap<>();
      for (String option : List.of("-n", "-v", "-C", "-g", "--accept")) {
        if (arguments.has(option)) {
          boolean flag = !List.of("-C", "-g").contains(option);
          found.put(option, flag ? arguments.count(option) : arguments.values(option));
        }
      }
      return found + " " + arguments.operands();
    } catch (UsageException e) {
      return "refused";
    }
  }

  private static String theirs(List<String> line) {
    CommandSpec spec = CommandSpec.create();
    spec.addOption(OptionSpec.builder("-n").type(boolean.class).build());
    spec.addOption(OptionSpec.builder("-v").type(boolean[].class).arity("0").build());
    spec.addOption(OptionSpec.builder("-C", "--concurrency").type(String.class).build());
    spec.addOption(OptionSpec.builder("-g").type(List.class).auxiliaryTypes(String.class).build());
    spec.addOption(OptionSpec.builder("--accept").type(boolean.class).build());
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("0..*")
            .arity("0..*")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .build());
    CommandLine parser = new CommandLine(spec);
    parser.setStopAtPositional(true).setAbbreviatedOptionsAllowed(true);
    parser.setAllowOptionsAsOptionParameters(true).setTrimQuotes(false);
    try {
      CommandLine.ParseResult result = parser.parseArgs(line.toArray(new String[0]));
      Map<String, Object> found = new TreeMap<>();
      for (OptionSpec option : result.matchedOptions()) {
        Object value = option.getValue();
        found.put(
            option.names()[0],
            switch (value) {
              case boolean[] many -> many.length;
              case Boolean one -> 1;
              default -> option.originalStringValues();
            });
      }
      List<String> operands = new ArrayList<>();
      result.matchedPositionals().stream()
          .findFirst()
          .ifPresent(positional -> operands.addAll(positional.originalStringValues()));
      return found + " " + operands;
    } catch (CommandLine.ParameterException e) {
      return "refused";
    }
  }
}
