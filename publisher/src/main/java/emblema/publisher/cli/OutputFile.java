package emblema.publisher.cli;

import emblema.core.error.NotFoundException;
import emblema.core.error.StorageException;
import emblema.core.io.AtomicFile;
import emblema.core.io.Disk;
import emblema.core.io.Durability;
import emblema.core.io.RealDisk;
import emblema.core.io.SafePath;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file that the user named for output: replaced as a whole; a device is written to. */
final class OutputFile {
  private OutputFile() {}

  static void write(Path file, String text) {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    Path target = target(file);
    Path parent = target.getParent();
    Path name = target.getFileName();
    if (parent == null || name == null || Files.isDirectory(target)) {
      throw new StorageException(
          "cannot write to '" + file + "'", "it is a directory", List.of(), null);
    }
    if (!Files.isDirectory(parent)) {
      throw new NotFoundException("the directory '" + parent + "' does not exist");
    }
    SafePath path = SafePath.of(name.toString());
    try (Disk disk = RealDisk.open(parent)) {
      if (Files.exists(target) && !Files.isRegularFile(target)) {
        append(disk, path, content);
      } else {
        int mode = disk.stat(path).map(stat -> stat.mode()).orElse(0644);
        AtomicFile.write(disk, path, mode, content, Durability.NONE);
      }
    }
  }

  /** What a link leads to is replaced, not the link. */
  private static Path target(Path file) {
    try {
      return Files.exists(file) ? file.toRealPath() : file.toAbsolutePath().normalize();
    } catch (IOException e) {
      throw new StorageException(
          "cannot write to '" + file + "'", String.valueOf(e.getMessage()), List.of(), e);
    }
  }

  private static void append(Disk disk, SafePath path, byte[] content) {
    try (OutputStream out = disk.append(path)) {
      out.write(content);
    } catch (IOException e) {
      throw new StorageException(
          "cannot write to '" + disk.describe(path) + "'",
          String.valueOf(e.getMessage()),
          List.of(),
          e);
    }
  }
}
