package emblema.core.tree;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.core.event.EventSink;
import emblema.core.io.Disk;
import emblema.core.io.RealDisk;
import emblema.core.io.SafePath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScanCacheTest {
  private static final long LATER = 3_000_000_000L;

  @TempDir Path directory;
  private Path root;
  private Disk disk;
  private Disk caches;

  @BeforeEach
  void makeTree() throws IOException {
    root = Files.createDirectory(directory.resolve("tree"));
    Files.writeString(root.resolve("file"), "content");
    disk = RealDisk.open(root);
    caches = RealDisk.open(directory);
  }

  private TreeIndex scan() {
    return TreeScan.read(disk, path -> true, EventSink.QUIET);
  }

  private int learn(TreeIndex index, ScanCache cache) {
    return new TreeContents(disk, cache, 2, EventSink.QUIET).learn(index, position -> true);
  }

  private ScanCache saved(TreeIndex index, long began) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ScanCache.write(out, index, began);
    Files.write(directory.resolve("cache"), out.toByteArray());
    return ScanCache.read(caches, SafePath.of("cache"));
  }

  @Test
  void anUnchangedFileIsNotReadAgain() throws IOException {
    TreeIndex first = scan();
    assertThat(learn(first, ScanCache.NONE)).isEqualTo(1);
    ScanCache cache = saved(first, first.entry(0).ctime() + LATER);

    TreeIndex second = scan();
    assertThat(learn(second, cache)).isZero();
    assertThat(second.hash(0))
        .isEqualTo(
            ContentHash.ofBytes("content".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
  }

  @Test
  void aFileThatChangedJustBeforeTheScanIsNotTrusted() throws IOException {
    TreeIndex first = scan();
    learn(first, ScanCache.NONE);
    ScanCache cache = saved(first, first.entry(0).ctime() + 1);

    assertThat(learn(scan(), cache)).isEqualTo(1);
  }

  @Test
  void aRewrittenFileOfTheSameSizeAndTimeIsReadAgain() throws IOException {
    TreeIndex first = scan();
    learn(first, ScanCache.NONE);
    ScanCache cache = saved(first, first.entry(0).ctime() + LATER);
    var mtime = Files.getLastModifiedTime(root.resolve("file"));
    Files.writeString(root.resolve("file"), "CONTENT");
    Files.setLastModifiedTime(root.resolve("file"), mtime);

    TreeIndex second = scan();
    assertThat(learn(second, cache)).isEqualTo(1);
    assertThat(second.hash(0)).isNotEqualTo(first.hash(0));
  }

  @Test
  void anyDamageMakesItNoCache() throws IOException {
    TreeIndex first = scan();
    learn(first, ScanCache.NONE);
    saved(first, first.entry(0).ctime() + LATER);
    byte[] bytes = Files.readAllBytes(directory.resolve("cache"));
    for (int length = 0; length < bytes.length; length++) {
      Files.write(directory.resolve("cache"), Arrays.copyOf(bytes, length));
      assertThat(ScanCache.read(caches, SafePath.of("cache")).lookUp(first.entry(0))).isNull();
    }
  }
}
