package emblema.smf.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.core.io.Disk;
import emblema.core.io.RealDisk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.core.io.TreeWalker;
import emblema.testkit.Seed;
import emblema.testkit.TreeSnapshot;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random staged and shared trees: nothing is lost, nothing shared changes, twice is once. */
class MigrationPropertyTest {
  private static final SafePath STAGED = SafePath.of("opt/.migrate");
  private static final SafePath SHARED = SafePath.of("opt/share");
  private static final String[] NAMES = {"a", "b", "c", "d.log", "e"};
  private static final int TREES = 150;

  @TempDir Path scratch;

  @Test
  void losesNothingAndIsIdempotent() throws IOException {
    Random random = Seed.random();
    for (int i = 0; i < TREES; i++) {
      Path root = Files.createDirectory(scratch.resolve("tree" + i));
      try (Disk disk = RealDisk.open(root)) {
        disk.makeDirectory(SafePath.of("opt"), 0755);
        grow(disk, STAGED, random, 3);
        grow(disk, SHARED, random, 3);
        check(root, disk, random.nextBoolean());
      }
    }
  }

  private static void check(Path root, Disk disk, boolean isAcross) {
    TreeSnapshot sharedBefore = TreeSnapshot.of(disk, SHARED);
    List<String> before = contents(disk, STAGED);
    TreeSet<String> there = new TreeSet<>(contents(disk, SHARED));
    Disk view = isAcross ? TwoFileSystems.over(disk, SHARED) : disk;
    Stage stage = new Stage(root, view);
    MigrationReport report = stage.run();
    assertThat(report.count(Outcome.FAILED)).isZero();
    List<String> after = new ArrayList<>(contents(disk, STAGED));
    after.addAll(contents(disk, SHARED));
    assertThat(new TreeSet<>(after)).containsAll(before).containsAll(there);
    assertThat((long) after.size())
        .isEqualTo(before.size() + sharedSize(sharedBefore) - report.count(Outcome.DROPPED));
    TreeSnapshot sharedAfter = TreeSnapshot.of(disk, SHARED);
    assertThat(sharedAfter.lines().keySet()).containsAll(sharedBefore.lines().keySet());
    assertThat(sharedBefore.difference(sharedAfter).lines())
        .as("shared objects are as they were, but for the count of their names")
        .allMatch(line -> line.startsWith("+"));
    if (report.count(Outcome.LEFT) == 0) {
      assertThat(disk.list(STAGED)).isEmpty();
    }
    TreeSnapshot all = TreeSnapshot.of(disk, SafePath.of("opt"), TreeSnapshot.Detail.IDENTITY);
    assertThat(stage.run().isChange()).isFalse();
    assertThat(
            all.difference(TreeSnapshot.of(disk, SafePath.of("opt"), TreeSnapshot.Detail.IDENTITY)))
        .isEmpty();
  }

  private static long sharedSize(TreeSnapshot shared) {
    return shared.lines().values().stream().filter(line -> !line.startsWith("directory")).count();
  }

  private static List<String> contents(Disk disk, SafePath top) {
    List<String> contents = new ArrayList<>();
    new TreeWalker(disk)
        .walk(
            top,
            (path, stat) -> {
              if (!stat.isDirectory()) {
                contents.add(content(disk, path, stat));
              }
              return true;
            });
    return contents;
  }

  private static String content(Disk disk, SafePath path, Stat stat) {
    return switch (stat.kind()) {
      case FILE -> new String(disk.readBytes(path), StandardCharsets.UTF_8);
      case LINK -> "-> " + disk.readLink(path);
      default -> stat.kind().name();
    };
  }

  private static void grow(Disk disk, SafePath directory, Random random, int depth)
      throws IOException {
    disk.makeDirectory(directory, random.nextBoolean() ? 0755 : 0700);
    List<SafePath> files = new ArrayList<>();
    for (String name : NAMES) {
      SafePath path = directory.resolve(name);
      switch (random.nextInt(depth > 0 ? 8 : 6)) {
        case 0, 1 -> {
          try (OutputStream out = disk.create(path, 0640)) {
            out.write(("content " + random.nextInt(4)).getBytes(StandardCharsets.UTF_8));
          }
          files.add(path);
        }
        case 2 -> disk.symlink("target " + random.nextInt(2), path);
        case 3 -> {
          if (files.isEmpty()) {
            disk.makeNode(path, Stat.Kind.FIFO, 0600, 0);
          } else {
            disk.link(files.get(random.nextInt(files.size())), path);
          }
        }
        case 4, 5 -> {}
        default -> grow(disk, path, random, depth - 1);
      }
    }
  }
}
