package emblema.core.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import emblema.core.os.LibDeflate;
import emblema.core.task.Tasks;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadGzipTest {
  private static final int LIMIT = 400_000;

  @ParameterizedTest
  @CsvSource({
    "'hello world\n', 22596363b3de40b06f981fb85d82312e8c0ed511, 32,"
        + " c33ef1f9d61961111d36d69fef045347bfeff00c,"
        + " bf73ee1fb7e8bf8fcdd5da06dd547052cd0f929a88f4aead68b218d3bde91134,"
        + " 7620ff25694b3a6e4669ac561a260fb0c87b50ba151bc937628591deb076760b",
    "'', da39a3ee5e6b4b0d3255bfef95601890afd80709, 20,"
        + " 89892054d65b8b0dd6a081b33a97b6f2bd1fa267,"
        + " c672b8d1ef56ed28ab87c3622c5114069bdd3ad7b8f9737498d0c01ecef0967a,"
        + " 1b57e79330d686247085553792cd8e2fcf61b03edc7da56d03efdb1e1458644a"
  })
  void makesTheVectorsOfTheReference(
      String text, String sha1, long csize, String chash, String strong, String compressedStrong)
      throws IOException {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream stored = new ByteArrayOutputStream();
    PayloadFacts facts = PayloadGzip.write(new ByteArrayInputStream(content), -1, stored);
    assertThat(facts.sha1()).isEqualTo(sha1);
    assertThat(facts.size()).isEqualTo(content.length);
    assertThat(facts.contentHash()).isEqualTo(strong);
    assertThat(facts.compressedSize()).isEqualTo(csize).isEqualTo(stored.size());
    assertThat(facts.compressedSha1()).isEqualTo(chash);
    assertThat(facts.compressedHash()).isEqualTo(compressedStrong);
  }

  @Test
  void writesTheFixedHeaderAndTrailer() throws IOException {
    ByteArrayOutputStream stored = new ByteArrayOutputStream();
    PayloadGzip.write(new ByteArrayInputStream("hello world\n".getBytes()), 12, stored);
    assertThat(HexFormat.of().formatHex(stored.toByteArray()))
        .isEqualTo("1f8b08000000000002ffcb48cdc9c95728cf2fca49e102002d3b08af0c000000");
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        1, 255, 256, 65535, 65536, 65537, 262144, 262145, LIMIT - 1, LIMIT, LIMIT + 1, 500_000
      })
  void decompressesToTheContentWhateverItsLength(int length) throws IOException {
    byte[] content = content(length);
    for (long hint : new long[] {-1, length, 1, LIMIT + 1L}) {
      for (Deflate deflate : deflaters()) {
        ByteArrayOutputStream stored = new ByteArrayOutputStream();
        PayloadFacts facts =
            new PayloadWorker(deflate)
                .write(new ByteArrayInputStream(content), hint, ElfSource.ofStream(), null, stored);
        InputStream back = new GZIPInputStream(new ByteArrayInputStream(stored.toByteArray()));
        assertThat(back.readAllBytes()).isEqualTo(content);
        assertThat(PayloadGzip.facts(new ByteArrayInputStream(stored.toByteArray())))
            .isEqualTo(facts);
      }
    }
  }

  @Test
  void readsAgainAfterAContentThatFailedHalfWay() {
    PayloadWorker worker = new PayloadWorker(Deflate.fastest());
    InputStream broken =
        new InputStream() {
          private int left = 600_000;

          @Override
          public int read() throws IOException {
            if (left-- <= 0) {
              throw new IOException("broken");
            }
            return 'x';
          }
        };
    assertThatThrownBy(
            () -> worker.write(broken, -1, ElfSource.ofStream(), null, new ByteArrayOutputStream()))
        .hasMessage("broken");
    assertThat(write(worker, "hello world\n".getBytes()).compressedSha1())
        .isEqualTo("c33ef1f9d61961111d36d69fef045347bfeff00c");
  }

  @Test
  void servesSeveralThreadsAtOnce() {
    byte[][] contents =
        IntStream.range(0, 40).mapToObj(i -> content(i * 20_011)).toArray(byte[][]::new);
    var facts =
        Tasks.inParallel(
            4,
            IntStream.range(0, 40)
                .mapToObj(
                    i ->
                        (Callable<PayloadFacts>)
                            () ->
                                PayloadGzip.write(
                                    new ByteArrayInputStream(contents[i]),
                                    -1,
                                    new ByteArrayOutputStream()))
                .toList());
    for (int i = 0; i < 40; i++) {
      assertThat(facts.get(i).sha1()).isEqualTo(Digest.SHA1.hex(contents[i]));
    }
  }

  @Test
  void refusesAStoredPayloadThatEndsEarly() throws IOException {
    ByteArrayOutputStream stored = new ByteArrayOutputStream();
    PayloadGzip.write(new ByteArrayInputStream(content(100_000)), -1, stored);
    byte[] cut = Arrays.copyOf(stored.toByteArray(), stored.size() - 9);
    assertThatThrownBy(() -> PayloadGzip.facts(new ByteArrayInputStream(cut)))
        .isInstanceOf(IOException.class);
  }

  @Test
  void usesTheLibraryWhereItIs() {
    assumeTrue(LibDeflate.isAvailable());
    assertThat(Deflate.fastest()).isInstanceOf(NativeDeflate.class);
  }

  private static List<Deflate> deflaters() {
    LibDeflate library = LibDeflate.compressor(6);
    return library == null
        ? List.of(new JdkDeflate(6))
        : List.of(new JdkDeflate(6), new NativeDeflate(library, 6, LIMIT));
  }

  private static PayloadFacts write(PayloadWorker worker, byte[] content) {
    try {
      return worker.write(
          new ByteArrayInputStream(content),
          content.length,
          ElfSource.ofStream(),
          null,
          new ByteArrayOutputStream());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Half compressible. */
  private static byte[] content(int length) {
    byte[] content = new byte[length];
    new Random(length).nextBytes(content);
    for (int i = 0; i < length; i++) {
      content[i] &= (i >> 12 & 1) == 0 ? 3 : -1;
    }
    return content;
  }

  @Test
  void computesOnlyTheNameOfContentWhoseHashesAreKnown() throws IOException {
    byte[] content = content(100_000);
    ByteArrayOutputStream fresh = new ByteArrayOutputStream();
    PayloadFacts facts = PayloadGzip.write(new ByteArrayInputStream(content), -1, fresh);
    KnownHashes known = new KnownHashes(facts.sha1(), facts.contentHash());
    ByteArrayOutputStream again = new ByteArrayOutputStream();
    assertThat(PayloadGzip.write(new ByteArrayInputStream(content), -1, known, again))
        .isEqualTo(facts);
    assertThat(again.toByteArray()).isEqualTo(fresh.toByteArray());
    content[50_000]++;
    assertThatThrownBy(
            () ->
                PayloadGzip.write(
                    new ByteArrayInputStream(content), -1, known, OutputStream.nullOutputStream()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("changed");
  }
}
