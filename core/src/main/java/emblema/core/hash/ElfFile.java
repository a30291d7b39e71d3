package emblema.core.hash;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * The facts of an ELF file (spec manifest, 6.5), of either class and byte order. What is damaged,
 * or whose sections overlap so that hashing them would take longer than the file deserves, has
 * none.
 */
final class ElfFile {
  private static final int IDENT = 16;
  private static final int NO_BITS = 8;
  private static final int INDEX_ELSEWHERE = 0xffff;

  private final RandomBytes file;
  private final long size;
  private final boolean wide;
  private final ByteOrder order;

  private ElfFile(RandomBytes file, long size, boolean wide, ByteOrder order) {
    this.file = file;
    this.size = size;
    this.wide = wide;
    this.order = order;
  }

  static boolean isElf(byte[] start, int length) {
    return length >= IDENT
        && start[0] == 0x7f
        && start[1] == 'E'
        && start[2] == 'L'
        && start[3] == 'F';
  }

  static Optional<PayloadFacts.ElfFacts> facts(RandomBytes file, long size) throws IOException {
    ByteBuffer ident = ByteBuffer.allocate(IDENT);
    if (!file.fill(0, ident)) {
      return Optional.empty();
    }
    int bits = ident.get(4) == 1 ? 32 : ident.get(4) == 2 ? 64 : 0;
    int order = ident.get(5);
    if (bits == 0 || (order != 1 && order != 2)) {
      return Optional.empty();
    }
    ElfFile elf =
        new ElfFile(
            file, size, bits == 64, order == 1 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    return elf.read(bits);
  }

  /** One entry of the section table. */
  private record Section(int name, int type, long offset, long size, int link) {}

  private Optional<PayloadFacts.ElfFacts> read(int bits) throws IOException {
    ByteBuffer header = buffer(wide ? 64 : 52);
    if (!file.fill(0, header)) {
      return Optional.empty();
    }
    int machine = header.getShort(18) & 0xffff;
    long table = wide ? header.getLong(40) : header.getInt(32) & 0xffffffffL;
    int entry = header.getShort(wide ? 58 : 46) & 0xffff;
    int count = header.getShort(wide ? 60 : 48) & 0xffff;
    int names = header.getShort(wide ? 62 : 50) & 0xffff;
    ElfSections hashes = new ElfSections(file, size);
    if (table != 0) {
      if (entry < (wide ? 64 : 40) || table < 0 || table > size - entry) {
        return Optional.empty();
      }
      Section first = section(table, entry);
      long sections = count == 0 ? first.size : count;
      int namesIndex = names == INDEX_ELSEWHERE ? first.link : names;
      if (sections < 1 || sections > (size - table) / entry || namesIndex >= sections) {
        return Optional.empty();
      }
      Section texts = section(table + (long) namesIndex * entry, entry);
      for (long i = 1; i < sections; i++) {
        Section section = section(table + i * entry, entry);
        if (!hashes.add(
            hashes.name(texts.offset + Integer.toUnsignedLong(section.name)),
            section.type == NO_BITS,
            section.offset,
            section.size)) {
          return Optional.empty();
        }
      }
    }
    return Optional.of(
        new PayloadFacts.ElfFacts(architecture(machine), bits, hashes.sha1(), hashes.strong()));
  }

  private Section section(long at, int entry) throws IOException {
    ByteBuffer header = buffer(entry);
    if (!file.fill(at, header)) {
      throw new IOException("the file became shorter while it was read");
    }
    return wide
        ? new Section(
            header.getInt(0),
            header.getInt(4),
            header.getLong(24),
            header.getLong(32),
            header.getInt(40))
        : new Section(
            header.getInt(0),
            header.getInt(4),
            Integer.toUnsignedLong(header.getInt(16)),
            Integer.toUnsignedLong(header.getInt(20)),
            header.getInt(24));
  }

  private ByteBuffer buffer(int length) {
    return ByteBuffer.allocate(length).order(order);
  }

  private static String architecture(int machine) {
    return switch (machine) {
      case 0 -> "none";
      case 2, 18, 43 -> "sparc";
      case 3, 6, 62 -> "i386";
      case 20, 21 -> "ppc";
      case 183 -> "aarch64";
      default -> "other";
    };
  }
}
