package emblema.core.io;

import emblema.core.os.Statx;

/** Mode and device numbers between Linux's encodings and {@link Stat}. */
final class StatModes {
  private StatModes() {}

  static Stat stat(Statx x) {
    return new Stat(
        kind(x.typeAndMode()),
        x.typeAndMode() & 07777,
        x.uid(),
        x.gid(),
        x.size(),
        x.links(),
        x.device(),
        x.inode(),
        x.rawDevice(),
        x.blocks() * 512,
        (x.attributes() & Statx.IMMUTABLE_OR_APPEND) != 0,
        x.mtime(),
        x.atime(),
        x.ctime());
  }

  static Stat.Kind kind(int typeAndMode) {
    return switch (typeAndMode & 0170000) {
      case 0040000 -> Stat.Kind.DIRECTORY;
      case 0120000 -> Stat.Kind.LINK;
      case 0010000 -> Stat.Kind.FIFO;
      case 0020000 -> Stat.Kind.CHARACTER;
      case 0060000 -> Stat.Kind.BLOCK;
      case 0140000 -> Stat.Kind.SOCKET;
      default -> Stat.Kind.FILE;
    };
  }

  static int type(Stat.Kind kind) {
    return switch (kind) {
      case FILE -> 0100000;
      case DIRECTORY -> 0040000;
      case LINK -> 0120000;
      case FIFO -> 0010000;
      case CHARACTER -> 0020000;
      case BLOCK -> 0060000;
      case SOCKET -> 0140000;
    };
  }

  /** Major and minor (high and low 32 bits) as the kernel packs them. */
  static long device(long majorAndMinor) {
    long major = majorAndMinor >>> 32;
    long minor = majorAndMinor & 0xFFFFFFFFL;
    return (minor & 0xFF) | (major << 8) | ((minor & ~0xFFL) << 12);
  }

  /** The C library's 64-bit {@code dev_t} as major and minor. */
  static long majorAndMinor(long device) {
    long major = ((device >>> 8) & 0xFFF) | ((device >>> 32) & ~0xFFFL);
    long minor = (device & 0xFF) | ((device >>> 12) & 0xFFFFFF00L);
    return major << 32 | minor;
  }
}
