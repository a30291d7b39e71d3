package emblema.flash.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.testkit.Seed;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LzwTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "0cc175b9c0f1b6a831c399e269772661, lzw-01-one, 1",
    "1af6d6f2f682f76f80e606aeaaee1680, lzw-02-run, 100000",
    "5502feb38abc5aba3d33d7bd66afe088, lzw-03-short, 25",
    "e732eaf459d37c4625fa38f124c73edb, lzw-04-text, 60000",
    "6519bbc68a40f96a733da66ed383d370, lzw-05-clear, 510000",
    "874410694fa6ef97accb67ea8decd9ca, lzw-06-zeros, 70000",
  })
  void readsWhatCompressWrote(String md5, String name, int length) throws IOException {
    try (InputStream stored = LzwTest.class.getResourceAsStream("/" + name + ".Z")) {
      byte[] plain = new LzwInputStream(stored).readAllBytes();
      assertThat(plain).hasSize(length);
      assertThat(HexFormat.of().formatHex(Payload.md5().digest(plain))).isEqualTo(md5);
    }
  }

  @Test
  void readsBackWhatItWrites() throws IOException {
    Random random = Seed.random();
    for (int round = 0; round < 60; round++) {
      byte[] plain = content(random, round);
      assertThat(plain(compressed(plain))).isEqualTo(plain);
    }
  }

  /** Lengths around the places where codes become wider, and contents that empty the table. */
  private static byte[] content(Random random, int round) {
    int length = round < 20 ? round : random.nextInt(round < 55 ? 20_000 : 1_500_000);
    byte[] content = new byte[length];
    int letters = 1 + random.nextInt(256);
    for (int i = 0; i < length; i++) {
      int limit = i / 200_000 % 2 == 0 ? letters : 256;
      content[i] = (byte) random.nextInt(limit);
    }
    return content;
  }

  @Test
  void uncompressReadsWhatWeWrite() throws Exception {
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/uncompress.real"))
            || Files.isExecutable(Path.of("/usr/bin/compress")),
        "ncompress is not installed");
    Random random = Seed.random();
    for (int round = 52; round < 60; round++) {
      byte[] plain = content(random, round);
      Path stored = directory.resolve("file.Z");
      Files.write(stored, compressed(plain));
      Process process =
          new ProcessBuilder("compress", "-d", "-c", stored.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      assertThat(process.getInputStream().readAllBytes()).isEqualTo(plain);
      assertThat(process.waitFor()).isZero();
    }
  }

  @Test
  void saysWhenDataAreNoLzwOrDamaged() throws IOException {
    assertThatThrownBy(() -> plain(new byte[] {0x1f, (byte) 0x8b, 8}))
        .hasMessageContaining("compress");
    assertThatThrownBy(() -> plain(new byte[] {0x1f, (byte) 0x9d, (byte) 0x9f}))
        .hasMessageContaining("bits");
    byte[] first = {0x1f, (byte) 0x9d, (byte) 0x90, (byte) 0xff, (byte) 0xff};
    assertThatThrownBy(() -> plain(first)).hasMessageContaining("damaged");
  }

  @Test
  void damagedDataNeverLeadToMoreThanAnError() throws IOException {
    Random random = Seed.random();
    byte[] good = compressed(content(random, 56));
    for (int round = 0; round < 200; round++) {
      byte[] bad = good.clone();
      for (int i = 0; i < 5; i++) {
        bad[3 + random.nextInt(bad.length - 3)] = (byte) random.nextInt();
      }
      try (InputStream in = new LzwInputStream(new ByteArrayInputStream(bad))) {
        in.skipNBytes(1 << 16);
      } catch (IOException e) {
        assertThat(e).hasMessageNotContaining("null");
      }
    }
  }

  private static byte[] compressed(byte[] plain) throws IOException {
    ByteArrayOutputStream stored = new ByteArrayOutputStream();
    try (LzwOutputStream out = new LzwOutputStream(stored)) {
      out.write(plain);
    }
    return stored.toByteArray();
  }

  private static byte[] plain(byte[] stored) throws IOException {
    return new LzwInputStream(new ByteArrayInputStream(stored)).readAllBytes();
  }
}
