package emblema.publisher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.store.file.FileRepository;
import emblema.testkit.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real {@code pkgmaster}, interrupted with Ctrl-C at random moments until it has published;
 * {@code -Dtests.kills=N} asks for more interruptions than the usual six.
 */
class PkgmasterInterruptTest {
  private static final int INTERRUPTIONS = Integer.getInteger("tests.kills", 6);
  private static final int FILES = 300;

  @TempDir Path directory;

  @Test
  void anInterruptedPublicationLeavesNothingVisibleAndRunsAgain() throws Exception {
    Random random = new Random(Seed.next());
    for (int i = 0; i < FILES; i++) {
      write("tree/opt/app/d" + i % 7 + "/f" + i, "content " + i);
    }
    assertThat(CommandRun.of(PkgrepoMain.program(), directory, "create", "repo").status()).isZero();
    long whole = 2000;
    for (int i = 0; i < INTERRUPTIONS; i++) {
      Process process = start();
      if (!process.waitFor(random.nextLong(whole), TimeUnit.MILLISECONDS)) {
        interrupt(process);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isIn(0, 1, 130);
      }
      assertThat(packages()).isIn(0L, 2L);
      assertThat(Files.readString(directory.resolve("output"))).doesNotContain("Exception");
    }
    assertThat(start().waitFor()).isIn(0, 1);
    assertThat(packages()).isEqualTo(2);
    assertThat(
            CommandRun.of(
                    PkgmasterMain.program(),
                    directory,
                    "ledger",
                    "check",
                    "-s",
                    "repo",
                    "--publisher",
                    "example.com")
                .status())
        .isZero();
  }

  private static void interrupt(Process process) throws Exception {
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
  }

  private long packages() {
    try (FileRepository repository = FileRepository.open(directory.resolve("repo"))) {
      return repository.publishers().contains("example.com")
          ? repository.catalog("example.com").packageVersionCount()
          : 0;
    }
  }

  private Process start() throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                PkgmasterMain.class.getName()));
    command.addAll(List.of("baseline", "-R", "tree", "-s", "repo", "--publisher", "example.com"));
    command.addAll(List.of("--release", "1", "--no-cache", "--single", "app"));
    return new ProcessBuilder(command)
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("output").toFile())
        .start();
  }

  private void write(String path, String text) throws IOException {
    Path file = directory.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
