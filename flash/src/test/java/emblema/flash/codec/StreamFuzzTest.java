package emblema.flash.codec;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Any bytes are a stream or an {@code IOException}, in bounded memory. Normal builds run the seeds;
 * {@code JAZZER_FUZZ=1} looks for more.
 */
class StreamFuzzTest {
  /** What a bomb makes of few bytes is only read so far. */
  private static final int ENOUGH = 1 << 22;

  @FuzzTest(maxDuration = "5m")
  void decompressesOrRefuses(byte[] bytes) {
    try (InputStream plain = new LzwInputStream(new ByteArrayInputStream(bytes))) {
      plain.readNBytes(ENOUGH);
    } catch (IOException e) {
      requireWords(e);
    }
  }

  @FuzzTest(maxDuration = "5m")
  void decompressesWhatItCompressed(byte[] bytes) throws IOException {
    ByteArrayOutputStream stored = new ByteArrayOutputStream();
    try (OutputStream lzw = new LzwOutputStream(stored)) {
      lzw.write(bytes);
    }
    byte[] back = new LzwInputStream(new ByteArrayInputStream(stored.toByteArray())).readAllBytes();
    if (!Arrays.equals(back, bytes)) {
      throw new AssertionError("something else came back");
    }
  }

  @FuzzTest(maxDuration = "5m")
  void readsCpioOrRefuses(byte[] bytes) {
    read(new CpioReader(new ByteArrayInputStream(bytes)));
  }

  @FuzzTest(maxDuration = "5m")
  void readsPaxOrRefuses(byte[] bytes) {
    read(new PaxReader(new ByteArrayInputStream(bytes)));
  }

  private static void read(MemberReader members) {
    try {
      for (Member member = members.next(); member != null; member = members.next()) {
        if (member.path().length() % 2 == 0) {
          members.content().readNBytes(ENOUGH);
        }
      }
    } catch (IOException e) {
      requireWords(e);
    }
  }

  private static void requireWords(IOException e) {
    if (e.getMessage() == null || e.getMessage().isEmpty()) {
      throw new AssertionError("an error without words", e);
    }
  }
}
