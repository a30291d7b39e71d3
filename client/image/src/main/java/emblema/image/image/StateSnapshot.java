package emblema.image.image;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The installed packages in a small binary file, so that listing them costs a few milliseconds
 * instead of the reading of two catalogs. Derived data: it names the state it was made from by the
 * bytes of both {@code catalog.attrs}, and is ignored when these differ or when it is damaged.
 */
public record StateSnapshot(List<Row> rows) {
  static final String NAME = "emblema.snapshot";
  private static final int MAGIC = 0x456d6231;

  /**
   * One installed package.
   *
   * @param version the full text
   * @param flags one bit a {@link PackageFlag}, by ordinal
   */
  public record Row(String publisher, String stem, String version, int flags, String summary) {
    public boolean has(PackageFlag flag) {
      return (flags & 1 << flag.ordinal()) != 0;
    }
  }

  public StateSnapshot {
    rows = List.copyOf(rows);
  }

  /** Of the installed among the entries, in their order. */
  public static StateSnapshot of(List<StateEntry> entries) {
    List<Row> rows = new ArrayList<>();
    for (StateEntry entry : entries) {
      if (entry.isInstalled()) {
        int flags = 0;
        for (PackageFlag flag : entry.flags()) {
          flags |= 1 << flag.ordinal();
        }
        rows.add(
            new Row(
                ImageState.publisherOf(entry.fmri()),
                entry.fmri().stem(),
                entry.fmri().requireVersion().toString(),
                flags,
                entry.summary()));
      }
    }
    return new StateSnapshot(rows);
  }

  byte[] toBytes(byte[] knownAttributes, byte[] installedAttributes) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(64 + rows.size() * 96);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(MAGIC);
      out.writeLong(0);
      block(out, knownAttributes);
      block(out, installedAttributes);
      out.writeInt(rows.size());
      for (Row row : rows) {
        out.writeUTF(row.publisher());
        out.writeUTF(row.stem());
        out.writeUTF(row.version());
        out.writeInt(row.flags());
        out.writeUTF(
            row.summary().length() > 10_000 ? row.summary().substring(0, 10_000) : row.summary());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] result = bytes.toByteArray();
    java.nio.ByteBuffer.wrap(result).putLong(4, checksum(result));
    return result;
  }

  /** Nothing if the bytes are damaged or were made from another state. */
  static Optional<StateSnapshot> parse(
      byte[] bytes, byte[] knownAttributes, byte[] installedAttributes) {
    if (bytes.length < 12 || knownAttributes.length == 0) {
      return Optional.empty();
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (in.readInt() != MAGIC
          || in.readLong() != checksum(bytes)
          || !Arrays.equals(block(in), knownAttributes)
          || !Arrays.equals(block(in), installedAttributes)) {
        return Optional.empty();
      }
      int count = in.readInt();
      List<Row> rows = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        rows.add(new Row(in.readUTF(), in.readUTF(), in.readUTF(), in.readInt(), in.readUTF()));
      }
      return Optional.of(new StateSnapshot(rows));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static void block(DataOutputStream out, byte[] block) throws IOException {
    out.writeInt(block.length);
    out.write(block);
  }

  private static byte[] block(DataInputStream in) throws IOException {
    int length = in.readInt();
    return in.readNBytes(Math.max(0, Math.min(length, in.available())));
  }

  private static long checksum(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 12, bytes.length - 12);
    return crc.getValue();
  }
}
