package emblema.flash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The sample archives, good and broken, through {@code flar info}, {@code split}, {@code combine}.
 */
class FlarReadTest {
  @TempDir Path directory;

  private CommandRun flar(String... arguments) {
    return CommandRun.of(FlarMain.program(), directory, arguments);
  }

  private Path sample(String name) throws IOException {
    Path copy = directory.resolve(name);
    try (InputStream in = FlarReadTest.class.getResourceAsStream("/" + name)) {
      Files.write(copy, in.readAllBytes());
    }
    return copy;
  }

  private static String expected(String name) throws IOException {
    try (InputStream in = FlarReadTest.class.getResourceAsStream("/" + name)) {
      return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "01-full-cpio",
        "02-full-cpio-compress",
        "03-select-x-y",
        "04-full-pax",
        "05-full-pax-X",
        "06-full-odc",
        "07-crc",
        "08-nosize-nohash",
        "09-v1",
        "10-user-sections",
        "11-minimal",
        "20-diff",
        "21-diff-nomanifest"
      })
  void showsAndListsEachSample(String name) throws IOException {
    sample(name + ".flar");
    CommandRun info = flar("info", name + ".flar");
    assertThat(info.out()).isEqualTo(expected(name + ".info.txt"));
    assertThat(info.status()).isZero();
    CommandRun list = flar("info", "-l", name + ".flar");
    assertThat(list.out()).isEqualTo(expected(name + ".list.txt"));
    assertThat(list.err()).doesNotContain("do not match");
    assertThat(list.status()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "90-bad-cookie, The archive is corrupt - bad cookie.",
    "91-bad-major-3, Unsupported version (3.0).",
    "93-no-ident, Could not find the identification section",
    "94-ident-unterminated, Identification section ended prematurely",
    "95-bad-method, Unknown archive method (zfs)",
    "96-bad-size, Bad archived size (-248)",
    "97-bad-date, Bad creation date (2000013122140x)",
    "98-no-archive-section, Could not find the files section",
    "99-section-unterminated, section summary is not closed",
  })
  void tellsWhatIsWrongWithABrokenArchive(String name, String message) throws IOException {
    sample(name + ".flar");
    CommandRun info = flar("info", name + ".flar");
    assertThat(info.err()).contains(message).contains(name);
    assertThat(info.status()).isEqualTo(1);
    CommandRun split = flar("split", "-d", "parts", name + ".flar");
    assertThat(split.status()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "92-minor-1, ''",
    "9c-unknown-keyword, department",
    "9d-no-content-name, content_name",
  })
  void takesWhatIsOnlyOdd(String name, String warning) throws IOException {
    sample(name + ".flar");
    CommandRun list = flar("info", "-l", name + ".flar");
    assertThat(list.status()).isZero();
    assertThat(list.err()).contains(warning);
    assertThat(list.out()).contains("aaa/bbb/ccc/ddd");
  }

  @Test
  void warnsOfAnIdThatDoesNotAgree() throws IOException {
    sample("9a-hash-mismatch.flar");
    CommandRun list = flar("info", "-l", "9a-hash-mismatch.flar");
    assertThat(list.err()).contains("Flash Archive IDs do not match (possible corrupt archive)");
    assertThat(list.status()).isZero();
    assertThat(flar("info", "-l", "--strict", "9a-hash-mismatch.flar").status()).isEqualTo(1);
  }

  @Test
  void showsATruncatedArchiveButListsItOnlyToTheCut() throws IOException {
    sample("9b-truncated.flar");
    assertThat(flar("info", "9b-truncated.flar").status()).isZero();
    CommandRun list = flar("info", "-l", "9b-truncated.flar");
    assertThat(list.status()).isEqualTo(1);
    assertThat(list.err()).contains("unexpected end of archive");
  }

  @Test
  void showsOneKeywordWhateverItsCase() throws IOException {
    sample("10-user-sections.flar");
    assertThat(flar("info", "-k", "Creation_Master", "10-user-sections.flar").out())
        .isEqualTo("pumbaa\n");
    assertThat(flar("info", "-k", "content_description", "10-user-sections.flar").out().lines())
        .hasSize(2);
    CommandRun none = flar("info", "-k", "no_such", "10-user-sections.flar");
    assertThat(none.out()).isEmpty();
    assertThat(none.status()).isEqualTo(1);
  }

  @Test
  void splitsIntoFilesOfTheRightSizes() throws IOException {
    sample("10-user-sections.flar");
    assertThat(flar("split", "-d", "three", "10-user-sections.flar").status()).isZero();
    assertThat(sizes("three"))
        .isEqualTo(Map.of("cookie", 18L, "identification", 646L, "archive", 729L));
    assertThat(flar("split", "--all", "-d", "all", "10-user-sections.flar").status()).isZero();
    assertThat(sizes("all"))
        .containsEntry("predeployment", 415L)
        .containsEntry("postdeployment", 370L)
        .containsEntry("reboot", 238L)
        .containsEntry("summary", 65L)
        .containsEntry("X-user_section_1", 44L)
        .containsEntry("TestApplicationLicenceCounter", 10L)
        .hasSize(9);
    assertThat(flar("split", "-d", "one", "-S", "summary", "10-user-sections.flar").status())
        .isZero();
    assertThat(sizes("one")).isEqualTo(Map.of("summary", 65L));
    CommandRun missing = flar("split", "-d", "one", "-S", "nothing", "10-user-sections.flar");
    assertThat(missing.status()).isEqualTo(1);
    assertThat(missing.err()).contains("has no section 'nothing'");
  }

  private Map<String, Long> sizes(String name) throws IOException {
    try (var files = Files.list(directory.resolve(name))) {
      Map<String, Long> sizes = new java.util.TreeMap<>();
      for (Path file : files.toList()) {
        sizes.put(file.getFileName().toString(), Files.size(file));
      }
      return sizes;
    }
  }

  @Test
  void combinesWhatItSplitToTheSameArchive() throws IOException {
    Path original = sample("10-user-sections.flar");
    String[] sections = {
      "summary reboot postdeployment predeployment",
      "X-user_section_1 TestApplicationLicenceCounter"
    };
    assertThat(flar("split", "--all", "-d", "parts", "10-user-sections.flar").status()).isZero();
    CommandRun combine =
        flar("combine", "-d", "parts", "-u", sections[0], "-u", sections[1], "again.flar");
    assertThat(combine.status()).isZero();
    assertThat(directory.resolve("again.flar")).hasSameBinaryContentAs(original);
  }

  @Test
  void combinesAnUnpackedArchive() throws IOException {
    for (String name : new String[] {"02-full-cpio-compress", "04-full-pax", "07-crc"}) {
      sample(name + ".flar");
      String parts = "parts-" + name;
      assertThat(flar("split", "-f", "-d", parts, name + ".flar").status()).isZero();
      assertThat(directory.resolve(parts + "/archive")).isDirectory();
      CommandRun combine = flar("combine", "-d", parts, "again-" + name + ".flar");
      assertThat(combine.status()).isZero();
      assertThat(flar("info", "-l", "again-" + name + ".flar").out().lines().sorted())
          .containsExactlyElementsOf(expected(name + ".list.txt").lines().sorted().toList());
    }
    Path rich = directory.resolve("parts-04-full-pax/archive");
    try (var files = Files.walk(rich)) {
      assertThat(files.filter(Files::isSymbolicLink)).isNotEmpty();
    }
  }

  @Test
  void refusesToCombineWhatIsNotThere() throws IOException {
    Files.createDirectory(directory.resolve("empty"));
    CommandRun combine = flar("combine", "-d", "empty", "new.flar");
    assertThat(combine.status()).isEqualTo(1);
    assertThat(combine.err()).contains("cookie' does not exist");
    assertThat(directory.resolve("new.flar")).doesNotExist();
  }

  @Test
  void refusesASectionThatImitatesABoundary() throws IOException {
    sample("01-full-cpio.flar");
    assertThat(flar("split", "-d", "parts", "01-full-cpio.flar").status()).isZero();
    Files.writeString(directory.resolve("parts/X-evil"), "text\nsection_begin=archive\nmore\n");
    CommandRun combine = flar("combine", "-d", "parts", "-u", "X-evil", "new.flar");
    assertThat(combine.status()).isEqualTo(1);
    assertThat(combine.err()).contains("looks like a boundary");
    assertThat(directory.resolve("new.flar")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../evil", "a/b", ".hidden", "archive2/../../x", "identification"})
  void sectionNamesCannotEscape(String name) throws IOException {
    String text =
        Files.readString(sample("11-minimal.flar"), java.nio.charset.StandardCharsets.ISO_8859_1);
    String evil =
        text.replace(
            "section_begin=archive\n",
            "section_begin=" + name + "\nx\nsection_end=" + name + "\nsection_begin=archive\n");
    Files.writeString(
        directory.resolve("evil.flar"), evil, java.nio.charset.StandardCharsets.ISO_8859_1);
    CommandRun split = flar("split", "--all", "-d", "parts", "evil.flar");
    assertThat(split.status()).isEqualTo(1);
    assertThat(split.err()).contains("is not allowed");
    assertThat(directory.resolve("../evil").normalize()).doesNotExist();
  }

  @Test
  void gnuToolsReadWhatCombinePacked() throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/cpio")), "cpio is not installed");
    sample("01-full-cpio.flar");
    assertThat(flar("split", "-f", "-d", "parts", "01-full-cpio.flar").status()).isZero();
    assertThat(flar("combine", "-d", "parts", "again.flar").status()).isZero();
    assertThat(flar("split", "-S", "archive", "-d", "raw", "again.flar").status()).isZero();
    Process cpio =
        new ProcessBuilder("cpio", "-it", "--quiet")
            .redirectInput(directory.resolve("raw/archive").toFile())
            .start();
    String names = new String(cpio.getInputStream().readAllBytes());
    assertThat(cpio.waitFor()).isZero();
    assertThat(names).isEqualTo(expected("01-full-cpio.list.txt"));
  }

  @Test
  void anyOtherFileIsNoArchive() throws IOException {
    Files.write(directory.resolve("zeros"), new byte[1 << 20]);
    assertThat(flar("info", "zeros").err()).contains("bad cookie");
    assertThat(flar("info", "nowhere").err()).contains("does not exist");
    assertThat(flar("info").status()).isEqualTo(2);
    assertThat(flar("info", "-p", "1", "zeros").status()).isEqualTo(2);
  }

  @Test
  void readsTheMisspeltKeywordOfTheManualsToo() throws IOException {
    String text =
        Files.readString(
            sample("02-full-cpio-compress.flar"), java.nio.charset.StandardCharsets.ISO_8859_1);
    Files.writeString(
        directory.resolve("slip.flar"),
        text.replace("files_compressed_method=", "files_compress_method="),
        java.nio.charset.StandardCharsets.ISO_8859_1);
    CommandRun list = flar("info", "-l", "slip.flar");
    assertThat(list.err()).isEmpty();
    assertThat(list.out()).isEqualTo(expected("02-full-cpio-compress.list.txt"));
  }

  @Test
  void theMisspeltCookieOfTheManualsIsNone() throws IOException {
    Files.writeString(directory.resolve("slip.flar"), "FlAsH-ARcHive-2.0\n");
    assertThat(flar("info", "slip.flar").err()).contains("bad cookie");
  }
}
