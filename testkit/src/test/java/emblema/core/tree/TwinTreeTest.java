package emblema.core.tree;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.core.event.EventSink;
import emblema.core.io.RealDisk;
import emblema.testkit.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Comparing with a twin must give what hashing gives. */
class TwinTreeTest {
  @TempDir Path directory;

  @Test
  void tellsTheSameHashesAsReading() throws IOException {
    Random random = Seed.random();
    Path old = Files.createDirectory(directory.resolve("old"));
    Path now = Files.createDirectory(directory.resolve("now"));
    for (int i = 0; i < 200; i++) {
      byte[] content = new byte[random.nextInt(4) == 0 ? random.nextInt(200_000) : 1 << 16];
      random.nextBytes(content);
      Files.write(old.resolve("file" + i), content);
      switch (random.nextInt(6)) {
        case 0 -> { // gone
        }
        case 1 -> {
          if (content.length > 0) {
            content[random.nextInt(content.length)]++;
          }
          Files.write(now.resolve("file" + i), content);
        }
        case 2 -> Files.write(now.resolve("file" + i), new byte[content.length + 1]);
        case 3 -> Files.createDirectory(now.resolve("file" + i));
        default -> Files.write(now.resolve("file" + i), content);
      }
    }
    try (RealDisk oldDisk = RealDisk.open(old);
        RealDisk nowDisk = RealDisk.open(now)) {
      TreeIndex twin = learned(oldDisk, TwinTree.NONE);
      TreeIndex compared = learned(nowDisk, TwinTree.of(oldDisk, twin));
      TreeIndex read = learned(nowDisk, TwinTree.NONE);
      for (int i = 0; i < read.size(); i++) {
        if (read.entry(i).isFile()) {
          assertThat(compared.hash(i).toBytes())
              .as(read.entry(i).path())
              .isEqualTo(read.hash(i).toBytes());
        }
      }
    }
  }

  @Test
  void takesNothingFromATwinWhoseContentIsOnlyHalfKnown() throws IOException {
    Files.writeString(directory.resolve("file"), "same");
    try (RealDisk disk = RealDisk.open(directory)) {
      TreeIndex half = TreeScan.read(disk, path -> true, EventSink.QUIET);
      half.learn(0, ObjectFacts.of(ContentHash.of("00".repeat(20), "")));
      TreeIndex learned = learned(disk, TwinTree.of(disk, half));
      assertThat(learned.hash(0))
          .isEqualTo(ContentHash.ofBytes("same".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }
  }

  private static TreeIndex learned(RealDisk disk, TwinTree twin) {
    TreeIndex index = TreeScan.read(disk, path -> true, EventSink.QUIET);
    new TreeContents(disk, ScanCache.NONE, twin, 2, EventSink.QUIET).learn(index, i -> true);
    return index;
  }
}
