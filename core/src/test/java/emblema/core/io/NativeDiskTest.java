package emblema.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import emblema.core.error.ConflictException;
import emblema.core.os.Kernel;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class NativeDiskTest extends DiskContract {
  @Override
  Disk open(Path root) {
    assumeTrue(Kernel.isAvailable(), "needs Linux");
    return NativeDisk.open(root).orElseThrow();
  }

  @Test
  void copiesKeepHoles() throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(base.resolve("sparse").toFile(), "rw")) {
      file.setLength(64L << 20);
      file.seek(32L << 20);
      file.write(new byte[100]);
    }
    try (Disk disk = open(base)) {
      disk.clone(new SafePath("sparse"), new SafePath("copy"), 0600);
      Stat copy = disk.stat(new SafePath("copy")).orElseThrow();
      assertThat(copy.size()).isEqualTo(64L << 20);
      assertThat(copy.allocated()).isLessThan(1L << 20);
    }
    assertThat(Files.mismatch(base.resolve("sparse"), base.resolve("copy"))).isEqualTo(-1);
  }

  @Test
  void makesPipesAndNeverWaitsForThem() {
    try (Disk disk = open(base)) {
      SafePath pipe = new SafePath("pipe");
      disk.makeNode(pipe, Stat.Kind.FIFO, 0622, 0);
      assertThat(disk.stat(pipe).orElseThrow().mode()).isEqualTo(0622);
      assertThatThrownBy(() -> disk.read(pipe))
          .isInstanceOf(ConflictException.class)
          .hasMessageContaining("it is a named pipe");
      disk.sync(pipe);
    }
  }

  @Test
  void makesDevicesWithLargeNumbers() {
    try (Disk disk = open(base)) {
      assumeTrue(disk.isPrivileged(), "needs root");
      SafePath node = new SafePath("node");
      long device = 4095L << 32 | 1_048_575;
      disk.makeNode(node, Stat.Kind.CHARACTER, 0666, device);
      assertThat(disk.stat(node).orElseThrow().rawDevice()).isEqualTo(device);
      try (Disk plain = PlainDisk.open(base)) {
        assertThat(plain.stat(node)).contains(disk.stat(node).orElseThrow());
      }
    }
  }

  @Test
  void reachesPathsLongerThanOneCallTakes() {
    try (Disk disk = open(base)) {
      SafePath path = new SafePath("d".repeat(200));
      for (int i = 0; i < 60; i++) {
        disk.makeDirectory(path, 0700);
        path = path.resolve("d".repeat(200));
      }
      assertThat(path.text().length()).isGreaterThan(12_000);
      while (!path.parent().orElseThrow().isRoot()) {
        path = path.parent().orElseThrow();
        disk.removeDirectory(path);
      }
    }
  }
}
