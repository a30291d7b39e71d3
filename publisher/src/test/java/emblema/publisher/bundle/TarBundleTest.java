package emblema.publisher.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.action.ActionWriter;
import emblema.core.error.MalformedException;
import emblema.core.event.EventSink;
import emblema.store.publication.PayloadSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarBundleTest {
  @TempDir Path directory;

  private interface Members {
    void addTo(TarArchiveOutputStream tar) throws IOException;
  }

  private interface Compressor {
    OutputStream on(OutputStream out) throws IOException;
  }

  private static byte[] tar(Members members) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      members.addTo(tar);
    }
    return bytes.toByteArray();
  }

  private Path file(String name, byte[] content) throws IOException {
    return Files.write(directory.resolve(name), content);
  }

  private static void add(
      TarArchiveOutputStream tar, String name, char type, String link, String content)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, (byte) type, true);
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    entry.setSize(bytes.length);
    entry.setMode(type == '5' ? 0755 : 04644);
    entry.setUserName("alice");
    entry.setGroupName("staff");
    entry.setModTime(1_600_000_000_000L);
    if (!link.isEmpty()) {
      entry.setLinkName(link);
    }
    tar.putArchiveEntry(entry);
    tar.write(bytes);
    tar.closeArchiveEntry();
  }

  private static void sample(TarArchiveOutputStream tar) throws IOException {
    add(tar, "./", '5', "", "");
    add(tar, "./usr/", '5', "", "");
    add(tar, "./usr/a b", '0', "", "one");
    add(tar, "usr/" + "n".repeat(200), '0', "", "long");
    add(tar, "usr/link", '2', "../x/y", "");
    add(tar, "usr/bin/hard", '1', "./usr/a b", "");
    add(tar, "usr/fifo", '6', "", "");
    add(tar, "usr/twice", '0', "", "first");
    add(tar, "/usr/twice", '0', "", "second");
  }

  private Bundle open(Path file, EventSink events) {
    return Bundles.open(file, BundleOptions.of(directory, events));
  }

  private static List<String> lines(Bundle bundle) {
    List<String> lines = new ArrayList<>();
    bundle.forEach(entry -> lines.add(ActionWriter.write(entry.action())));
    return lines;
  }

  private static String content(PayloadSource source) {
    try (InputStream in = source.open()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void readsEveryKindOfMemberWithItsOwner() throws IOException {
    List<Object> events = new ArrayList<>();
    try (Bundle bundle = open(file("a.tar", tar(TarBundleTest::sample)), events::add)) {
      String owned = "group=staff mode=04644 owner=alice path=";
      assertThat(lines(bundle))
          .containsExactly(
              "dir group=staff mode=0755 owner=alice path=usr",
              "file group=staff hash=\"usr/a b\" mode=04644 owner=alice path=\"usr/a b\"",
              "file usr/" + "n".repeat(200) + " " + owned + "usr/" + "n".repeat(200),
              "link path=usr/link target=../x/y",
              "hardlink path=usr/bin/hard target=\"../a b\"",
              "file usr/twice " + owned + "usr/twice");
      assertThat(events).hasSize(1).first().asString().contains("skipped 'usr/fifo'");
      assertThat(bundle.payload("usr/twice").map(TarBundleTest::content)).contains("second");
      assertThat(bundle.payload("./usr/a b").map(TarBundleTest::content)).contains("one");
      assertThat(bundle.payload("usr/a b").map(TarBundleTest::content)).contains("one");
      assertThat(bundle.payload("usr/none")).isEmpty();
    }
  }

  @Test
  void keepsTimesThatAreWanted() throws IOException {
    BundleOptions options =
        BundleOptions.of(directory, EventSink.QUIET).with(List.of("tw*"), java.util.Set.of());
    try (Bundle bundle = Bundles.open(file("a.tar", tar(TarBundleTest::sample)), options)) {
      assertThat(lines(bundle))
          .filteredOn(line -> line.contains("timestamp"))
          .singleElement()
          .asString()
          .endsWith("path=usr/twice timestamp=20200913T122640Z");
    }
  }

  @Test
  void readsCompressedArchivesAndLeavesNothingBehind() throws IOException {
    List<Compressor> compressors =
        List.of(
            GZIPOutputStream::new,
            XZCompressorOutputStream::new,
            BZip2CompressorOutputStream::new,
            ZstdCompressorOutputStream::new);
    for (Compressor compressor : compressors) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (OutputStream out = compressor.on(bytes)) {
        out.write(tar(TarBundleTest::sample));
      }
      Path file = file("packed", bytes.toByteArray());
      try (Bundle bundle = open(file, EventSink.QUIET)) {
        assertThat(lines(bundle)).hasSize(6);
        assertThat(bundle.payload("usr/twice").map(TarBundleTest::content)).contains("second");
        try (Stream<Path> files = Files.list(directory)) {
          assertThat(files).containsExactly(file);
        }
      }
    }
  }

  @Test
  void refusesNamesThatLeaveTheTree() throws IOException {
    for (String name :
        List.of("../etc/shadow", "usr/../../x", "usr/..", "a\nb", "a/" + "x".repeat(300))) {
      Path file = file("evil.tar", tar(tar -> add(tar, name, '0', "", "x")));
      assertThatThrownBy(() -> open(file, EventSink.QUIET).close())
          .as(name)
          .isInstanceOf(MalformedException.class)
          .hasMessageContaining("evil.tar: the archive is refused: the name '");
    }
    Path file = file("evil.tar", tar(tar -> add(tar, "a", '1', "../../etc/shadow", "")));
    assertThatThrownBy(() -> open(file, EventSink.QUIET).close())
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("../../etc/shadow");
  }

  @Test
  void refusesDamagedArchivesAtEveryByteWithoutABug() throws IOException {
    byte[] good = tar(TarBundleTest::sample);
    for (int cut = 0; cut < 8 * 512; cut += 100) {
      Path file = file("cut.tar", Arrays.copyOf(good, cut));
      try (Bundle bundle = open(file, EventSink.QUIET)) {
        assertThat(lines(bundle)).hasSizeLessThan(7);
      } catch (MalformedException e) {
        assertThat(e).hasMessageContaining("cut.tar");
      }
    }
    for (int at = 0; at < good.length; at += 37) {
      byte[] bad = good.clone();
      bad[at] ^= 0x41;
      Path file = file("bad.tar", bad);
      try (Bundle bundle = open(file, EventSink.QUIET)) {
        assertThat(lines(bundle)).isNotNull();
      } catch (MalformedException e) {
        assertThat(e).hasMessageContaining("bad.tar");
      }
    }
  }

  @Test
  void refusesHeadersThatWouldFillTheMemory() throws IOException {
    byte[] good =
        tar(
            tar -> {
              TarArchiveEntry longName =
                  new TarArchiveEntry("././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME);
              byte[] name = "x".repeat(4 << 20).getBytes(StandardCharsets.UTF_8);
              longName.setSize(name.length);
              tar.putArchiveEntry(longName);
              tar.write(name);
              tar.closeArchiveEntry();
              add(tar, "a", '0', "", "x");
            });
    Path file = file("evil.tar", good);
    assertThatThrownBy(() -> open(file, EventSink.QUIET).close())
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("longer than any archive needs");
  }

  @Test
  void refusesWhatIsNoArchive() throws IOException {
    for (String text : List.of("", "hello\n", "x".repeat(2000))) {
      Path file = file("plain", text.getBytes(StandardCharsets.UTF_8));
      assertThatThrownBy(() -> open(file, EventSink.QUIET).close())
          .hasMessageContaining("is of an unknown bundle type");
    }
  }

  @Test
  void refusesATruncatedStream() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(tar(TarBundleTest::sample));
    }
    Path file = file("cut.tar.gz", Arrays.copyOf(bytes.toByteArray(), bytes.size() / 2));
    assertThatThrownBy(() -> open(file, EventSink.QUIET).close())
        .hasMessageContaining("cut.tar.gz");
  }
}
