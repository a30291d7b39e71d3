package emblema.publisher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each run of the reference again: the same manifest, the same printed lines, the same status. Only
 * the words of errors are ours, which name file and line as {@code file:line}.
 */
class PkgmogrifyGoldenTest {
  @TempDir Path directory;

  private static Path goldens() {
    try {
      return Path.of(
          Objects.requireNonNull(PkgmogrifyGoldenTest.class.getResource("/golden/mog")).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @TestFactory
  List<DynamicTest> runs() throws IOException {
    try (Stream<Path> files = Files.list(goldens().resolve("out"))) {
      return files
          .sorted()
          .map(file -> DynamicTest.dynamicTest("" + file.getFileName(), () -> check(file)))
          .toList();
    }
  }

  private void check(Path golden) throws IOException {
    String text = Files.readString(golden);
    List<String> words =
        new ArrayList<>(List.of(text.lines().findFirst().orElseThrow().split(" ")));
    boolean fromInput = words.get(1).equals("sh");
    if (fromInput) {
      words =
          new ArrayList<>(
              Arrays.asList("$ pkgmogrify -D VERSION=1 -D ARCH64=x -D ONLY_I386=".split(" ")));
    }
    List<String> arguments = new ArrayList<>(words.subList(2, words.size()));
    for (String option : List.of("-P", "-O")) {
      int at = arguments.indexOf(option);
      if (at >= 0) {
        arguments.set(at + 1, directory.resolve(arguments.get(at + 1)).toString());
      }
    }
    Path working = Objects.requireNonNull(goldens().getParent());
    String input = fromInput ? Files.readString(goldens().resolve("in.p5m")) : "";
    CommandRun run =
        CommandRun.withInput(
            PkgmogrifyMain.program(), working, input, arguments.toArray(String[]::new));
    assertThat(run.status()).as(run.err()).isEqualTo(Integer.parseInt(part(text, "=== rc ", "\n")));
    assertThat(run.out()).isEqualTo(part(text, "=== stdout\n", "=== stderr\n"));
    String err = text.substring(text.indexOf("=== stderr\n") + 11).split("=== printfile\n")[0];
    if (run.status() == 1) {
      assertThat(run.err()).startsWith("pkgmogrify: mog/").matches("(?s)pkgmogrify: \\S+:\\d+: .*");
    } else {
      assertThat(run.err()).isEqualTo(err);
    }
    if (text.contains("=== printfile\n")) {
      assertThat(directory.resolve(".p"))
          .hasContent(text.substring(text.indexOf("=== printfile\n") + 14));
    }
    if (arguments.contains("-O")) {
      assertThat(directory.resolve(".out"))
          .content()
          .startsWith("set name=pkg.fmri value=pkg://alpha.example/mog/test@1\n")
          .contains("\n#set name=only.i386 value=true\n");
    }
  }

  private static String part(String text, String start, String end) {
    int from = text.indexOf(start) + start.length();
    return text.substring(from, text.indexOf(end, from));
  }
}
