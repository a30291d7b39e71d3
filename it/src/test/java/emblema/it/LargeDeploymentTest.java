package emblema.it;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.core.io.Disk;
import emblema.core.io.RealDisk;
import emblema.core.io.SafePath;
import emblema.core.io.TreeCopy;
import emblema.core.io.TreeWalker;
import emblema.testkit.TreeSnapshot;
import emblema.testkit.TreeSnapshot.Detail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real master of 300 MB, the beginning of this machine's {@code /usr} ({@code
 * -Dtests.large.tree=DIR} for another), is archived, deployed, changed, archived again as a
 * difference and deployed onto a clone, by the real commands in a heap of 128 MB; what was deployed
 * is the master. Takes minutes: runs with {@code -Dtests.large=true} only.
 */
@EnabledIfSystemProperty(named = "tests.large", matches = "true")
class LargeDeploymentTest {
  private static final Path TREE = Path.of(System.getProperty("tests.large.tree", "/usr"));
  private static final long BYTES = Long.getLong("tests.large.bytes", 300_000_000L);
  private static final long SECOND = 1_000_000_000L;
  private static final String FLAR = "emblema.flash.cli.FlarMain";

  @TempDir Path top;

  @Test
  void deployedIsWhatWasArchived() throws Exception {
    copyMaster(top.resolve("old"));
    Files.createDirectory(top.resolve("machines"));
    done("emblema.bootenv.cli.Beadm", "-r", "machines", "init", "zero");
    done(FLAR, "create", "-I", "-n", "full", "-m", "pumbaa", "-R", "old", "full.flar");
    deploy("--be", "one", "--keep-identity", "full.flar");
    assertThat(tree("old").difference(tree("machines/be/one"))).isEmpty();

    try (Disk disk = RealDisk.open(top)) {
      TreeCopy.copy(
          disk, new SafePath("old"), new SafePath("new"), TreeCopy.Policy.COPY, event -> {});
    }
    changeMaster(top.resolve("new"));
    done(
        FLAR,
        "create",
        "-I",
        "-c",
        "-n",
        "diff",
        "-m",
        "pumbaa",
        "-R",
        "new",
        "-A",
        "old",
        "diff.flar");
    deploy("--be", "two", "--from", "one", "diff.flar");
    assertThat(tree("new").difference(tree("machines/be/two"))).isEmpty();
    assertThat(tree("old").difference(tree("machines/be/one"))).isEmpty();
  }

  private TreeSnapshot tree(String path) {
    return TreeSnapshot.of(top.resolve(path), Detail.TIMES)
        .without(each -> each.equals("etc") || each.startsWith("etc/flash"));
  }

  /** Whatever comes first, until there is enough of it. */
  private static void copyMaster(Path to) throws IOException {
    long copied = 0;
    try (Stream<Path> all = Files.walk(TREE)) {
      for (Path from : (Iterable<Path>) all::iterator) {
        Path place = to.resolve(TREE.relativize(from).toString());
        if (Files.isDirectory(from, LinkOption.NOFOLLOW_LINKS)) {
          Files.createDirectories(place);
        } else if (Files.isReadable(from) || Files.isSymbolicLink(from)) {
          Files.copy(from, place, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
          copied += Files.isSymbolicLink(place) ? 0 : Files.size(place);
        }
        if (copied > BYTES) {
          break;
        }
      }
    }
    Files.createDirectories(to.resolve("etc"));
    wholeSeconds(to);
  }

  private static void changeMaster(Path tree) throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.walk(tree)) {
      all.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)).forEach(files::add);
    }
    for (int i = 0; i < files.size(); i += 20) {
      switch (i / 20 % 3) {
        case 0 -> Files.delete(files.get(i));
        case 1 -> Files.writeString(files.get(i), "changed", StandardOpenOption.APPEND);
        default -> Files.move(files.get(i), files.get(i).resolveSibling("moved-" + i));
      }
    }
    wholeSeconds(tree);
  }

  /** Archives have no fractions of seconds. */
  private static void wholeSeconds(Path tree) {
    try (Disk disk = RealDisk.open(tree)) {
      List<SafePath> paths = new ArrayList<>();
      new TreeWalker(disk)
          .walk(
              SafePath.ROOT,
              (path, stat) -> {
                paths.add(path);
                return true;
              });
      for (SafePath path : paths.reversed()) {
        long time = disk.stat(path).orElseThrow().mtime() / SECOND * SECOND;
        disk.setTimes(path, time, time);
      }
    }
  }

  private void deploy(String... arguments) throws Exception {
    List<String> words = new ArrayList<>(List.of("deploy", "--be-root", "machines"));
    words.addAll(List.of(arguments));
    done(FLAR, words.toArray(String[]::new));
  }

  private void done(String main, String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                main));
    command.addAll(List.of(arguments));
    Path output = top.resolve("output");
    int status =
        new ProcessBuilder(command)
            .directory(top.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start()
            .waitFor();
    assertThat(status).as(String.join(" ", arguments) + "\n" + Files.readString(output)).isZero();
  }
}
