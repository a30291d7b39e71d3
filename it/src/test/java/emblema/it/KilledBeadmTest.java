package emblema.it;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.testkit.Seed;
import java.io.IOException;
import java.nio.file.Files;
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
 * The real {@code beadm}, killed with SIGKILL at random moments of creating, activating, renaming
 * and destroying: each environment that exists is whole, the active ones are as before or as asked
 * for, and the same command afterwards, or the next one, clears what was left. {@code
 * -Dtests.kills=N} asks for more kills than the usual eight.
 */
class KilledBeadmTest {
  private static final int KILLS = Integer.getInteger("tests.kills", 8);
  private static final int FILES = 400;

  @TempDir Path top;

  @Test
  void everyStateThatAKillLeavesIsAcceptable() throws Exception {
    Random random = new Random(Seed.next());
    Path machine = Files.createDirectory(top.resolve("machine"));
    done("init", "be-1");
    for (int f = 0; f < FILES; f++) {
      write("machine/be/be-1/usr/d" + f % 9 + "/" + f, "content of " + f);
    }
    write("machine/be/be-1/etc/conf", "");
    List<List<String>> steps =
        List.of(
            List.of("create", "-a", "be-2"),
            List.of("activate", "be-1"),
            List.of("rename", "be-2", "be-3"),
            List.of("destroy", "-F", "be-3"));
    long whole = 1500;
    for (int i = 0; i < KILLS; i++) {
      List<String> step = steps.get(i % steps.size());
      TreeSet<String> before = environments(machine);
      String next = next(machine);
      long begun = System.nanoTime();
      Process process = start(step);
      boolean ended = process.waitFor(300 + random.nextLong(whole), TimeUnit.MILLISECONDS);
      process.destroyForcibly().waitFor();
      whole = ended ? Math.max(100, (System.nanoTime() - begun) / 1_000_000) : whole;
      check(machine, step, before, next);
      // the same again completes, or says that it was done
      Process again = start(step);
      assertThat(again.waitFor()).as(step + " again").isIn(0, 1);
      check(machine, step, before, next);
      if (again.exitValue() == 0 || ended) {
        assertThat(names(machine.resolve("be"))).noneMatch(name -> name.startsWith(".new-"));
      }
      settle(machine, step);
    }
    done("list");
  }

  /** Brings the machine to where the next step begins. */
  private void settle(Path machine, List<String> step) throws Exception {
    switch (step.getFirst()) {
      case "create" -> {
        if (!environments(machine).contains("be-2")) {
          done("create", "be-2");
        }
        done("activate", "be-2");
      }
      case "activate" -> done("activate", "be-1");
      case "rename" -> {
        if (environments(machine).contains("be-2")) {
          done("rename", "be-2", "be-3");
        }
      }
      default -> {
        if (environments(machine).contains("be-3")) {
          done("destroy", "-F", "be-3");
        }
      }
    }
  }

  private void check(Path machine, List<String> step, TreeSet<String> before, String next)
      throws IOException {
    TreeSet<String> now = environments(machine);
    TreeSet<String> possible = new TreeSet<>(before);
    possible.addAll(List.of("be-1", step.getLast()));
    assertThat(possible).as("after " + step).containsAll(now);
    assertThat(now).contains("be-1");
    boolean takesOneAway = step.getFirst().equals("rename") || step.getFirst().equals("destroy");
    if (!takesOneAway) {
      assertThat(now).as("after " + step).containsAll(before);
    }
    assertThat(next(machine)).isIn(next, step.getLast());
    assertThat(now).contains(next(machine));
    assertThat(Files.readSymbolicLink(machine.resolve("booted"))).hasToString("be/be-1");
    for (String name : now) {
      for (int f = 0; f < FILES; f++) {
        assertThat(machine.resolve("be/" + name + "/usr/d" + f % 9 + "/" + f))
            .hasContent("content of " + f);
      }
      assertThat(machine.resolve("be/" + name + "/etc/conf")).isEmptyFile();
    }
  }

  private static TreeSet<String> environments(Path machine) throws IOException {
    TreeSet<String> names = names(machine.resolve("be"));
    names.removeIf(name -> name.startsWith("."));
    return names;
  }

  private static String next(Path machine) throws IOException {
    return Files.readSymbolicLink(machine.resolve("next")).getFileName().toString();
  }

  private static TreeSet<String> names(Path directory) throws IOException {
    TreeSet<String> names = new TreeSet<>();
    try (Stream<Path> all = Files.list(directory)) {
      all.forEach(path -> names.add(path.getFileName().toString()));
    }
    return names;
  }

  private void done(String... arguments) throws Exception {
    assertThat(start(List.of(arguments)).waitFor())
        .as(List.of(arguments) + ": " + Files.readString(top.resolve("output")))
        .isZero();
  }

  private Process start(List<String> arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "emblema.bootenv.cli.Beadm",
                "-r",
                "machine"));
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .directory(top.toFile())
        .redirectErrorStream(true)
        .redirectOutput(top.resolve("output").toFile())
        .start();
  }

  private void write(String path, String content) throws IOException {
    Path file = top.resolve(path);
    Files.createDirectories(file.resolveSibling("x").getParent());
    Files.writeString(file, content);
  }
}
