package emblema.flash.codec;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Writes tar with POSIX extended headers where the plain ones do not suffice, padded to 10240. */
public final class PaxWriter implements MemberWriter {
  private static final int RECORD = 10240;

  private final TarArchiveOutputStream out;
  private boolean open;

  public PaxWriter(OutputStream out) {
    this.out = new TarArchiveOutputStream(new Unclosed(out), RECORD, "UTF-8");
    this.out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    this.out.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    this.out.setAddPaxHeadersForNonAsciiNames(true);
  }

  private static final class Unclosed extends FilterOutputStream {
    Unclosed(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }

  @Override
  public OutputStream begin(Member member) throws IOException {
    endMember();
    byte type =
        switch (member.kind()) {
          case FILE -> TarConstants.LF_NORMAL;
          case DIRECTORY -> TarConstants.LF_DIR;
          case LINK -> TarConstants.LF_SYMLINK;
          case HARD_LINK -> TarConstants.LF_LINK;
          case CHARACTER -> TarConstants.LF_CHR;
          case BLOCK -> TarConstants.LF_BLK;
          case FIFO -> TarConstants.LF_FIFO;
          case SOCKET, OTHER -> throw new IllegalArgumentException(member.path());
        };
    String name = member.kind() == Member.Kind.DIRECTORY ? member.path() + "/" : member.path();
    TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
    entry.setMode(member.mode());
    entry.setUserId(member.uid());
    entry.setGroupId(member.gid());
    entry.setUserName("");
    entry.setGroupName("");
    entry.setLastModifiedTime(FileTime.from(member.mtime(), TimeUnit.SECONDS));
    entry.setLinkName(member.target());
    entry.setSize(member.kind() == Member.Kind.FILE ? member.size() : 0);
    if (member.kind() == Member.Kind.CHARACTER || member.kind() == Member.Kind.BLOCK) {
      entry.setDevMajor((int) CpioWriter.major(member.rawDevice()));
      entry.setDevMinor((int) CpioWriter.minor(member.rawDevice()));
    }
    out.putArchiveEntry(entry);
    open = true;
    return out;
  }

  private void endMember() throws IOException {
    if (open) {
      open = false;
      out.closeArchiveEntry();
    }
  }

  @Override
  public void finish() throws IOException {
    endMember();
    out.finish();
    out.flush();
    out.close();
  }
}
