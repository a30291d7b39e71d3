package emblema.bootenv.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.bootenv.BootEnvironment;
import emblema.bootenv.BootEnvironments;
import emblema.bootenv.BootEnvironmentsContract;
import emblema.core.error.ConflictException;
import emblema.core.error.LockedException;
import emblema.core.error.MalformedException;
import emblema.core.error.NotFoundException;
import emblema.core.error.StorageException;
import emblema.core.event.EventSink;
import emblema.core.io.Disk;
import emblema.core.io.Durability;
import emblema.core.io.MountPoint;
import emblema.core.io.RealDisk;
import emblema.core.io.SafePath;
import emblema.testkit.LoopMount;
import emblema.testkit.TreeSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectoryEnvironmentsTest extends BootEnvironmentsContract {
  @Override
  protected BootEnvironments create() {
    return Fixture.create(scratch);
  }

  @Override
  protected void reboot(BootEnvironments environments) {
    ((DirectoryEnvironments) environments).boot();
  }

  private DirectoryEnvironments open() {
    return DirectoryEnvironments.open(scratch, Fixture.setting(Durability.NONE));
  }

  @Test
  void linksAreForProgramsThatKnowNothingOfUs() throws IOException {
    try (DirectoryEnvironments environments = open()) {
      environments.clone(new BootEnvironments.Clone("one", "two"), EventSink.QUIET);
      environments.activate("two");
    }
    assertThat(Files.readSymbolicLink(scratch.resolve("next"))).hasToString("be/two");
    assertThat(Files.readSymbolicLink(scratch.resolve("booted"))).hasToString("be/one");
    assertThat(DirectoryEnvironments.rootAbove(scratch.resolve("be/two/etc"))).contains(scratch);
  }

  @Test
  void filesThatNobodyWritesAreSharedWhereBlocksCannotBe() {
    try (DirectoryEnvironments environments = open()) {
      Path two =
          environments.clone(new BootEnvironments.Clone("one", "two"), EventSink.QUIET).root();
      TreeSnapshot ours = TreeSnapshot.of(two, TreeSnapshot.Detail.IDENTITY);
      TreeSnapshot theirs =
          TreeSnapshot.of(scratch.resolve("be/one"), TreeSnapshot.Detail.IDENTITY);
      String difference = theirs.difference(ours);
      assertThat(difference)
          .contains("etc/conf", "usr/writable", "usr/bin/empty", "usr/bin/setuid");
      Assumptions.assumeFalse(difference.contains("usr/bin/tool"), "blocks are shared here");
    }
  }

  @Test
  void refusesARootOfAnotherKindOrFormat() throws IOException {
    assertThatThrownBy(
            () ->
                DirectoryEnvironments.open(scratch.resolve("be"), Fixture.setting(Durability.NONE)))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("holds no boot environments");
    assertThatThrownBy(() -> Fixture.create(scratch)).isInstanceOf(ConflictException.class);
    Files.writeString(scratch.resolve("emblema-environments"), "emblema-environments 2\n");
    assertThatThrownBy(this::open)
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("unknown format");
  }

  @Test
  void aSecondProcessIsToldWhoIsAtWork() {
    try (DirectoryEnvironments environments = open();
        Disk disk = RealDisk.open(scratch);
        var lock = new EnvironmentRoot(disk, Fixture.setting(Durability.NONE)).lock()) {
      assertThat(lock).isNotNull();
      assertThatThrownBy(() -> environments.activate("one")).isInstanceOf(LockedException.class);
    }
  }

  @Test
  void whatCrashesLeftIsRemoved() throws IOException {
    Files.createDirectories(scratch.resolve("be/.new-x/deep/er"));
    Files.createDirectories(scratch.resolve("be/.trash-y"));
    Files.writeString(scratch.resolve("info/ghost"), "uuid = 1\n");
    try (DirectoryEnvironments environments = open()) {
      assertThat(environments.list()).extracting(BootEnvironment::name).containsExactly("one");
      environments.clone(new BootEnvironments.Clone("one", "x"), EventSink.QUIET);
    }
    assertThat(scratch.resolve("be").toFile().list()).containsExactlyInAnyOrder("one", "x");
    assertThat(scratch.resolve("info").toFile().list()).containsExactlyInAnyOrder("one", "x");
  }

  @Test
  void anEnvironmentMadeByHandIsOneToo() throws IOException {
    Files.createDirectory(scratch.resolve("be/mine"));
    try (DirectoryEnvironments environments = open()) {
      assertThat(environments.find("mine").orElseThrow().uuid()).isEmpty();
      environments.rename("mine", "yours");
      environments.destroy("yours", false);
    }
  }

  @Test
  void whatIsMountedInsideIsNeitherClonedNorDestroyed() throws IOException {
    Path inside = Files.createDirectories(scratch.resolve("be/one/opt/share"));
    Path shared = Files.createDirectory(scratch.resolve("shared"));
    Files.writeString(shared.resolve("data"), "precious");
    try (DirectoryEnvironments environments = open()) {
      try {
        MountPoint.bind(shared, inside);
      } catch (RuntimeException e) {
        Assumptions.abort("needs root: " + e.getMessage());
      }
      try {
        environments.clone(new BootEnvironments.Clone("one", "two"), EventSink.QUIET);
        assertThat(scratch.resolve("be/two/opt/share")).isEmptyDirectory();
        environments.activate("two");
        environments.boot();
        assertThatThrownBy(() -> environments.destroy("one", true))
            .isInstanceOf(ConflictException.class)
            .hasMessage(
                "cannot destroy boot environment 'one': 'opt/share' in it is a mount point");
      } finally {
        MountPoint.unmount(inside);
      }
      assertThat(shared.resolve("data")).hasContent("precious");
    }
  }

  @Test
  void aFullFileSystemIsNoticedBeforeAnythingIsCopied() throws IOException {
    try (LoopMount mount = LoopMount.create(scratch, "ext4", 8)) {
      try (DirectoryEnvironments environments = Fixture.create(mount.directory())) {
        Path etc = Files.createDirectory(mount.directory().resolve("be/one/etc"));
        Files.write(etc.resolve("large"), new byte[5 << 20]);
        assertThatThrownBy(
                () -> environments.clone(new BootEnvironments.Clone("one", "two"), EventSink.QUIET))
            .isInstanceOf(StorageException.class)
            .hasMessageContaining("cannot clone boot environment 'one': not enough space")
            .satisfies(
                e ->
                    assertThat(((StorageException) e).detail().orElseThrow())
                        .matches("needed: 52\\d{5} bytes, free: \\d+"));
        assertThat(mount.directory().resolve("be").toFile().list()).containsExactly("one");
      }
    }
  }

  @Test
  void aLackOfInodesIsNoticedBeforeAnythingIsCopied() throws IOException {
    try (LoopMount mount = LoopMount.create(scratch, "ext4", 8, "-N", "64")) {
      try (DirectoryEnvironments environments = Fixture.create(mount.directory())) {
        Path etc = Files.createDirectory(mount.directory().resolve("be/one/etc"));
        for (int i = 0; i < 30; i++) {
          Files.writeString(etc.resolve("f" + i), "x");
        }
        assertThatThrownBy(
                () -> environments.clone(new BootEnvironments.Clone("one", "two"), EventSink.QUIET))
            .isInstanceOf(StorageException.class)
            .hasMessageContaining("not enough inodes");
        assertThat(mount.directory().resolve("be").toFile().list()).containsExactly("one");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"btrfs", "xfs"})
  void blocksAreSharedWhereTheyCanBe(String type) throws IOException {
    try (LoopMount mount = LoopMount.create(scratch, type, 320)) {
      try (DirectoryEnvironments environments = Fixture.create(mount.directory())) {
        Path etc = Files.createDirectory(mount.directory().resolve("be/one/etc"));
        byte[] bytes = new byte[16 << 20];
        new Random(1).nextBytes(bytes);
        Files.write(etc.resolve("large"), bytes);
        long before = free(mount.directory());
        Path two =
            environments.clone(new BootEnvironments.Clone("one", "two"), EventSink.QUIET).root();
        assertThat(before - free(mount.directory())).isLessThan(4 << 20);
        assertThat(Files.mismatch(etc.resolve("large"), two.resolve("etc/large"))).isEqualTo(-1);
        assertThat(Files.getAttribute(two.resolve("etc/large"), "unix:nlink")).isEqualTo(1);
        assertThat(TreeSnapshot.of(etc).difference(TreeSnapshot.of(two.resolve("etc")))).isEmpty();
      }
    }
  }

  private static long free(Path directory) {
    try (Disk disk = RealDisk.open(directory)) {
      disk.syncAll();
      return disk.space(SafePath.ROOT).freeBytes();
    }
  }
}
