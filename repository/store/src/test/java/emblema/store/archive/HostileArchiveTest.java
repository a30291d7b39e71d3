package emblema.store.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.error.EmblemaException;
import emblema.core.error.IntegrityException;
import emblema.core.error.MalformedException;
import emblema.core.error.NotFoundException;
import emblema.core.fmri.Fmri;
import emblema.core.hash.PayloadGzip;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives made to harm whoever opens them. */
class HostileArchiveTest {
  private static final String STEM = "publisher/example.com/pkg/a";

  @TempDir private Path directory;

  private final ByteArrayOutputStream members = new ByteArrayOutputStream();
  private final StringBuilder index = new StringBuilder();

  private void member(String name, String content) {
    NewMember member = NewMember.of(name, "", content.getBytes(StandardCharsets.UTF_8));
    line(name, members.size(), member.entrySize(), content.length());
    add(member, content);
  }

  private void add(NewMember member, String content) {
    members.writeBytes(member.headers());
    members.writeBytes(content.getBytes(StandardCharsets.UTF_8));
    members.writeBytes(new byte[(int) (TarBlock.padded(content.length()) - content.length())]);
  }

  private void line(String name, long offset, long entry, long size) {
    index.append(name + "\0" + offset + "\0" + entry + "\0" + size + "\0000\0\n");
  }

  private Path archive() {
    return archive("pkg5.archive.version.0", gzip(index.toString()));
  }

  private static byte[] gzip(String text) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try {
      PayloadGzip.write(new ByteArrayInputStream(bytes), bytes.length, compressed);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return compressed.toByteArray();
  }

  private Path archive(String comment, byte[] indexBytes) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(NewMember.of("pkg5.index.0.gz", comment, indexBytes).headers());
    all.writeBytes(indexBytes);
    all.writeBytes(new byte[(int) (TarBlock.padded(indexBytes.length) - indexBytes.length)]);
    all.writeBytes(members.toByteArray());
    all.writeBytes(new byte[1024]);
    return file(all.toByteArray());
  }

  private Path file(byte[] bytes) {
    try {
      return Files.write(directory.resolve("hostile.p5p"), bytes);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void open(Path file) {
    PackageArchive.open(file).close();
  }

  private static AbstractThrowableAssert<?, ?> refused(Path file, String reason) {
    return assertThatThrownBy(() -> open(file))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("hostile.p5p' is missing, unsupported, or corrupt")
        .satisfies(
            e ->
                assertThat(((EmblemaException) e).detail().orElse(""))
                    .containsIgnoringCase(reason));
  }

  @Test
  void aMemberNameThatLeavesTheArchiveIsRefused() {
    for (String name : new String[] {"../../etc/passwd", "/etc/passwd", "publisher/../x", ".."}) {
      index.setLength(0);
      members.reset();
      member(name, "x");
      refused(archive(), "leaves the archive");
    }
  }

  @Test
  void aMemberThatIsThereTwiceIsRefused() {
    member("publisher", "");
    member("publisher", "");
    refused(archive(), "twice");
  }

  @Test
  void aMemberThatIsThereTwiceWithoutIndexIsRefused() {
    member("publisher/x/pkg/a", "one");
    member("publisher/x/pkg/a", "two");
    refused(file(members.toByteArray()), "twice");
  }

  @Test
  void anIndexThatPointsBeyondTheEndIsRefused() {
    line("publisher", 1 << 20, 512, 0);
    refused(archive(), "cut off");
  }

  @Test
  void anIndexWhosePlacesOverlapIsRefused() {
    member("publisher", "");
    line("publisher/example.com", 0, 512, 0);
    refused(archive(), "impossible place");
  }

  @Test
  void anIndexThatDoesNotFitBlocksIsRefused() {
    line("publisher", 100, 512, 0);
    members.writeBytes(new byte[2048]);
    refused(archive(), "impossible place");
  }

  @Test
  void anIndexThatExpandsWithoutEndCostsNoMemory() {
    // 64 MiB of one name, compressed to 64 KiB
    refused(archive("pkg5.archive.version.0", gzip("a".repeat(64 << 20))), "endless line");
    refused(
        archive("pkg5.archive.version.0", gzip("a\0000\000512\0000\0000\0\n".repeat(1 << 20))),
        "impossible place");
  }

  @Test
  void anIndexOfLettersIsRefused() {
    refused(archive("pkg5.archive.version.0", gzip("a\0b\0c\0d\0e\0\n")), "where a number");
    refused(archive("pkg5.archive.version.0", gzip("a\0001")), "in the middle of a line");
    refused(archive("pkg5.archive.version.0", "no gzip".getBytes(StandardCharsets.UTF_8)), "gzip");
  }

  @Test
  void anIndexThatNamesAnotherMemberIsNoticedWhenThatIsRead() {
    String version = STEM + "/1.0%2C5.11%3A20250101T000000Z";
    member("pkg5.repository", "x");
    index.setLength(0);
    line(version, 0, 1024, 1);
    try (PackageArchive archive = PackageArchive.open(archive())) {
      Fmri fmri = Fmri.parse("pkg://example.com/a@1.0,5.11:20250101T000000Z");
      assertThatThrownBy(() -> archive.manifest(fmri))
          .isInstanceOf(IntegrityException.class)
          .satisfies(
              e ->
                  assertThat(((EmblemaException) e).detail().orElse(""))
                      .contains("pkg5.repository"));
    }
  }

  @Test
  void anotherVersionOfTheFormatIsRefused() {
    refused(archive("pkg5.archive.version.1", gzip("")), "version '1'");
  }

  @Test
  void aFileThatWasCutOffIsRefusedWithTheLengthItShouldHave() throws IOException {
    byte[] whole = Files.readAllBytes(GoldenArchiveTest.golden("archive/golden-one.p5p"));
    for (int length : new int[] {whole.length / 2, 20000, 3500, 1600, 700, 100}) {
      assertThatThrownBy(() -> open(file(Arrays.copyOf(whole, length))))
          .as("cut to %d", length)
          .isInstanceOf(MalformedException.class);
    }
    refused(file(Arrays.copyOf(whole, whole.length / 2)), "cut off");
    refused(file(new byte[0]), "empty");
  }

  @Test
  void aCompressedTarIsRefused() {
    refused(file(gzip("x".repeat(5000))), "it is compressed");
  }

  @Test
  void anExtendedHeaderOfGigabytesIsRefusedUnread() {
    byte[] block = new TarBlock("././@PaxHeader", 5L << 30, TarBlock.PAX).toBytes();
    refused(file(Arrays.copyOf(block, 4096)), "claims");
  }

  @Test
  void extendedHeadersWithoutEndAreRefused() {
    byte[] block = new TarBlock("././@PaxHeader", 0, TarBlock.PAX).toBytes();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < 1000; i++) {
      all.writeBytes(block);
    }
    refused(file(all.toByteArray()), "too many extended headers");
  }

  @Test
  void aMemberLargerThanTheFileIsRefused() {
    byte[] block = new TarBlock("publisher/x", 5L << 30, TarBlock.FILE).toBytes();
    refused(file(Arrays.copyOf(block, 4096)), "ends before that");
  }

  @Test
  void aPublisherThatIsNoPublisherIsRefused() {
    member("publisher/ev il/pkg", "");
    refused(archive(), "not a valid publisher prefix");
  }

  @Test
  void aLinkIsNeverReadAsAFile() {
    String version = STEM + "/1.0%2C5.11%3A20250101T000000Z";
    NewMember link =
        new NewMember(
            version, '2', 0, "", java.util.Optional.empty(), java.io.InputStream::nullInputStream);
    line(version, 0, 512, 0);
    add(link, "");
    try (PackageArchive archive = PackageArchive.open(archive())) {
      assertThatThrownBy(
              () -> archive.manifest(Fmri.parse("pkg://example.com/a@1.0,5.11:20250101T000000Z")))
          .isInstanceOf(MalformedException.class);
    }
  }

  @Test
  void aMissingFileIsNotFound() {
    assertThatThrownBy(() -> open(directory.resolve("none.p5p")))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("none.p5p' does not exist");
  }

  @Test
  void aPayloadNameThatIsNoneIsRefused() {
    member("publisher/example.com", "");
    try (PackageArchive archive = PackageArchive.open(archive())) {
      assertThatThrownBy(() -> archive.payload("example.com", "../../../etc/passwd"))
          .isInstanceOf(MalformedException.class);
    }
  }

  @Test
  void aPlainTarOfTheSameTreeIsReadToo() {
    member("publisher/example.com/pkg/a/1.0%2C5.11%3A20250101T000000Z", "set name=a value=b\n");
    try (PackageArchive archive = PackageArchive.open(file(members.toByteArray()))) {
      assertThat(archive.packages("example.com")).hasSize(1);
      assertThat(archive.manifest(archive.packages("example.com").getFirst()))
          .asString()
          .isEqualTo("set name=a value=b\n");
    }
  }
}
