package emblema.store.archive;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * Where each member of an archive begins, by name, in the order of the archive (spec p5p-p5i,
 * section 3): from the archive's index, or, where it has none, by walking from header to header.
 *
 * <p>What an index claims is believed only where it is possible: places lie within the file, after
 * each other, at whole blocks. That also bounds memory, because no line may be longer than the
 * member it stands for.
 */
final class ArchiveIndex {
  static final String NAME = "pkg5.index.0.gz";
  static final String COMMENT = "pkg5.archive.version.";

  private static final int LONGEST_NAME = 1 << 16;
  private static final int LONGEST_NUMBER = 19;

  private final TarFile file;
  private final Map<String, Long> offsets = new LinkedHashMap<>();
  private long lineLength;

  private ArchiveIndex(TarFile file) {
    this.file = file;
  }

  /** Offsets by name; malformed if the file is no archive. */
  static Map<String, Long> read(TarFile file) {
    if (file.isCompressed()) {
      throw file.corrupt("it is compressed; archives are plain tar files: decompress it first");
    }
    ArchiveIndex index = new ArchiveIndex(file);
    TarMember first =
        file.memberAt(0).orElseThrow(() -> file.corrupt("it has no members: it is empty"));
    Optional<String> version = version(first);
    if (version.isEmpty()) {
      index.walk();
    } else if (version.get().equals("0")) {
      index.parse(first);
    } else {
      throw file.corrupt("its format has version '" + version.get() + "'; only 0 is known");
    }
    return index.offsets;
  }

  private static Optional<String> version(TarMember first) {
    return first.name().startsWith("pkg5.index.")
            && first.name().endsWith(".gz")
            && first.comment().startsWith(COMMENT)
        ? Optional.of(first.comment().substring(COMMENT.length()))
        : Optional.empty();
  }

  private void walk() {
    long at = 0;
    for (var member = file.memberAt(0); member.isPresent(); member = file.memberAt(at)) {
      put(member.get().name(), at);
      at = member.get().end();
    }
  }

  private void parse(TarMember member) {
    long start = member.end();
    long expected = 0;
    try (InputStream in =
        new BufferedInputStream(new GZIPInputStream(file.data(member), 1 << 14), 1 << 14)) {
      for (Optional<String> name = field(in, LONGEST_NAME, true);
          name.isPresent();
          name = field(in, LONGEST_NAME, true)) {
        long offset = number(in);
        long entry = number(in);
        long size = number(in);
        field(in, LONGEST_NUMBER, false); // the type is wrong in real archives: ignored
        if (in.read() != '\n') {
          throw file.corrupt("a line of its index does not end where it should");
        }
        check(name.get(), offset, entry, size, expected, start);
        put(name.get(), start + offset);
        expected = offset + entry;
        lineLength = 0;
      }
    } catch (IOException e) {
      throw file.corrupt("its index cannot be read: " + e.getMessage());
    }
  }

  private void check(String name, long offset, long entry, long size, long expected, long start) {
    boolean whole = offset % TarBlock.LENGTH == 0 && entry % TarBlock.LENGTH == 0;
    if (!whole || offset < expected || entry < TarBlock.LENGTH || size > entry) {
      throw file.corrupt("its index has an impossible place for '" + name + "'");
    }
    if (entry > file.length() - start - offset) {
      throw file.corrupt(
          "its index says that '"
              + name
              + "' ends at byte "
              + (start + offset + entry)
              + ", but the file has only "
              + file.length()
              + ": it was cut off");
    }
    if (lineLength > entry) {
      throw file.corrupt("its index has a line longer than the member '" + name + "'");
    }
  }

  private void put(String name, long offset) {
    if (isEscaping(name)) {
      throw file.corrupt("the member name '" + name + "' leaves the archive");
    }
    if (offsets.put(name, offset) != null) {
      throw file.corrupt("it has the member '" + name + "' twice");
    }
  }

  private static boolean isEscaping(String name) {
    return name.isEmpty()
        || name.startsWith("/")
        || name.indexOf('\0') >= 0
        || Arrays.asList(name.split("/", -1)).contains("..");
  }

  private long number(InputStream in) throws IOException {
    String digits = field(in, LONGEST_NUMBER, false).orElse("");
    if (!digits.matches("[0-9]{1,15}")) {
      throw file.corrupt("its index has '" + digits + "' where a number is expected");
    }
    return Long.parseLong(digits);
  }

  /** The text before the next NUL; nothing at the end of the index, where that may be. */
  private Optional<String> field(InputStream in, int longest, boolean mayEnd) throws IOException {
    byte[] bytes = new byte[64];
    int count = 0;
    for (int c = in.read(); c != 0; c = in.read()) {
      if (c < 0 && count == 0 && mayEnd) {
        return Optional.empty();
      }
      if (c < 0 || count == longest) {
        throw file.corrupt(
            c < 0 ? "its index ends in the middle of a line" : "its index has an endless line");
      }
      if (count == bytes.length) {
        bytes = Arrays.copyOf(bytes, 2 * count);
      }
      bytes[count++] = (byte) c;
    }
    lineLength += count + 1L;
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, count)).toString());
    } catch (CharacterCodingException e) {
      throw file.corrupt("its index is not UTF-8");
    }
  }
}
