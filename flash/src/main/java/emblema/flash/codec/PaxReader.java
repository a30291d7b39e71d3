package emblema.flash.codec;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads tar streams with extended headers, those of Solaris with type {@code X} too, and GNU's long
 * names (spec flash-archive, 8.2).
 */
final class PaxReader implements MemberReader {
  private final TarArchiveInputStream in;

  PaxReader(InputStream in) {
    this.in = new TarArchiveInputStream(in, "UTF-8");
  }

  @Override
  public @Nullable Member next() throws IOException {
    try {
      TarArchiveEntry entry = in.getNextEntry();
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
        device ? (long) entry.getDevMajor() << 32 | entry.getDevMinor() : 0);
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
