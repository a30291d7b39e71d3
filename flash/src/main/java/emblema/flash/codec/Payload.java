package emblema.flash.codec;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * The files of an archive: decompresses, hashes and takes apart. Where the first bytes say
 * something else than the keywords, the bytes are right (spec flash-archive, 8.3).
 */
public final class Payload {
  private static final int USTAR_AT = 257;

  /** Where a stream of {@code zfs send} has its magic number, in the order of its machine. */
  private static final int SEND_MAGIC_AT = 8;

  private static final List<String> SEND_MAGIC = List.of("accbbaf502000000", "00000002f5bacbac");

  private final DigestInputStream plain;
  private final Counted rest;
  private final MemberReader members;
  private final boolean isSendStream;
  private final boolean isStoredPlain;
  private final boolean isCpio;
  private final List<String> warnings = new ArrayList<>();

  /**
   * Begins to read.
   *
   * @param compressed what the keywords say of compression
   * @param cpio what the keywords say of the method
   */
  public Payload(InputStream stored, boolean compressed, boolean cpio) throws IOException {
    BufferedInputStream raw = new BufferedInputStream(stored, 1 << 16);
    byte[] start = peek(raw, 2);
    boolean isLzw = is(start, LzwFormat.MAGIC_1, LzwFormat.MAGIC_2);
    boolean isGzip = is(start, 0x1f, 0x8b);
    if (compressed && !isLzw) {
      warnings.add("the payload is not compressed with compress, although the archive says so");
    } else if (!compressed && (isLzw || isGzip)) {
      warnings.add("the payload is compressed, although the archive does not say so");
    }
    InputStream decompressed =
        isLzw
            ? new LzwInputStream(raw)
            : isGzip ? new java.util.zip.GZIPInputStream(raw, 1 << 16) : raw;
    plain = new DigestInputStream(decompressed, md5());
    BufferedInputStream files = new BufferedInputStream(plain, 1 << 16);
    byte[] header = peek(files, USTAR_AT + 5);
    boolean isCpio = new String(header, StandardCharsets.ISO_8859_1).startsWith("0707");
    boolean isTar =
        header.length == USTAR_AT + 5
            && new String(header, USTAR_AT, 5, StandardCharsets.ISO_8859_1).equals("ustar");
    if (isCpio != cpio && (isCpio || isTar)) {
      warnings.add(
          "the payload is " + (isCpio ? "cpio" : "pax") + ", although the archive says not");
    }
    isSendStream =
        header.length > SEND_MAGIC_AT + 8
            && SEND_MAGIC.contains(HexFormat.of().formatHex(header, SEND_MAGIC_AT, 16));
    isStoredPlain = !isLzw && !isGzip;
    rest = new Counted(files);
    this.isCpio = !isTar && (isCpio || cpio);
    members = MemberReader.of(rest, this.isCpio);
  }

  /** Counts, and reads what it skips: the hash is one of all bytes. */
  private static final class Counted extends FilterInputStream {
    private long count;
    private final byte[] skipped = new byte[1 << 16];

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int one = in.read();
      count += one < 0 ? 0 : 1;
      return one;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int n = in.read(into, offset, length);
      count += Math.max(0, n);
      return n;
    }

    @Override
    public long skip(long length) throws IOException {
      return Math.max(0, read(skipped, 0, (int) Math.min(length, skipped.length)));
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }

  private static byte[] peek(BufferedInputStream in, int count) throws IOException {
    in.mark(count);
    byte[] bytes = in.readNBytes(count);
    in.reset();
    return bytes;
  }

  private static boolean is(byte[] bytes, int first, int second) {
    return Arrays.equals(bytes, new byte[] {(byte) first, (byte) second});
  }

  static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JDK lacks MD5", e);
    }
  }

  /** Whether it is no archive of files but what {@code zfs send} wrote. */
  public boolean isSendStream() {
    return isSendStream;
  }

  public MemberReader members() {
    return members;
  }

  /** The whole stream as the archiver wrote it; instead of {@link #members}. */
  public InputStream plain() {
    return rest;
  }

  /** Whether the stream is cpio; else it is pax. */
  public boolean isCpio() {
    return isCpio;
  }

  /** Whether the stream stands in the archive as it is, so that its parts can be read there. */
  public boolean isStoredPlain() {
    return isStoredPlain;
  }

  /**
   * Bytes of the stream that were read: after {@link MemberReader#next}, where the content of the
   * member begins.
   */
  public long position() {
    return rest.count;
  }

  /** What the bytes say against the keywords. */
  public List<String> warnings() {
    return List.copyOf(warnings);
  }

  /** Reads to the end of the stream, padding included; its MD5 in hex is the archive's id. */
  public String finish() throws IOException {
    rest.transferTo(java.io.OutputStream.nullOutputStream());
    return HexFormat.of().formatHex(plain.getMessageDigest().digest());
  }
}
