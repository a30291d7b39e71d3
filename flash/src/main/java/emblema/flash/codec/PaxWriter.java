package emblema.flash.codec;

import emblema.core.io.OsNames;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * Writes ustar headers, preceded by POSIX extended ones ({@code x}) for what does not fit: long
 * names, names beyond ASCII, large sizes and numbers, times before 1970 or after 2242. The end is
 * padded to 20 blocks (spec flash-archive, 8.2).
 */
public final class PaxWriter implements MemberWriter {
  private static final int BLOCK = 512;
  private static final int RECORD = 20 * BLOCK;
  private static final int NAME = 100;
  private static final int PREFIX = 155;
  private static final long LARGEST_ID = 07777777L;
  private static final long LARGEST_NUMBER = 077777777777L;
  private static final byte[] ZEROS = new byte[RECORD];

  private final OutputStream out;
  private final byte[] header = new byte[BLOCK];
  private final MemberContent content;
  private long written;
  private int padding;

  public PaxWriter(OutputStream out) {
    this.out = out;
    this.content = new MemberContent(this::put);
  }

  @Override
  public OutputStream begin(Member member) throws IOException {
    endMember();
    boolean hasContent = member.kind() == Member.Kind.FILE;
    long size = hasContent ? member.size() : 0;
    byte[] name =
        OsNames.encode(
            member.kind() == Member.Kind.DIRECTORY ? member.path() + "/" : member.path());
    byte[] target = OsNames.encode(member.target());
    ByteArrayOutputStream extended = new ByteArrayOutputStream();
    int slash = split(name);
    if (slash < 0 || !isAscii(name)) {
      record(extended, "path", name);
    }
    if (target.length > NAME || !isAscii(target)) {
      record(extended, "linkpath", target);
    }
    number(extended, "size", size, LARGEST_NUMBER);
    number(extended, "uid", member.uid(), LARGEST_ID);
    number(extended, "gid", member.gid(), LARGEST_ID);
    number(extended, "mtime", member.mtime(), LARGEST_NUMBER);
    member.attributes().forEach((key, value) -> attribute(extended, key, value));
    if (extended.size() > 0) {
      byte[] records = extended.toByteArray();
      start("PaxHeader".getBytes(StandardCharsets.US_ASCII), 0);
      finishHeader('x', 0644, 0, 0, records.length, Math.max(0, member.mtime()));
      put(records, 0, records.length);
      put(ZEROS, 0, -records.length & (BLOCK - 1));
    }
    start(name, Math.max(0, slash));
    System.arraycopy(target, 0, header, 157, Math.min(target.length, NAME));
    if (member.kind() == Member.Kind.CHARACTER || member.kind() == Member.Kind.BLOCK) {
      octal(329, 8, CpioWriter.major(member.rawDevice()));
      octal(337, 8, CpioWriter.minor(member.rawDevice()));
    }
    finishHeader(type(member), member.mode(), member.uid(), member.gid(), size, member.mtime());
    padding = (int) (-size & (BLOCK - 1));
    content.begin(member.path(), size);
    return content;
  }

  @Override
  public boolean holdsAttributes() {
    return true;
  }

  /** In both forms that tar programs of today know: as bytes, and as text. */
  private static void attribute(ByteArrayOutputStream extended, String name, byte[] value) {
    record(extended, PaxAttributes.BYTES + name, value);
    record(
        extended,
        PaxAttributes.TEXT + PaxAttributes.escape(name),
        Base64.getEncoder().withoutPadding().encode(value));
  }

  private static char type(Member member) {
    return switch (member.kind()) {
      case FILE -> '0';
      case HARD_LINK -> '1';
      case LINK -> '2';
      case CHARACTER -> '3';
      case BLOCK -> '4';
      case DIRECTORY -> '5';
      case FIFO -> '6';
      case SOCKET, OTHER -> throw new IllegalArgumentException(member.path());
    };
  }

  /** Where the prefix of a long name ends: 0 if it needs none, -1 if it does not fit so. */
  private static int split(byte[] name) {
    if (name.length <= NAME) {
      return 0;
    }
    for (int i = Math.min(PREFIX, name.length - 2); i > 0 && name.length - i - 1 <= NAME; i--) {
      if (name[i] == '/') {
        return i;
      }
    }
    return -1;
  }

  private static boolean isAscii(byte[] text) {
    for (byte b : text) {
      if (b < 0) {
        return false;
      }
    }
    return true;
  }

  private static void number(
      ByteArrayOutputStream extended, String keyword, long number, long largest) {
    if (number < 0 || number > largest) {
      record(extended, keyword, Long.toString(number).getBytes(StandardCharsets.US_ASCII));
    }
  }

  /** Length in decimal (of the whole record), blank, keyword, equals sign, value, line feed. */
  private static void record(ByteArrayOutputStream extended, String keyword, byte[] value) {
    byte[] key = OsNames.encode(keyword);
    int rest = key.length + value.length + 3;
    int length = rest + 1;
    while (Integer.toString(length).length() + rest != length) {
      length = Integer.toString(length).length() + rest;
    }
    extended.writeBytes((length + " ").getBytes(StandardCharsets.US_ASCII));
    extended.writeBytes(key);
    extended.write('=');
    extended.writeBytes(value);
    extended.write('\n');
  }

  private void start(byte[] name, int slash) {
    Arrays.fill(header, (byte) 0);
    int from = slash == 0 ? 0 : slash + 1;
    System.arraycopy(name, from, header, 0, Math.min(name.length - from, NAME));
    System.arraycopy(name, 0, header, 345, slash);
  }

  private void finishHeader(char type, int mode, long uid, long gid, long size, long mtime)
      throws IOException {
    octal(100, 8, mode);
    octal(108, 8, within(uid, LARGEST_ID));
    octal(116, 8, within(gid, LARGEST_ID));
    octal(124, 12, within(size, LARGEST_NUMBER));
    octal(136, 12, within(mtime, LARGEST_NUMBER));
    header[156] = (byte) type;
    byte[] magic = "ustar\00000".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(magic, 0, header, 257, magic.length);
    Arrays.fill(header, 148, 156, (byte) ' ');
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xFF;
    }
    octal(148, 7, sum);
    put(header, 0, BLOCK);
  }

  private static long within(long number, long largest) {
    return number < 0 || number > largest ? 0 : number;
  }

  /** Digits and a NUL at the end. */
  private void octal(int at, int length, long number) {
    long left = number;
    for (int i = at + length - 2; i >= at; i--) {
      header[i] = (byte) ('0' + (left & 7));
      left >>>= 3;
    }
    header[at + length - 1] = 0;
  }

  private void endMember() throws IOException {
    content.end();
    put(ZEROS, 0, padding);
    padding = 0;
  }

  @Override
  public void finish() throws IOException {
    endMember();
    put(ZEROS, 0, 2 * BLOCK);
    put(ZEROS, 0, (int) ((RECORD - written % RECORD) % RECORD));
  }

  private void put(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
    written += length;
  }
}
