package emblema.it;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.core.io.Disk;
import emblema.core.io.RealDisk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.flash.manifest.ChecklistWriter;
import emblema.flash.manifest.Line;
import emblema.flash.manifest.ObjectState;
import emblema.testkit.Seed;
import emblema.testkit.TreeSnapshot;
import emblema.testkit.TreeSnapshot.Detail;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real {@code flar deploy}, killed with SIGKILL at random moments: the environment that was
 * cloned is as it was, the new one is whole or is not there, and the same command afterwards makes
 * it. {@code -Dtests.kills=N} asks for more kills than the usual two.
 */
class KilledDeploymentTest {
  private static final int KILLS = Integer.getInteger("tests.kills", 2);
  private static final int FILES = 400;
  private static final int CHANGED_EVERY = 3;

  @TempDir Path top;
  private Path one;

  @BeforeEach
  void prepare() throws Exception {
    Files.createDirectory(top.resolve("machine"));
    done("emblema.bootenv.cli.Beadm", "-r", "machine", "init", "one");
    one = top.resolve("machine/be/one");
    for (int f = 0; f < FILES; f++) {
      write(one.resolve("usr/d" + f % 9 + "/" + f), "content of " + f);
    }
    write(one.resolve("etc/flash/master"), "pumbaa");
  }

  @Test
  void aDifferentialArchiveIsAppliedAsAWholeOrNotAtAll() throws Exception {
    Path parts = sections("DIFFERENTIAL");
    for (int f = 0; f < FILES; f += CHANGED_EVERY) {
      write(parts.resolve("archive/usr/d" + f % 9 + "/" + f), "changed " + f);
    }
    writeManifest(parts.resolve("manifest"));
    done("emblema.flash.cli.FlarMain", "combine", "-d", "parts", "-u", "manifest", "a.flar");
    killed(List.of("deploy", "--be-root", "machine", "--be", "two", "a.flar"), CHANGED_EVERY);
  }

  @Test
  void aFullArchiveBecomesAnEnvironmentAsAWholeOrNotAtAll() throws Exception {
    Path parts = sections("FULL");
    for (int f = 0; f < FILES; f++) {
      write(parts.resolve("archive/usr/d" + f % 9 + "/" + f), "changed " + f);
    }
    done("emblema.flash.cli.FlarMain", "combine", "-d", "parts", "a.flar");
    killed(List.of("deploy", "--be-root", "machine", "--be", "two", "a.flar"), 1);
  }

  private Path sections(String type) throws IOException {
    Path directory = top.resolve("parts");
    Files.createDirectories(directory.resolve("archive"));
    Files.writeString(directory.resolve("cookie"), "FlAsH-aRcHiVe-2.0\n");
    Files.writeString(
        directory.resolve("identification"),
        "files_archived_method=cpio\nfiles_compressed_method=none\ncreation_master=pumbaa\n"
            + "content_name=killed\ntype="
            + type
            + "\n");
    return directory;
  }

  /** All files of the environment as they are, but for those that the archive brings. */
  private void writeManifest(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        Disk disk = RealDisk.open(one)) {
      ChecklistWriter writer = new ChecklistWriter(out);
      directory(writer, disk, SafePath.ROOT);
    }
  }

  private static void directory(ChecklistWriter writer, Disk disk, SafePath directory)
      throws IOException {
    List<SafePath> below = new ArrayList<>();
    for (Disk.Entry entry : disk.entries(directory)) {
      SafePath path = directory.resolve(entry.name());
      Stat stat = entry.stat();
      boolean arrives =
          stat.isFile()
              && path.startsWith(new SafePath("usr"))
              && Integer.parseInt(path.name()) % CHANGED_EVERY == 0;
      writer.write(
          arrives
              ? new Line.Arriving("/" + path)
              : new Line.Kept("/" + path, ObjectState.of(stat, "")));
      if (stat.isDirectory()) {
        below.add(path);
      }
    }
    writer.write(new Line.Listed("/" + directory));
    for (SafePath each : below) {
      directory(writer, disk, each);
    }
  }

  private void killed(List<String> command, int changedEvery) throws Exception {
    Random random = new Random(Seed.next());
    TreeSnapshot before = TreeSnapshot.of(one, Detail.TIMES, Detail.IDENTITY);
    long whole = 2500;
    int completed = 0;
    for (int i = 0; i < KILLS; i++) {
      long begun = System.nanoTime();
      Process process = start("emblema.flash.cli.FlarMain", command);
      boolean ended = process.waitFor(300 + random.nextLong(whole), TimeUnit.MILLISECONDS);
      process.destroyForcibly().waitFor();
      whole = ended ? Math.max(100, (System.nanoTime() - begun) / 1_000_000) : whole;
      completed += check(before, changedEvery) ? 1 : 0;
      // The same again completes, or says that it was done.
      assertThat(start("emblema.flash.cli.FlarMain", command).waitFor()).isIn(0, 1);
      assertThat(check(before, changedEvery)).as(Files.readString(top.resolve("output"))).isTrue();
      assertThat(names("machine/be")).containsExactly("one", "two");
      done("emblema.bootenv.cli.Beadm", "-r", "machine", "destroy", "-F", "two");
    }
    System.out.println(completed + " of " + KILLS + " deployments were done before the kill");
  }

  /** Whether the new environment is there; if it is, it is whole. */
  private boolean check(TreeSnapshot before, int changedEvery) throws Exception {
    assertThat(before.difference(TreeSnapshot.of(one, Detail.TIMES, Detail.IDENTITY))).isEmpty();
    assertThat(Files.readSymbolicLink(top.resolve("machine/next"))).hasToString("be/one");
    done("emblema.bootenv.cli.Beadm", "-r", "machine", "list");
    Path two = top.resolve("machine/be/two");
    boolean isThere = Files.exists(two);
    if (isThere) {
      for (int f = 0; f < FILES; f++) {
        assertThat(two.resolve("usr/d" + f % 9 + "/" + f))
            .hasContent((f % changedEvery == 0 ? "changed " : "content of ") + f);
      }
      assertThat(two.resolve("etc/flash/master")).hasContent("pumbaa");
      assertThat(two.resolve(".flash-deployment")).doesNotExist();
    }
    return isThere;
  }

  private List<String> names(String directory) throws IOException {
    try (Stream<Path> all = Files.list(top.resolve(directory))) {
      return all.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  private void done(String main, String... arguments) throws Exception {
    assertThat(start(main, List.of(arguments)).waitFor())
        .as(List.of(arguments) + ": " + Files.readString(top.resolve("output")))
        .isZero();
  }

  private Process start(String main, List<String> arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                main));
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .directory(top.toFile())
        .redirectErrorStream(true)
        .redirectOutput(top.resolve("output").toFile())
        .start();
  }

  private static void write(Path file, String content) throws IOException {
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Files.writeString(file, content);
  }
}
