package emblema.publisher.bundle;

import emblema.core.error.MalformedException;
import emblema.core.io.SharedFile;
import emblema.store.publication.PayloadSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.cpio.CpioArchiveEntry;
import org.apache.commons.compress.archivers.cpio.CpioArchiveInputStream;

/**
 * An SVR4 package as one stream: lines that name the package, then cpio archives, the first with
 * its description, the others with its files; each begins at a multiple of 512 bytes.
 */
final class Datastream implements SvrFiles {
  private static final String MAGIC = "# PaCkAgE DaTaStReAm";
  private static final String END = "# end of header";
  private static final int BLOCK = 512;
  private static final int LONGEST_HEADER = 64 << 10;

  private final SharedFile file;
  private final Map<String, PayloadSource> files = new HashMap<>();

  private Datastream(SharedFile file) {
    this.file = file;
  }

  static boolean isOne(SharedFile file) {
    return new String(file.start(MAGIC.length()), StandardCharsets.ISO_8859_1).equals(MAGIC);
  }

  /**
   * @param file closed with the result
   */
  static Datastream read(SharedFile file) {
    Datastream stream = new Datastream(file);
    stream.scan();
    return stream;
  }

  private void scan() {
    String header = new String(file.start(LONGEST_HEADER), StandardCharsets.ISO_8859_1);
    int end = header.indexOf(END);
    if (end < 0) {
      throw corrupt("the header does not end");
    }
    long packages =
        header.substring(0, end).lines().skip(1).filter(line -> !line.isBlank()).count();
    if (packages != 1) {
      throw new MalformedException(
          "'" + file.path() + "' holds " + packages + " packages",
          "take them apart with pkgtrans, and give them one by one");
    }
    int lineEnd = header.indexOf('\n', end);
    String name = header.lines().skip(1).findFirst().orElse("").strip().split("\\s+")[0];
    SharedFile.Reading in = file.read(0, file.size());
    long skipped = in.skip(aligned(lineEnd < 0 ? header.length() : lineEnd + 1L));
    try {
      while (skipped > 0 && in.position() < file.size() && !restIsZero(in.position())) {
        archive(in, name);
        long rest = aligned(in.position()) - in.position();
        skipped += in.skip(rest);
      }
    } catch (IOException | IllegalArgumentException e) {
      throw corrupt(String.valueOf(e.getMessage()));
    }
  }

  private static long aligned(long position) {
    return (position + BLOCK - 1) / BLOCK * BLOCK;
  }

  /** Tapes and dd fill up with zeros. */
  private boolean restIsZero(long position) throws IOException {
    try (SharedFile.Reading in = file.read(position, Math.min(BLOCK, file.size() - position))) {
      for (byte each : in.readAllBytes()) {
        if (each != 0) {
          return false;
        }
      }
      return true;
    }
  }

  private void archive(SharedFile.Reading in, String name) throws IOException {
    CpioArchiveInputStream cpio = new CpioArchiveInputStream(in, BLOCK, "UTF-8");
    while (true) {
      in.allow(LONGEST_HEADER);
      CpioArchiveEntry member = cpio.getNextEntry();
      if (member == null) {
        in.allow(Long.MAX_VALUE);
        return;
      }
      if (member.isRegularFile()) {
        if (member.getSize() > file.size() - in.position()) {
          throw new IOException("it ends within '" + member.getName() + "'");
        }
        String plain = member.getName().replaceFirst("^(\\./)+", "");
        if (plain.startsWith(name + "/")) {
          files.put(
              plain.substring(name.length() + 1),
              new FileRegion(file, in.position(), member.getSize()));
        }
      }
      in.allow(Long.MAX_VALUE);
      long left = member.getSize();
      while (left > 0) {
        long n = cpio.skip(Math.min(left, Integer.MAX_VALUE));
        if (n <= 0) {
          throw new IOException("it ends within '" + member.getName() + "'");
        }
        left -= n;
      }
    }
  }

  private MalformedException corrupt(String reason) {
    return new MalformedException(
        file.path().toString(), 0, 0, "the datastream is refused: " + reason, null);
  }

  @Override
  public Optional<PayloadSource> file(String name) {
    return Optional.ofNullable(files.get(name));
  }

  @Override
  public String name() {
    return file.path().toString();
  }

  @Override
  public void close() {
    file.close();
  }
}
