package emblema.core.os;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/** Bind mounts. Names are absolute, as bytes. */
public final class Mount {
  private static final long MS_BIND = 0x1000;
  private static final long UMOUNT_NOFOLLOW = 8;

  private Mount() {}

  public static void bind(byte[] source, byte[] target) throws OsException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment none = Kernel.text(arena, "none".getBytes(StandardCharsets.US_ASCII));
      long from = Kernel.text(arena, source).address();
      long to = Kernel.text(arena, target).address();
      Kernel.call(Syscall.MOUNT, from, to, none.address(), MS_BIND, 0);
    }
  }

  public static void unmount(byte[] target) throws OsException {
    try (Arena arena = Arena.ofConfined()) {
      Kernel.call(Syscall.UMOUNT2, Kernel.text(arena, target).address(), UMOUNT_NOFOLLOW);
    }
  }
}
