package emblema.smf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import emblema.core.io.RealDisk;
import emblema.core.io.SafePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as an ordinary user: what it may not do is reported, and nothing is lost. */
class UnprivilegedTest {
  private static final int NOBODY = 65534;

  @TempDir Path directory;

  @Test
  void reportsOwnersThatItCannotGiveAndFilesThatItCannotRead() throws Exception {
    try (RealDisk disk = RealDisk.open(directory)) {
      assumeTrue(disk.isPrivileged(), "needs root, to become somebody else");
      assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "needs setpriv");
      Path other = Files.createTempDirectory(Path.of("/tmp"), "emblema-shared");
      try (RealDisk shared = RealDisk.open(other)) {
        write(disk, "usr/lib/ips/shared.d/a.conf", "[area]\nstaging=/opt/.migrate\nshared=/s\n");
        write(disk, "opt/.migrate/mine", "mine");
        write(disk, "opt/.migrate/roots", "readable");
        write(disk, "opt/.migrate/secret", "unreadable");
        for (String path : List.of("", "opt", "opt/.migrate", "opt/.migrate/mine")) {
          disk.setOwner(SafePath.of(path), NOBODY, NOBODY);
        }
        disk.setMode(SafePath.ROOT, 0755);
        disk.setMode(SafePath.of("opt/.migrate/roots"), 04755);
        disk.setMode(SafePath.of("opt/.migrate/secret"), 0600);
        shared.setOwner(SafePath.ROOT, NOBODY, NOBODY);
        boolean isAcross =
            disk.stat(SafePath.ROOT).orElseThrow().device()
                != shared.stat(SafePath.ROOT).orElseThrow().device();
        assumeTrue(isAcross, "needs two file systems");
        String said = run(other);
        assertThat(other.resolve("mine")).hasContent("mine");
        assertThat(other.resolve("roots")).hasContent("readable");
        assertThat(shared.stat(SafePath.of("roots")).orElseThrow().mode()).isEqualTo(0755);
        assertThat(said)
            .contains("moved /opt/.migrate/roots -> /s/roots (not applied: owner 0:0, mode 4755)")
            .contains("could not move /opt/.migrate/secret (")
            .endsWith("shared-migrate: 2 moved, 1 failed\nstatus 0\n");
        assertThat(directory.resolve("opt/.migrate/secret")).hasContent("unreadable");
        assertThat(directory.resolve("opt/.migrate/roots")).doesNotExist();
        assertThat(directory.resolve("var/lib/emblema/shared-migrate/log"))
            .content()
            .contains("not applied: owner 0:0, mode 4755");
      } finally {
        for (String name : List.of("mine", "roots")) {
          Files.deleteIfExists(other.resolve(name));
        }
        Files.delete(other);
      }
    }
  }

  private static void write(RealDisk disk, String path, String content) throws IOException {
    Path file = disk.root().resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private String run(Path shared) throws Exception {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.addAll(
        List.of(MigrateMain.class.getName(), "--root=" + directory, "--shared=/s=" + shared));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return said + "status " + process.waitFor() + "\n";
  }
}
