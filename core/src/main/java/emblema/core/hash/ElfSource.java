package emblema.core.hash;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Where the facts of an ELF file are read from once its content has gone by: its section table
 * stands at the end, so one pass does not do. A channel can be read again; of a stream that begins
 * like ELF the first {@link #LONGEST} bytes are kept, and longer ones go without facts, which is
 * valid (spec manifest, 6.5).
 */
final class ElfSource {
  static final int LONGEST = 8 << 20;

  private final RandomBytes file;
  private final List<byte[]> kept = new ArrayList<>();
  private final boolean keeps;
  private boolean isElf;
  private long size;

  private ElfSource(RandomBytes file) {
    this.file = file;
    this.keeps = false;
  }

  private ElfSource() {
    this.file = this::readKept;
    this.keeps = true;
  }

  static ElfSource ofStream() {
    return new ElfSource();
  }

  /**
   * @param channel moved about by {@link #facts}
   * @param start where the content begins
   */
  static ElfSource ofChannel(SeekableByteChannel channel, long start) {
    return new ElfSource((at, into) -> channel.position(start + at).read(into));
  }

  /** The next part of the content; all parts but the last have one length. */
  void take(byte[] bytes, int length) {
    if (size == 0) {
      isElf = ElfFile.isElf(bytes, length);
    }
    size += length;
    if (isElf && keeps) {
      if (size <= LONGEST) {
        kept.add(Arrays.copyOf(bytes, length));
      } else {
        isElf = false;
        kept.clear();
      }
    }
  }

  /** The facts, if the content is a whole ELF file. */
  Optional<PayloadFacts.ElfFacts> facts() throws IOException {
    return isElf ? ElfFile.facts(file, size) : Optional.empty();
  }

  private int readKept(long at, ByteBuffer into) {
    int part = kept.getFirst().length;
    int index = (int) (at / part);
    int offset = (int) (at % part);
    if (index >= kept.size() || offset >= kept.get(index).length) {
      return -1;
    }
    int count = Math.min(into.remaining(), kept.get(index).length - offset);
    into.put(kept.get(index), offset, count);
    return count;
  }
}
