package emblema.flash.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.error.EmblemaException;
import emblema.core.error.StorageException;
import emblema.core.io.Disk;
import emblema.core.io.RealDisk;
import emblema.flash.archive.ArchiveReader;
import emblema.testkit.LoopMount;
import emblema.testkit.TreeSnapshot;
import emblema.testkit.TreeSnapshot.Detail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a full disk and missing permissions do to a deployment: nothing that stays. */
class DeploymentDiskTest {
  private static final int MEGABYTE = 1 << 20;

  @TempDir Path top;

  private Path archive(int megabytes) throws IOException {
    TestArchive archive = new TestArchive();
    for (int i = 0; i < megabytes; i++) {
      archive.files().file("big-" + i, "x".repeat(MEGABYTE));
    }
    return archive.write(top.resolve("test.flar"));
  }

  /** Read once, so that nobody knows how much it holds. */
  private static ArchiveSource stream(Path archive) {
    ArchiveSource file = Machine.source(archive);
    ArchiveReader only = file.open();
    return new ArchiveSource() {
      @Override
      public String name() {
        return "-";
      }

      @Override
      public boolean isRepeatable() {
        return false;
      }

      @Override
      public ArchiveReader open() {
        return only;
      }
    };
  }

  private static void deploy(ArchiveSource source, Target target) {
    Deployment deployment = new Deployment(Set.of(), Map.of(), event -> {});
    deployment.apply(deployment.plan(source, target, DeploymentOptions.USUAL));
  }

  @Test
  void anArchiveThatDoesNotFitIsRefusedWithFiguresOrTakenBack() throws IOException {
    Path archive = archive(24);
    try (LoopMount mount = LoopMount.create(top, "ext4", 16);
        Machine machine = new Machine(mount.directory().resolve("machine"))) {
      Files.writeString(machine.one().resolve("file"), "running");
      TreeSnapshot before = TreeSnapshot.of(machine.one(), Detail.TIMES);
      Target target = new Target.NewEnvironment(machine.environments, "two", "", true);
      assertThatThrownBy(() -> deploy(Machine.source(archive), target))
          .isInstanceOfSatisfying(
              StorageException.class,
              refusal -> {
                assertThat(refusal).hasMessageContaining("not enough space");
                assertThat(refusal.detail().orElseThrow()).startsWith("needed: 25165824 bytes");
              });
      assertThatThrownBy(() -> deploy(stream(archive), target))
          .isInstanceOf(StorageException.class)
          .message()
          .containsIgnoringCase("no space left on device");
      assertThat(machine.trees()).containsExactly("one");
      assertThat(machine.environments.next().orElseThrow().name()).isEqualTo("one");
      assertThat(before.difference(TreeSnapshot.of(machine.one(), Detail.TIMES))).isEmpty();
      deploy(stream(archive(2)), target);
      assertThat(machine.names()).contains("two");
    }
  }

  @Test
  void aStreamIsDeployedTheSameWay() throws IOException {
    try (Machine machine = new Machine(top.resolve("machine"))) {
      Path archive = archive(1);
      deploy(stream(archive), new Target.NewEnvironment(machine.environments, "two", "", false));
      assertThat(machine.tree("two").resolve("big-0")).hasSize(MEGABYTE);
    }
  }

  @Test
  void whoMayNotWriteIsToldSo() throws IOException {
    try (Disk disk = RealDisk.open(top)) {
      Assumptions.assumeFalse(disk.isPrivileged(), "root may write everywhere");
    }
    try (Machine machine = new Machine(top.resolve("machine"))) {
      Path archive = archive(1);
      Path trees = machine.one().resolveSibling(".").normalize();
      Files.setPosixFilePermissions(trees, PosixFilePermissions.fromString("r-xr-xr-x"));
      try {
        assertThatThrownBy(
                () ->
                    deploy(
                        Machine.source(archive),
                        new Target.NewEnvironment(machine.environments, "two", "", false)))
            .isInstanceOf(EmblemaException.class)
            .message()
            .containsIgnoringCase("permission denied");
      } finally {
        Files.setPosixFilePermissions(trees, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
      assertThat(machine.trees()).containsExactly("one");
    }
  }
}
