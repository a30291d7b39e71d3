package emblema.flash.codec;

import emblema.core.error.ConflictException;
import emblema.core.io.OsNames;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Writes the SVR4 ASCII form ({@code 070701}), padded to 512 bytes at the end (spec flash-archive,
 * 8.1). Of several names of one file the last carries the content: callers give the others size 0.
 */
public final class CpioWriter implements MemberWriter {
  private static final long LARGEST = 0xFFFFFFFFL;
  private static final int BLOCK = 512;

  private final OutputStream out;
  private long written;
  private long left;
  private int padding;

  public CpioWriter(OutputStream out) {
    this.out = out;
  }

  @Override
  public OutputStream begin(Member member) throws IOException {
    if (member.size() > LARGEST) {
      throw new ConflictException(
          "file '" + member.path() + "' is larger than 4 GiB, which cpio cannot hold",
          "choose pax: -L pax");
    }
    endMember();
    byte[] target = OsNames.encode(member.target());
    boolean link = member.kind() == Member.Kind.LINK;
    long size = link ? target.length : member.size();
    header(member.path(), member, size);
    if (link) {
      put(target, 0, target.length);
      left = 0;
      padding = (int) (-size & 3);
      endMember();
    } else {
      left = size;
      padding = (int) (-size & 3);
    }
    return new OutputStream() {
      @Override
      public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        if (length > left) {
          throw new IOException("'" + member.path() + "' grew while it was read");
        }
        left -= length;
        put(bytes, offset, length);
      }
    };
  }

  private void header(String path, Member member, long size) throws IOException {
    byte[] name = OsNames.encode(path);
    StringBuilder header = new StringBuilder(110).append("070701");
    long device = member.device();
    long raw = member.rawDevice();
    for (long field :
        new long[] {
          member.inode() & LARGEST,
          member.kind().bits() | member.mode(),
          member.uid(),
          member.gid(),
          member.links(),
          member.mtime() & LARGEST,
          size,
          major(device),
          minor(device),
          major(raw),
          minor(raw),
          name.length + 1,
          0
        }) {
      header.append(String.format(Locale.ROOT, "%08X", field));
    }
    put(header.toString().getBytes(StandardCharsets.US_ASCII), 0, header.length());
    put(name, 0, name.length);
    zeros(1 + (int) (-(header.length() + name.length + 1L) & 3));
  }

  static long major(long device) {
    return device >>> 32;
  }

  static long minor(long device) {
    return device & LARGEST;
  }

  private void endMember() throws IOException {
    if (left > 0) {
      throw new IOException("a file became shorter while it was read");
    }
    zeros(padding);
    padding = 0;
  }

  @Override
  public void finish() throws IOException {
    endMember();
    Member trailer = new Member("TRAILER!!!", Member.Kind.OTHER, 0, 0, 0, 0, 0, "", 1, 0, 0, 0);
    header(trailer.path(), trailer, 0);
    zeros((int) (-written & (BLOCK - 1)));
  }

  private void zeros(int count) throws IOException {
    put(new byte[count], 0, count);
  }

  private void put(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
    written += length;
  }
}
