package emblema.flash.codec;

import emblema.core.error.ConflictException;
import emblema.core.io.OsNames;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes the SVR4 ASCII form ({@code 070701}), padded to 512 bytes at the end (spec flash-archive,
 * 8.1). Of several names of one file the last carries the content: callers give the others size 0.
 */
public final class CpioWriter implements MemberWriter {
  private static final long LARGEST = 0xFFFFFFFFL;
  private static final int BLOCK = 512;
  private static final int HEADER = 110;
  private static final byte[] DIGITS = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] MAGIC = "070701".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ZEROS = new byte[BLOCK];

  private final OutputStream out;
  private final byte[] header = new byte[HEADER];
  private final MemberContent content;
  private long written;
  private int padding;

  public CpioWriter(OutputStream out) {
    this.out = out;
    this.content = new MemberContent(this::put);
    System.arraycopy(MAGIC, 0, header, 0, MAGIC.length);
  }

  @Override
  public boolean holdsAttributes() {
    return false;
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
    padding = (int) (-size & 3);
    if (link) {
      put(target, 0, target.length);
    }
    content.begin(member.path(), link ? 0 : size);
    return content;
  }

  private void header(String path, Member member, long size) throws IOException {
    byte[] name = OsNames.encode(path);
    long device = member.device();
    long raw = member.rawDevice();
    field(0, member.inode());
    field(1, member.kind().bits() | member.mode());
    field(2, member.uid());
    field(3, member.gid());
    field(4, member.links());
    field(5, member.mtime());
    field(6, size);
    field(7, major(device));
    field(8, minor(device));
    field(9, major(raw));
    field(10, minor(raw));
    field(11, name.length + 1);
    field(12, 0);
    put(header, 0, HEADER);
    put(name, 0, name.length);
    put(ZEROS, 0, 1 + (-(HEADER + name.length + 1) & 3));
  }

  /** Eight hexadecimal digits of the low 32 bits. */
  private void field(int index, long number) {
    int at = MAGIC.length + 8 * index;
    for (int shift = 28; shift >= 0; shift -= 4) {
      header[at++] = DIGITS[(int) (number >>> shift) & 0xF];
    }
  }

  static long major(long device) {
    return device >>> 32;
  }

  static long minor(long device) {
    return device & LARGEST;
  }

  private void endMember() throws IOException {
    content.end();
    put(ZEROS, 0, padding);
    padding = 0;
  }

  @Override
  public void finish() throws IOException {
    endMember();
    Member trailer = new Member("TRAILER!!!", Member.Kind.OTHER, 0, 0, 0, 0, 0, "", 1, 0, 0, 0);
    header(trailer.path(), trailer, 0);
    put(ZEROS, 0, (int) (-written & (BLOCK - 1)));
  }

  private void put(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
    written += length;
  }
}
