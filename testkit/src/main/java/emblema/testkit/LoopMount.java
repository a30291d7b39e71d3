package emblema.testkit;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * A small file system of its own, made in a file and mounted: to see what a full disk, few inodes,
 * reflinks or another device do. A test that needs one is skipped, with the reason, where it cannot
 * be had.
 */
public final class LoopMount implements AutoCloseable {
  private final Path directory;

  private LoopMount(Path directory) {
    this.directory = directory;
  }

  /**
   * @param type {@code ext4}, {@code btrfs} or {@code xfs}
   * @param options more options for {@code mkfs}
   */
  public static LoopMount create(Path scratch, String type, int megabytes, String... options) {
    String tool = tool("mkfs." + type);
    try {
      Path image = scratch.resolve(type + "-image");
      Path directory = Files.createDirectory(scratch.resolve(type));
      try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
        file.setLength((long) megabytes << 20);
      }
      List<String> make = new ArrayList<>(List.of(tool));
      make.addAll(List.of(options));
      make.add(image.toString());
      require(make);
      require(List.of(tool("mount"), "-o", "loop", image.toString(), directory.toString()));
      return new LoopMount(directory);
    } catch (IOException e) {
      throw new AssertionError("cannot make a file system in " + scratch, e);
    }
  }

  /** Where it is mounted. */
  public Path directory() {
    return directory;
  }

  @Override
  public void close() {
    try {
      run(List.of(tool("umount"), directory.toString()));
    } catch (IOException e) {
      throw new AssertionError("cannot unmount " + directory, e);
    }
  }

  private static String tool(String name) {
    for (String place : List.of("/usr/sbin/", "/sbin/", "/usr/bin/", "/bin/")) {
      if (Files.isExecutable(Path.of(place + name))) {
        return place + name;
      }
    }
    return Assumptions.abort("needs " + name);
  }

  private static void require(List<String> command) throws IOException {
    String output = run(command);
    Assumptions.assumeTrue(output.isEmpty(), "needs root and loop devices: " + output);
  }

  /** Empty text, or what the command said when it failed. */
  private static String run(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return "no end of " + command;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
    return process.exitValue() == 0 ? "" : "failed: " + String.join(" ", command) + " " + output;
  }
}
