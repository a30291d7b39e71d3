package emblema.core.os;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Extended attributes of a name in an open directory, of the object itself. The directory is named
 * by {@code /proc/self/fd}, because the kernel (before 6.13) has no call relative to a directory.
 */
public final class Xattr {
  private Xattr() {}

  public static List<String> names(int directory, byte[] name) throws OsException {
    byte[] all;
    try (Scratch scratch = Scratch.take()) {
      long path = scratch.text(path(directory, name));
      all = read(Syscall.LLISTXATTR, path, 0, false);
    } catch (OsException e) {
      if (e.errno() == Errno.EOPNOTSUPP) {
        return List.of();
      }
      throw e;
    }
    List<String> names = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < all.length; i++) {
      if (all[i] == 0) {
        names.add(new String(all, start, i - start, StandardCharsets.UTF_8));
        start = i + 1;
      }
    }
    return names;
  }

  public static byte[] get(int directory, byte[] name, String attribute) throws OsException {
    try (Scratch scratch = Scratch.take()) {
      long path = scratch.text(path(directory, name));
      long key = scratch.text(attribute.getBytes(StandardCharsets.UTF_8));
      return read(Syscall.LGETXATTR, path, key, true);
    }
  }

  public static void set(int directory, byte[] name, String attribute, byte[] value)
      throws OsException {
    try (Scratch scratch = Scratch.take()) {
      long path = scratch.text(path(directory, name));
      long key = scratch.text(attribute.getBytes(StandardCharsets.UTF_8));
      long bytes = scratch.text(value);
      Kernel.call(scratch, Syscall.LSETXATTR, path, key, bytes, value.length, 0);
    }
  }

  public static void remove(int directory, byte[] name, String attribute) throws OsException {
    try (Scratch scratch = Scratch.take()) {
      long path = scratch.text(path(directory, name));
      long key = scratch.text(attribute.getBytes(StandardCharsets.UTF_8));
      Kernel.call(scratch, Syscall.LREMOVEXATTR, path, key);
    }
  }

  private static byte[] read(Syscall call, long path, long key, boolean keyed) throws OsException {
    for (int size = 1024; ; size = 65_536) {
      try (Scratch scratch = Scratch.take()) {
        MemorySegment buffer = scratch.allocate(size);
        int n =
            (int)
                (keyed
                    ? Kernel.call(scratch, call, path, key, buffer.address(), size)
                    : Kernel.call(scratch, call, path, buffer.address(), size));
        return buffer.asSlice(0, n).toArray(ValueLayout.JAVA_BYTE);
      } catch (OsException e) {
        if (e.errno() != Errno.ERANGE || size == 65_536) {
          throw e;
        }
      }
    }
  }

  private static byte[] path(int directory, byte[] name) {
    byte[] prefix = ("/proc/self/fd/" + directory + "/").getBytes(StandardCharsets.US_ASCII);
    byte[] path = Arrays.copyOf(prefix, prefix.length + name.length);
    System.arraycopy(name, 0, path, prefix.length, name.length);
    return path;
  }
}
