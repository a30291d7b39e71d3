package emblema.flash.archive;

import emblema.core.error.EmblemaException;
import emblema.testkit.Seed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Samples with bytes changed, cut out, repeated and cut off: read, or refused with words. */
class DamagedArchiveTest {
  private static final int ROUNDS = 400;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "01-full-cpio",
        "02-full-cpio-compress",
        "04-full-pax",
        "05-full-pax-X",
        "06-full-odc",
        "07-crc",
        "10-user-sections",
        "20-diff"
      })
  void isReadOrRefusedWithWords(String name) throws IOException {
    byte[] sample;
    try (InputStream in = DamagedArchiveTest.class.getResourceAsStream("/" + name + ".flar")) {
      sample = in.readAllBytes();
    }
    Random random = Seed.random();
    for (int round = 0; round < ROUNDS; round++) {
      byte[] damaged = damage(sample, random);
      try (ArchiveReader archive =
          new ArchiveReader(new ByteArrayInputStream(damaged), "damaged")) {
        archive.sections((section, body) -> body.readNBytes(round(random)));
        ArchiveListing.of(archive, path -> {}, event -> {});
      } catch (EmblemaException e) {
        if (e.getMessage() == null || e.getMessage().isEmpty()) {
          throw new AssertionError("an error without words", e);
        }
      }
    }
  }

  private static int round(Random random) {
    return random.nextInt(1000);
  }

  private static byte[] damage(byte[] sample, Random random) {
    byte[] damaged = sample.clone();
    for (int i = 1 + random.nextInt(8); i > 0; i--) {
      int at = random.nextInt(damaged.length);
      int length = Math.min(damaged.length - at, 1 + random.nextInt(16));
      switch (random.nextInt(4)) {
        case 0 -> damaged[at] = (byte) random.nextInt(256);
        case 1 -> damaged[at] ^= (byte) (1 << random.nextInt(8));
        case 2 ->
            System.arraycopy(
                damaged, random.nextInt(damaged.length - length + 1), damaged, at, length);
        default ->
            Arrays.fill(damaged, at, at + length, (byte) "0f9F\n\0=".charAt(random.nextInt(7)));
      }
    }
    return random.nextInt(5) == 0
        ? Arrays.copyOf(damaged, random.nextInt(damaged.length))
        : damaged;
  }
}
