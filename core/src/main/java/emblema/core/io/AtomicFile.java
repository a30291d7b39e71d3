package emblema.core.io;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Replaces one file as a whole: whoever looks, at whatever moment and after whatever crash, finds
 * the old content or the new.
 *
 * <p>Protocol: write a temporary file in the same directory; sync it; rename it over the old one;
 * sync the directory. Two writers of one file must exclude each other by a {@link FileLock}.
 */
public final class AtomicFile {

  /** Writes content; what it throws leaves the old file in place. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  private AtomicFile() {}

  public static void write(
      Disk disk, SafePath path, int mode, byte[] content, Durability durability) {
    write(disk, path, mode, out -> out.write(content), durability);
  }

  /**
   * @param mode of the new file, exactly
   */
  public static void write(
      Disk disk, SafePath path, int mode, Content content, Durability durability) {
    SafePath temporary = TemporaryNames.of(path);
    writeNew(disk, temporary, path, mode, content);
    try {
      durability.sync(disk, temporary);
      disk.rename(temporary, path);
    } catch (RuntimeException e) {
      removeQuietly(disk, temporary, e);
      throw e;
    }
    durability.sync(disk, path.parent().orElse(SafePath.ROOT));
  }

  /** Writes a temporary file, in place of one that a crash may have left. */
  static void writeNew(Disk disk, SafePath temporary, SafePath path, int mode, Content content) {
    if (disk.stat(temporary).isPresent()) {
      disk.remove(temporary);
    }
    try (OutputStream out = disk.create(temporary, mode)) {
      content.writeTo(out);
    } catch (IOException e) {
      RuntimeException failure =
          DiskFailure.of("write", disk.describe(path), DiskFailure.errno(e), null, e);
      removeQuietly(disk, temporary, failure);
      throw failure;
    } catch (RuntimeException e) {
      removeQuietly(disk, temporary, e);
      throw e;
    }
  }

  static void removeQuietly(Disk disk, SafePath temporary, RuntimeException reason) {
    try {
      disk.remove(temporary);
    } catch (RuntimeException e) {
      reason.addSuppressed(e);
    }
  }
}
