package emblema.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.error.ConflictException;
import emblema.core.error.LockedException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLockTest {
  private static final SafePath FILE = new SafePath("lock");
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-02T03:04:05.678Z"), ZoneOffset.UTC);

  @TempDir Path root;

  private static FileLock lock(Disk disk, FileLock.Owner owner) {
    return FileLock.acquire(disk, FILE, "image '/'", owner, CLOCK);
  }

  /** Run in another process: takes the lock, says so, keeps it until it is killed. */
  public static final class Holder {
    private Holder() {}

    public static void main(String[] arguments) throws Exception {
      try (Disk disk = RealDisk.open(Path.of(arguments[0]));
          FileLock lock = lock(disk, FileLock.Owner.of("pkg", "elsewhere"))) {
        System.out.println("held " + lock);
        Thread.sleep(60_000);
      }
    }
  }

  @Test
  void saysWhoHoldsItWhileItIsHeld() throws IOException {
    try (Disk disk = RealDisk.open(root)) {
      try (FileLock lock = lock(disk, new FileLock.Owner(42, "pkg", "host"))) {
        assertThat(lock).isNotNull();
        assertThat(root.resolve("lock")).hasContent("42\npkg\nhost\n20260102T030405.678000Z\n\n");
        assertThatThrownBy(() -> lock(disk, new FileLock.Owner(43, "", "host")))
            .isInstanceOf(LockedException.class);
      }
      assertThat(root.resolve("lock")).isEmptyFile();
      lock(disk, new FileLock.Owner(43, "", "host")).close();
    }
  }

  @Test
  void namesTheOtherProcessAndForgetsItWhenItIsDead() throws Exception {
    Process other =
        new ProcessBuilder(
                "/bin/sh",
                "-c",
                "umask 0; exec \"$@\"",
                "sh",
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                root.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (Disk disk = RealDisk.open(root);
        BufferedReader out =
            new BufferedReader(
                new InputStreamReader(other.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(out.readLine()).startsWith("held");
      assertThat(Files.getPosixFilePermissions(root.resolve("lock")))
          .as("what others may write they could keep locked")
          .doesNotContain(PosixFilePermission.OTHERS_WRITE);
      assertThatThrownBy(() -> lock(disk, FileLock.Owner.of("pkg", "here")))
          .isInstanceOf(LockedException.class)
          .hasMessage("image '/' is in use by another process")
          .satisfies(
              e ->
                  assertThat(((LockedException) e).detail().orElseThrow())
                      .startsWith(
                          "process "
                              + other.pid()
                              + " ('pkg' on elsewhere) holds the lock since 20260102T030405"));
      other.destroyForcibly().waitFor();
      lock(disk, FileLock.Owner.of("pkg", "here")).close();
    } finally {
      other.destroyForcibly();
    }
  }

  @Test
  void refusesALinkInPlaceOfTheLockFile() throws IOException {
    Files.writeString(root.resolve("victim"), "precious");
    Files.createSymbolicLink(root.resolve("lock"), root.resolve("victim"));
    try (Disk disk = RealDisk.open(root)) {
      assertThatThrownBy(() -> lock(disk, FileLock.Owner.of("pkg", "here")))
          .isInstanceOf(ConflictException.class);
    }
    assertThat(root.resolve("victim")).hasContent("precious");
  }
}
