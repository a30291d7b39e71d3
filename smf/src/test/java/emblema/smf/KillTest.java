package emblema.smf;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.testkit.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real command as a process, killed with signal 9 at random moments, until it has done its
 * work. {@code -Dtests.kills=N} asks for more kills than the usual twenty.
 */
class KillTest {
  private static final int KILLS = Integer.getInteger("tests.kills", 20);
  private static final int FILES = 1500;
  private static final Path ELSEWHERE = Path.of("/tmp");

  @TempDir Path root;

  @Test
  void losesNothingWhenItIsKilledAgainAndAgain() throws Exception {
    Random random = Seed.random();
    Path shared = Files.createTempDirectory(ELSEWHERE, "emblema-shared"); // Another device, if any.
    try {
      configure();
      int kills = 0;
      while (kills < KILLS) {
        TreeSet<String> expected = stage(random.nextInt());
        boolean isDone = false;
        while (!isDone) {
          Process process = start(shared);
          // The kill falls somewhere between the start of Java and well after its end.
          isDone =
              kills >= KILLS
                  ? process.waitFor(60, TimeUnit.SECONDS)
                  : process.waitFor(150 + random.nextInt(500), TimeUnit.MILLISECONDS);
          process.destroyForcibly().waitFor();
          kills += isDone ? 0 : 1;
          TreeSet<String> found = contents(root.resolve("opt/.migrate"));
          found.addAll(contents(shared));
          assertThat(found).as("after " + kills + " kills").containsAll(expected);
        }
        assertThat(contents(root.resolve("opt/.migrate"))).isEmpty();
        assertThat(contents(shared)).isEqualTo(expected);
        try (Stream<Path> names = Files.list(shared)) {
          assertThat(names.map(path -> path.getFileName().toString()))
              .noneMatch(name -> name.startsWith(".ips-mig-"));
        }
        assertThat(Files.isSameFile(shared.resolve("one"), shared.resolve("two"))).isTrue();
        clear(shared);
      }
    } finally {
      clear(shared);
      Files.delete(shared);
    }
  }

  private void configure() throws IOException {
    Path directory = Files.createDirectories(root.resolve("usr/lib/ips/shared.d"));
    Files.writeString(
        directory.resolve("a.conf"), "[area]\nstaging=/opt/.migrate\nshared=/opt/share\n");
  }

  private TreeSet<String> stage(int salt) throws IOException {
    TreeSet<String> contents = new TreeSet<>();
    Path staged = Files.createDirectories(root.resolve("opt/.migrate"));
    for (int i = 0; i < FILES; i++) {
      Path directory = Files.createDirectories(staged.resolve("d" + i % 37));
      Files.writeString(directory.resolve("f" + i), salt + " " + i);
      contents.add(salt + " " + i);
    }
    Files.writeString(staged.resolve("one"), "several names");
    Files.createLink(staged.resolve("two"), staged.resolve("one"));
    contents.add("several names");
    return contents;
  }

  private Process start(Path shared) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                MigrateMain.class.getName(),
                "--quiet",
                "--root=" + root,
                "--shared=/opt/share=" + shared));
    Path output = root.resolve("output");
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
        .start();
  }

  private static TreeSet<String> contents(Path top) throws IOException {
    TreeSet<String> contents = new TreeSet<>();
    try (Stream<Path> paths = Files.walk(top)) {
      for (Path path : paths.toList()) {
        if (!path.toString().contains("/.ips-mig-")
            && Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
          contents.add(Files.readString(path));
        }
      }
    }
    return contents;
  }

  private static void clear(Path directory) throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.toList().reversed()) {
        if (!path.equals(directory)) {
          Files.delete(path);
        }
      }
    }
  }
}
