package emblema.flash.codec;

import emblema.core.io.OsNames;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads ASCII cpio streams: SVR4 ({@code 070701}), SVR4 with check sums ({@code 070702}) and the
 * older octal form ({@code 070707}); spec flash-archive, 8.1.
 */
final class CpioReader implements MemberReader {
  private static final String TRAILER = "TRAILER!!!";

  /** Longer names and link targets are taken for damage, whatever the header says. */
  private static final int LONGEST_NAME = 1 << 16;

  private final InputStream in;
  private long left;
  private int padding;
  private boolean ended;
  private long expectedSum = -1;
  private long sum;
  private String path = "";

  CpioReader(InputStream in) {
    this.in = in;
  }

  @Override
  public @Nullable Member next() throws IOException {
    if (ended) {
      return null;
    }
    finishContent();
    String magic = text(6);
    Member member =
        switch (magic) {
          case "070701", "070702" -> readNew(magic.equals("070702"));
          case "070707" -> readOld();
          default -> throw new IOException("'" + shown(magic) + "' is no cpio header");
        };
    if (member.path().equals(TRAILER)) {
      ended = true;
      return null;
    }
    path = member.path();
    return member.kind() == Member.Kind.LINK ? withTarget(member) : member;
  }

  private Member readNew(boolean checked) throws IOException {
    byte[] header = bytes(104);
    long inode = number(header, 0, 8, 16);
    int mode = (int) number(header, 8, 8, 16);
    long size = number(header, 48, 8, 16);
    int nameSize = nameSize(number(header, 88, 8, 16));
    expectedSum = checked ? number(header, 96, 8, 16) : -1;
    String name = name(nameSize);
    skip(pad(110 + nameSize));
    left = size;
    padding = pad(size);
    return member(
        name,
        mode,
        number(header, 16, 8, 16),
        number(header, 24, 8, 16),
        number(header, 32, 8, 16),
        number(header, 40, 8, 16),
        size,
        device(number(header, 56, 8, 16), number(header, 64, 8, 16)),
        inode,
        device(number(header, 72, 8, 16), number(header, 80, 8, 16)));
  }

  private Member readOld() throws IOException {
    byte[] header = bytes(70);
    int nameSize = nameSize(number(header, 53, 6, 8));
    long size = number(header, 59, 11, 8);
    expectedSum = -1;
    String name = name(nameSize);
    left = size;
    padding = 0;
    return member(
        name,
        (int) number(header, 12, 6, 8),
        number(header, 18, 6, 8),
        number(header, 24, 6, 8),
        number(header, 30, 6, 8),
        number(header, 42, 11, 8),
        size,
        number(header, 0, 6, 8),
        number(header, 6, 6, 8),
        oldDevice(number(header, 36, 6, 8)));
  }

  private static Member member(
      String name,
      int mode,
      long uid,
      long gid,
      long links,
      long mtime,
      long size,
      long device,
      long inode,
      long rawDevice) {
    return new Member(
        name.equals(TRAILER) ? name : Member.relative(name),
        Member.Kind.of(mode),
        mode & 07777,
        uid,
        gid,
        size,
        mtime,
        "",
        links,
        device,
        inode,
        rawDevice);
  }

  private static long device(long major, long minor) {
    return major << 32 | minor;
  }

  /** Eight bits each, as they were then. */
  private static long oldDevice(long packed) {
    return device(packed >> 8, packed & 0xFF);
  }

  private Member withTarget(Member link) throws IOException {
    if (link.size() > LONGEST_NAME) {
      throw new IOException(
          "the target of link '" + link.path() + "' claims " + link.size() + " bytes");
    }
    String target = OsNames.decode(bytes((int) link.size()));
    left = 0;
    return new Member(
        link.path(),
        link.kind(),
        link.mode(),
        link.uid(),
        link.gid(),
        0,
        link.mtime(),
        target,
        link.links(),
        link.device(),
        link.inode(),
        0);
  }

  private static int nameSize(long size) throws IOException {
    if (size < 1 || size > LONGEST_NAME) {
      throw new IOException("a name claims " + size + " bytes");
    }
    return (int) size;
  }

  private String name(int size) throws IOException {
    byte[] name = bytes(size);
    if (name[size - 1] != 0) {
      throw new IOException("a name does not end");
    }
    return OsNames.decode(Arrays.copyOf(name, size - 1));
  }

  @Override
  public InputStream content() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        if (left == 0) {
          return -1;
        }
        int n = in.read(into, offset, (int) Math.min(length, left));
        if (n < 0) {
          throw new EOFException("unexpected end of archive within '" + path + "'");
        }
        left -= n;
        if (expectedSum >= 0) {
          for (int i = offset; i < offset + n; i++) {
            sum += into[i] & 0xFF;
          }
          if (left == 0 && (sum & 0xFFFFFFFFL) != expectedSum) {
            throw new IOException("the check sum of '" + path + "' does not agree");
          }
        }
        return n;
      }
    };
  }

  private void finishContent() throws IOException {
    skip(left);
    left = 0;
    skip(padding);
    padding = 0;
    sum = 0;
  }

  private static int pad(long length) {
    return (int) (-length & 3);
  }

  private void skip(long count) throws IOException {
    if (count > 0) {
      try {
        in.skipNBytes(count);
      } catch (EOFException e) {
        throw new EOFException("unexpected end of archive");
      }
    }
  }

  private byte[] bytes(int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException("unexpected end of archive");
    }
    return bytes;
  }

  private String text(int count) throws IOException {
    return new String(bytes(count), StandardCharsets.ISO_8859_1);
  }

  private static String shown(String text) {
    return text.replaceAll("[^\\x20-\\x7e]", "?");
  }

  private static long number(byte[] header, int at, int length, int radix) throws IOException {
    long number = 0;
    for (int i = at; i < at + length; i++) {
      int digit = header[i] < 0 ? -1 : Character.digit(header[i], radix);
      if (digit < 0) {
        String digits = new String(header, at, length, StandardCharsets.ISO_8859_1);
        throw new IOException("'" + shown(digits) + "' in a cpio header is no number");
      }
      number = number * radix + digit;
    }
    return number;
  }
}
