package emblema.store.archive;

import emblema.core.error.MalformedException;
import emblema.core.error.NotFoundException;
import emblema.core.error.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An uncompressed tar file, read at any place by several threads. Extended headers are limited, so
 * that a hostile file costs no memory.
 */
final class TarFile implements AutoCloseable {
  private static final int LONGEST_EXTENSION = 1 << 20;
  private static final int MOST_EXTENSIONS = 8;

  private static final List<String> COMPRESSED = List.of("1f8b", "fd377a58", "425a68", "28b52ffd");

  private final Path path;
  private final FileChannel channel;
  private final long length;

  private TarFile(Path path, FileChannel channel, long length) {
    this.path = path;
    this.channel = channel;
    this.length = length;
  }

  static TarFile open(Path path) {
    try {
      FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
      return new TarFile(path, channel, channel.size());
    } catch (NoSuchFileException e) {
      throw new NotFoundException("the archive '" + path + "' does not exist");
    } catch (IOException e) {
      throw new StorageException(
          "the archive '" + path + "' cannot be read", e.getMessage(), List.of(), e);
    }
  }

  Path path() {
    return path;
  }

  long length() {
    return length;
  }

  /** Whether it begins like a gzip, xz, bzip2 or zstd stream. */
  boolean isCompressed() {
    if (length < 4) {
      return false;
    }
    String magic = HexFormat.of().formatHex(bytes(0, 4));
    return COMPRESSED.stream().anyMatch(magic::startsWith);
  }

  /** The member whose headers begin at the offset; nothing at the end of the archive. */
  Optional<TarMember> memberAt(long offset) {
    long at = offset;
    String longName = "";
    Map<String, String> pax = new HashMap<>();
    for (int i = 0; i <= MOST_EXTENSIONS; i++) {
      if (at == length && i == 0) {
        return Optional.empty(); // not as the format wants it, but nothing is missing
      }
      byte[] bytes = bytes(at, TarBlock.LENGTH);
      if (TarBlock.isEnd(bytes) && i == 0) {
        return Optional.empty();
      }
      if (!TarBlock.isHeader(bytes)) {
        throw corrupt("there is no header of a tar member at byte " + at);
      }
      TarBlock block = TarBlock.parse(bytes);
      at += TarBlock.LENGTH;
      switch (block.type()) {
        case TarBlock.PAX -> pax.putAll(records(extension(at, block)));
        case TarBlock.PAX_GLOBAL -> extension(at, block);
        case TarBlock.GNU_LONG_NAME -> longName = zeroEnded(extension(at, block));
        default -> {
          return Optional.of(member(block, at, pax, longName));
        }
      }
      at += TarBlock.padded(block.size());
    }
    throw corrupt("too many extended headers follow each other at byte " + offset);
  }

  private TarMember member(TarBlock block, long data, Map<String, String> pax, String longName) {
    String name = pax.getOrDefault("path", longName.isEmpty() ? block.name() : longName);
    long size = pax.containsKey("size") ? number(pax.get("size")) : block.size();
    boolean hasData = block.type() == TarBlock.FILE || block.type() == '7';
    if (!hasData) {
      size = 0;
    }
    if (size < 0 || size > length - data) {
      throw corrupt(
          "the member '" + name + "' has " + size + " bytes, but the file ends before that");
    }
    while (name.endsWith("/")) {
      name = name.substring(0, name.length() - 1);
    }
    return new TarMember(name, block.type(), data, size, pax.getOrDefault("comment", ""));
  }

  private byte[] extension(long at, TarBlock block) {
    if (block.size() < 0 || block.size() > LONGEST_EXTENSION) {
      throw corrupt("an extended header claims " + block.size() + " bytes, at byte " + at);
    }
    return bytes(at, (int) block.size());
  }

  /** {@code <length> <name>=<value>\n}, the length that of the whole record. */
  private Map<String, String> records(byte[] bytes) {
    Map<String, String> records = new HashMap<>();
    int at = 0;
    while (at < bytes.length && bytes[at] != 0) {
      int blank = at;
      while (blank < bytes.length && blank - at < 8 && bytes[blank] != ' ') {
        blank++;
      }
      long size = number(new String(bytes, at, blank - at, StandardCharsets.US_ASCII));
      if (size <= blank - at + 1 || size > bytes.length - at) {
        throw corrupt("an extended header is malformed");
      }
      int end = at + (int) size;
      String text = new String(bytes, blank + 1, end - blank - 2, StandardCharsets.UTF_8);
      int equals = text.indexOf('=');
      if (equals < 1 || bytes[end - 1] != '\n') {
        throw corrupt("an extended header is malformed");
      }
      records.put(text.substring(0, equals), text.substring(equals + 1));
      at = end;
    }
    return records;
  }

  private static String zeroEnded(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    int zero = text.indexOf('\0');
    return zero < 0 ? text : text.substring(0, zero);
  }

  private static long number(String digits) {
    return digits.matches("[0-9]{1,18}") ? Long.parseLong(digits) : -1;
  }

  private byte[] bytes(long at, int count) {
    ByteBuffer buffer = ByteBuffer.allocate(count);
    readFully(buffer, at);
    return buffer.array();
  }

  private void readFully(ByteBuffer buffer, long at) {
    try {
      long position = at;
      while (buffer.hasRemaining()) {
        int n = channel.read(buffer, position);
        if (n < 0) {
          throw corrupt("it ends at byte " + length + ", in the middle of a member");
        }
        position += n;
      }
    } catch (IOException e) {
      throw new StorageException(
          "the archive '" + path + "' cannot be read", e.getMessage(), List.of(), e);
    }
  }

  /** The data of a member. */
  InputStream data(TarMember member) {
    return new InputStream() {
      private long position = member.data();
      private final long end = member.data() + member.size();

      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] into, int at, int count) throws IOException {
        if (count == 0) {
          return 0;
        }
        int wanted = (int) Math.min(count, end - position);
        int n = wanted == 0 ? -1 : channel.read(ByteBuffer.wrap(into, at, wanted), position);
        if (n < 0 && wanted > 0) {
          throw new IOException("the archive '" + path + "' was cut off while it was read");
        }
        position += Math.max(n, 0);
        return n;
      }

      @Override
      public int available() {
        return (int) Math.min(Integer.MAX_VALUE, end - position);
      }
    };
  }

  /** A whole small member. */
  byte[] content(TarMember member, int limit) {
    if (member.size() > limit) {
      throw corrupt("the member '" + member.name() + "' is larger than " + limit + " bytes");
    }
    return bytes(member.data(), (int) member.size());
  }

  MalformedException corrupt(String reason) {
    return MalformedException.listing(
        "archive '" + path + "' is missing, unsupported, or corrupt", List.of(reason));
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new StorageException(
          "the archive '" + path + "' cannot be closed", e.getMessage(), List.of(), e);
    }
  }
}
