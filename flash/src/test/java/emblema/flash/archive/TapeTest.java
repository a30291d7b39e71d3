package emblema.flash.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class TapeTest {
  /** A drive as Linux has it: one block a read, and none for a buffer that is shorter. */
  private static final class Drive extends InputStream {
    private final Deque<Integer> blocks = new ArrayDeque<>();

    Drive(List<Integer> sizes) {
      blocks.addAll(sizes);
    }

    @Override
    public int read() {
      throw new AssertionError("a drive is read by blocks");
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (blocks.isEmpty()) {
        return -1;
      }
      if (length < blocks.getFirst()) {
        throw new IOException("Cannot allocate memory");
      }
      return blocks.removeFirst();
    }
  }

  @Test
  void readsBlocksOfAnySizeUpToItsOwnAndTheShortLastOne() throws IOException {
    InputStream tape = new Tape.Blocks(new Drive(List.of(65536, 512, 65536, 7)), 65536);
    assertThat(tape.readNBytes(3)).hasSize(3);
    assertThat(tape.read()).isZero();
    assertThat(tape.readAllBytes()).hasSize(2 * 65536 + 512 + 7 - 4);
  }

  @Test
  void saysThatABlockIsTooLarge() {
    InputStream tape = new Tape.Blocks(new Drive(List.of(131072)), 65536);
    assertThatThrownBy(() -> tape.readNBytes(10))
        .hasMessage("Block size (65536 bytes) too small for archive");
  }

  @Test
  void understandsBlockSizes() {
    assertThat(Tape.blockSize("512")).isEqualTo(512);
    assertThat(Tape.blockSize("64k")).isEqualTo(65536);
    assertThat(Tape.isBlockSize("999999999k")).isFalse();
  }
}
