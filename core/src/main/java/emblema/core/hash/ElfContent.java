package emblema.core.hash;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** The facts of an ELF file that is in memory. */
public final class ElfContent {
  private ElfContent() {}

  /** Nothing for what is no whole ELF file. */
  public static Optional<PayloadFacts.ElfFacts> facts(byte[] content) {
    if (!ElfFile.isElf(content, content.length)) {
      return Optional.empty();
    }
    try {
      return ElfFile.facts((at, into) -> read(content, at, into), content.length);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int read(byte[] content, long at, ByteBuffer into) {
    if (at < 0 || at >= content.length) {
      return -1;
    }
    int count = Math.min(into.remaining(), content.length - (int) at);
    into.put(content, (int) at, count);
    return count;
  }
}
