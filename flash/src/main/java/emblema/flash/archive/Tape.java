package emblema.flash.archive;

import emblema.core.error.ConflictException;
import emblema.core.error.NotFoundException;
import emblema.core.error.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * One file on a tape (spec flash-archive, 8.4). Files stand for tapes: position 0 is the file
 * itself, position N the file {@code NAME.N}, and blocks leave no trace. A real device is read from
 * where it stands, block by block; nothing here can wind it or write to it.
 *
 * @param position number of file marks before the file
 * @param block largest block that is read, in bytes; nothing for the usual
 */
public record Tape(Path device, int position, OptionalInt block) {
  /** What the original takes when nobody says. */
  static final int USUAL_READ = 5 << 20;

  private static final String BLOCK_SIZE = "[1-9][0-9]{0,8}k?";
  private static final int LARGEST = 256 << 20;

  /**
   * Whether text is a number of bytes, or of 1024 bytes with a {@code k}, that a block can have.
   */
  public static boolean isBlockSize(String text) {
    return text.matches(BLOCK_SIZE) && bytes(text) <= LARGEST;
  }

  /** The bytes of a block size that {@link #isBlockSize}. */
  public static int blockSize(String text) {
    return (int) bytes(text);
  }

  private static long bytes(String text) {
    boolean kilobytes = text.toLowerCase(Locale.ROOT).endsWith("k");
    String digits = kilobytes ? text.substring(0, text.length() - 1) : text;
    return Long.parseLong(digits) << (kilobytes ? 10 : 0);
  }

  /** The file that holds what is at the position; of a device the device. */
  public Path file() {
    return position == 0 || isDevice()
        ? device
        : device.resolveSibling(device.getFileName() + "." + position);
  }

  private boolean isDevice() {
    return Files.exists(device) && !Files.isRegularFile(device) && !Files.isDirectory(device);
  }

  /** Opens it; each block is read with one call. */
  public InputStream open() {
    if (isDevice() && position > 0) {
      throw new ConflictException(
          "'" + device + "' is a device that this command cannot wind",
          "wind it first: mt -f " + device + " asf " + position);
    }
    try {
      InputStream file = Files.newInputStream(file());
      return isDevice() ? new Blocks(file, block.orElse(USUAL_READ)) : file;
    } catch (java.nio.file.NoSuchFileException e) {
      throw new NotFoundException("there is no file " + position + " on tape '" + device + "'");
    } catch (IOException e) {
      throw new StorageException(
          "cannot read '" + device + "'", Objects.toString(e.getMessage(), null), List.of(), e);
    }
  }

  /** The file that an archive is written to; refuses what could only be a real tape. */
  public Path target() {
    if (isDevice() || (device.startsWith("/dev") && !Files.exists(device))) {
      throw new ConflictException(
          "'" + device + "' is no file: writing to tape devices is left to other programs",
          "write the archive to standard output: - | dd of=" + device + " obs=64k");
    }
    return file();
  }

  /** Reads whole blocks, as tape drives want it, and hands out their bytes. */
  static final class Blocks extends InputStream {
    private final InputStream drive;
    private final byte[] buffer;
    private int start;
    private int end;

    Blocks(InputStream drive, int size) {
      this.drive = drive;
      this.buffer = new byte[size];
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (start == end) {
        start = 0;
        end = Math.max(0, block());
        if (end == 0) {
          return -1;
        }
      }
      int n = Math.min(length, end - start);
      System.arraycopy(buffer, start, into, offset, n);
      start += n;
      return n;
    }

    /** Linux refuses a read that is shorter than the block with "cannot allocate memory". */
    private int block() throws IOException {
      try {
        return drive.read(buffer, 0, buffer.length);
      } catch (IOException e) {
        if (Objects.toString(e.getMessage(), "").contains("annot allocate memory")) {
          throw new IOException(
              "Block size (" + buffer.length + " bytes) too small for archive", e);
        }
        throw e;
      }
    }

    @Override
    public void close() throws IOException {
      drive.close();
    }
  }
}
