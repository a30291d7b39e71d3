package emblema.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kit as a real process: signals, pipes, terminals, bugs. */
class ProcessTest {
  @TempDir Path directory;

  private record Result(int status, String output) {}

  private static List<String> java(String... words) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(SampleMain.class.getName());
    command.addAll(List.of(words));
    return command;
  }

  private Result run(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output);
  }

  private static List<String> shell(String script, List<String> words) {
    List<String> command = new ArrayList<>(List.of("bash", "-c", script, "bash"));
    command.addAll(words);
    return command;
  }

  @Test
  void leavesAPrivateReportBehindABug() throws Exception {
    Result result = run(java("crash"), Map.of("TMPDIR", directory.toString()));
    assertThat(result.status()).isEqualTo(99);
    assertThat(result.output())
        .startsWith("sample crash: this is a bug in sample: java.lang.IllegalStateException: a bug")
        .doesNotContain("\tat ");
    List<Path> files;
    try (var list = Files.list(directory)) {
      files = list.toList();
    }
    assertThat(files).hasSize(1);
    assertThat(result.output()).contains("the report is in '" + files.getFirst() + "'");
    assertThat(files.getFirst()).content().startsWith("command: sample crash\n").contains("\tat ");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files.getFirst())))
        .isEqualTo("rw-------");
  }

  @Test
  void endsSilentlyWhenTheReaderGoesAway() throws Exception {
    Result result =
        run(shell("\"$@\" 2>&1 | head -n 1; echo ${PIPESTATUS[0]}", java("endless")), Map.of());
    assertThat(result.output()).isEqualTo("line\n1\n");
  }

  @Test
  void saysThatStandardOutputIsFull() throws Exception {
    assumeThat(Path.of("/dev/full")).exists();
    Result result = run(shell("\"$@\" 2>&1 >/dev/full", java("endless")), Map.of());
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.output())
        .isEqualTo("sample endless: cannot write to standard output\nNo space left on device\n");
  }

  @Test
  void endsSilentlyWithStatusOneOnAnInterrupt() throws Exception {
    Path note = directory.resolve("cancelled");
    Process process = new ProcessBuilder(java("sleep", note.toString())).start();
    assertThat(process.getInputStream().read()).isEqualTo('r');
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(1);
    assertThat(process.getErrorStream().readAllBytes()).isEmpty();
    assertThat(note).exists();
  }

  @Test
  void drawsProgressOnATerminalAndEndsItWithALine() throws Exception {
    assumeThat(Path.of("/usr/bin/script")).exists();
    StringBuilder line = new StringBuilder();
    java("progress").forEach(word -> line.append('\'').append(word).append("' "));
    Result result =
        run(
            List.of("script", "-qec", line.toString(), "/dev/null"),
            Map.of("COLUMNS", "100", "TERM", "xterm"));
    assertThat(result.output()).contains("\rCounting: 1 of 2  50%").contains("\rCounting: 2 in ");
  }

  @Test
  void showsNoProgressInAPipe() throws Exception {
    assertThat(run(java("progress"), Map.of())).isEqualTo(new Result(0, "done\n"));
  }
}
