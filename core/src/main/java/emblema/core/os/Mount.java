package emblema.core.os;

import java.nio.charset.StandardCharsets;

/** Bind mounts. Names are absolute, as bytes. */
public final class Mount {
  private static final long MS_BIND = 0x1000;
  private static final long UMOUNT_NOFOLLOW = 8;

  private Mount() {}

  public static void bind(byte[] source, byte[] target) throws OsException {
    try (Scratch scratch = Scratch.take()) {
      long none = scratch.text("none".getBytes(StandardCharsets.US_ASCII));
      long from = scratch.text(source);
      long to = scratch.text(target);
      Kernel.call(scratch, Syscall.MOUNT, from, to, none, MS_BIND, 0);
    }
  }

  public static void unmount(byte[] target) throws OsException {
    try (Scratch scratch = Scratch.take()) {
      Kernel.call(scratch, Syscall.UMOUNT2, scratch.text(target), UMOUNT_NOFOLLOW);
    }
  }
}
