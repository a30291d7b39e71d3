package emblema.core.os;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/** Reads the names in an open directory, as bytes, in the file system's order. */
public final class DirectoryNames {
  private static final int BUFFER = 64 * 1024;
  private static final int RECORD_LENGTH = 16;
  private static final int NAME = 19;

  private DirectoryNames() {}

  /** All names but {@code .} and {@code ..}. The descriptor must be fresh (at its beginning). */
  public static List<byte[]> read(int fd) throws OsException {
    List<byte[]> names = new ArrayList<>();
    try (Scratch scratch = Scratch.take()) {
      MemorySegment buffer = scratch.allocate(BUFFER);
      while (true) {
        long filled = Kernel.call(scratch, Syscall.GETDENTS64, fd, buffer.address(), BUFFER);
        if (filled == 0) {
          return names;
        }
        long at = 0;
        while (at < filled) {
          int length = buffer.get(ValueLayout.JAVA_SHORT, at + RECORD_LENGTH) & 0xFFFF;
          byte[] name = name(buffer, at + NAME);
          if (!isDots(name)) {
            names.add(name);
          }
          at += length;
        }
      }
    }
  }

  private static byte[] name(MemorySegment buffer, long start) {
    int length = 0;
    while (buffer.get(ValueLayout.JAVA_BYTE, start + length) != 0) {
      length++;
    }
    byte[] name = new byte[length];
    MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, start, name, 0, length);
    return name;
  }

  private static boolean isDots(byte[] name) {
    return name[0] == '.' && (name.length == 1 || (name.length == 2 && name[1] == '.'));
  }
}
