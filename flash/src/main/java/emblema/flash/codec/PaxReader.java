package emblema.flash.codec;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads tar streams with extended headers, those of Solaris with type {@code X} too, and GNU's long
 * names (spec flash-archive, 8.2).
 */
final class PaxReader implements MemberReader {
  /** Bytes of headers before one member; the longest names take a few thousand. */
  private static final int LONGEST_HEADERS = 1 << 20;

  private final Headers headers;
  private final TarArchiveInputStream in;
  private boolean isOpen;

  PaxReader(InputStream in) {
    this.headers = new Headers(in);
    this.in = new TarArchiveInputStream(headers, "UTF-8");
  }

  /** Fails when headers are longer than any archive needs: they are kept in memory. */
  private static final class Headers extends FilterInputStream {
    private long allowed = Long.MAX_VALUE;

    Headers(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int n = in.read(into, offset, length);
      allowed -= Math.max(n, 0);
      if (allowed < 0) {
        throw new IOException("headers claim more than " + LONGEST_HEADERS + " bytes");
      }
      return n;
    }
  }

  @Override
  public @Nullable Member next() throws IOException {
    try {
      if (isOpen) {
        in.transferTo(OutputStream.nullOutputStream());
      }
      isOpen = true;
      headers.allowed = LONGEST_HEADERS;
      TarArchiveEntry entry = in.getNextEntry();
      headers.allowed = Long.MAX_VALUE;
      if (entry != null && entry.isSparse()) {
        throw new IOException(
            "'" + entry.getName() + "' is sparse: its holes could claim any size");
      }
      return entry == null ? null : member(entry);
    } catch (IllegalArgumentException e) {
      throw new IOException("damaged tar header", e);
    } catch (IOException e) {
      throw e.getMessage() != null && e.getMessage().contains("Truncated")
          ? new EOFException("unexpected end of archive")
          : e;
    }
  }

  private static Member member(TarArchiveEntry entry) {
    Member.Kind kind = kind(entry);
    boolean device = kind == Member.Kind.CHARACTER || kind == Member.Kind.BLOCK;
    return new Member(
        Member.relative(entry.getName()),
        kind,
        entry.getMode() & 07777,
        entry.getLongUserId(),
        entry.getLongGroupId(),
        kind == Member.Kind.FILE ? entry.getSize() : 0,
        Math.floorDiv(entry.getLastModifiedTime().toMillis(), 1000L),
        switch (kind) {
          case LINK -> entry.getLinkName();
          case HARD_LINK -> Member.relative(entry.getLinkName());
          default -> "";
        },
        1,
        0,
        0,
        device ? (long) entry.getDevMajor() << 32 | entry.getDevMinor() : 0,
        PaxAttributes.of(entry.getExtraPaxHeaders()));
  }

  private static Member.Kind kind(TarArchiveEntry entry) {
    if (entry.isDirectory()) {
      return Member.Kind.DIRECTORY;
    }
    if (entry.isSymbolicLink()) {
      return Member.Kind.LINK;
    }
    if (entry.isLink()) {
      return Member.Kind.HARD_LINK;
    }
    if (entry.isCharacterDevice()) {
      return Member.Kind.CHARACTER;
    }
    if (entry.isBlockDevice()) {
      return Member.Kind.BLOCK;
    }
    if (entry.isFIFO()) {
      return Member.Kind.FIFO;
    }
    return entry.isFile() ? Member.Kind.FILE : Member.Kind.OTHER;
  }

  @Override
  public InputStream content() {
    return in;
  }
}
