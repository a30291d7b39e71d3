package emblema.publisher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Each run of the reference again, byte for byte. */
class PkgfmtGoldenTest {
  @TempDir Path directory;

  private static Path goldens() {
    try {
      return Path.of(
          Objects.requireNonNull(PkgfmtGoldenTest.class.getResource("/golden/fmt")).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @TestFactory
  List<DynamicTest> runs() throws IOException {
    try (Stream<Path> files = Files.list(goldens().resolve("out"))) {
      return files
          .sorted()
          // the reference loses a last line that ends in a backslash
          .filter(file -> !file.toString().contains("badcont"))
          .map(file -> DynamicTest.dynamicTest("" + file.getFileName(), () -> check(file)))
          .toList();
    }
  }

  private void check(Path golden) throws IOException {
    String text = Files.readString(golden);
    String command = text.lines().findFirst().orElseThrow().replace("\\", "");
    boolean fromInput = command.startsWith("$ sh -c ");
    List<String> words = List.of(command.replaceFirst("^\\$ (sh -c )?pkgfmt ?", "").split(" ", -1));
    Path working = Objects.requireNonNull(goldens().getParent());
    CommandRun run;
    if (fromInput) {
      String input = Files.readString(working.resolve(words.getLast()));
      String[] options = words.subList(0, words.indexOf("<")).toArray(String[]::new);
      run = CommandRun.withInput(PkgfmtMain.program(), working, input, options);
    } else {
      run = CommandRun.of(PkgfmtMain.program(), working, words.toArray(String[]::new));
    }
    String rc = text.substring(text.indexOf("=== rc ") + 7, text.indexOf("\n=== stdout"));
    assertThat(run.status()).isEqualTo(Integer.parseInt(rc));
    String out = text.substring(text.indexOf("=== stdout\n") + 11, text.indexOf("=== stderr\n"));
    boolean cut = out.endsWith(" "); // a diff that does not end its last line
    assertThat(cut ? run.out().stripTrailing() : run.out())
        .isEqualTo(cut ? out.stripTrailing() : out);
    String err = text.substring(text.indexOf("=== stderr\n") + 11);
    assertThat(run.err().replaceAll("(?m)^pkgfmt: warning: .*\n", "")).isEqualTo(err);
  }

  @Test
  void formatsInPlaceOnceAndKeepsTheMode() throws IOException {
    for (Path source : sources()) {
      for (String style : List.of("v1", "v2")) {
        Path file = directory.resolve("m.p5m");
        Files.write(file, Files.readAllBytes(source));
        CommandRun run = CommandRun.of(PkgfmtMain.program(), directory, "-f", style, "m.p5m");
        assertThat(run).isEqualTo(new CommandRun(0, "", ""));
        String once = Files.readString(file);
        assertThat(CommandRun.of(PkgfmtMain.program(), directory, "-c", "m.p5m").status()).isZero();
        assertThat(CommandRun.of(PkgfmtMain.program(), directory, "-f", style, "m.p5m").status())
            .isZero();
        assertThat(file).as(source + " " + style).content().isEqualTo(once);
        assertThat(once).endsWith("\n");
      }
    }
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left).hasSize(1);
    }
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.list(goldens())) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  @Test
  void losesNoLineThatEndsInABackslash() {
    CommandRun run =
        CommandRun.withInput(
            PkgfmtMain.program(), directory, "dir path=a owner=root group=bin mode=0755\\\n");
    assertThat(run.out()).isEqualTo("dir  path=a owner=root group=bin mode=0755\n");
  }

  @Test
  void refusesOptionsThatDoNotGoTogether() throws IOException {
    for (String words : List.of("-c -d", "-s -u", "-f v3", "-x")) {
      assertThat(CommandRun.of(PkgfmtMain.program(), directory, words.split(" ")).status())
          .as(words)
          .isEqualTo(2);
    }
    assertThat(CommandRun.of(PkgfmtMain.program(), directory, "none").status()).isEqualTo(1);
    Files.write(directory.resolve("bin"), new byte[] {(byte) 0xff});
    assertThat(CommandRun.of(PkgfmtMain.program(), directory, "bin").err()).contains("not UTF-8");
    assertThat(Files.readAllBytes(directory.resolve("bin"))).hasSize(1);
    assertThat(Arrays.asList(CommandRun.of(PkgfmtMain.program(), directory, "-?").status()))
        .containsExactly(0);
  }
}
