package emblema.store.p5i;

import com.code_intelligence.jazzer.junit.FuzzTest;
import emblema.core.error.EmblemaException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;

/**
 * Any bytes are publisher information that is read back as it was written, or a typed error. Normal
 * builds run the seeds; {@code JAZZER_FUZZ=1} looks for more.
 */
class P5iFuzzTest {
  @FuzzTest(maxDuration = "5m")
  void readsOrRefuses(byte[] bytes) {
    P5i read;
    try {
      read = P5i.read(new ByteArrayInputStream(bytes), "fuzz");
    } catch (EmblemaException e) {
      if (e.getMessage() == null || e.getMessage().isEmpty()) {
        throw new AssertionError("an error without words", e);
      }
      return;
    }
    byte[] text = read.toText().getBytes(StandardCharsets.UTF_8);
    if (!P5i.read(new ByteArrayInputStream(text), "back").equals(read)) {
      throw new AssertionError("read back differently: " + read);
    }
  }
}
