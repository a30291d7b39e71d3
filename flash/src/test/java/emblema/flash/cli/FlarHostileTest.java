package emblema.flash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.flash.archive.MadeArchive;
import emblema.flash.codec.LzwOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Archives that were made to do harm, by the name of the attack; none writes where it should not.
 */
class FlarHostileTest {
  /** Of a child process; less than each bomb would need. */
  private static final int HEAP_MEGABYTES = 40;

  @TempDir Path directory;

  private CommandRun flar(String... arguments) {
    return CommandRun.of(FlarMain.program(), directory, arguments);
  }

  private void write(String name, byte[] content) throws IOException {
    Files.write(directory.resolve(name), content);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../evil",
        "..",
        "/etc/evil",
        "a/b",
        ".hidden",
        "parts/../../evil",
        "cookie",
        "identification",
        "",
        "evil\rname",
        "evil\u001b[2Jname",
        "a=b"
      })
  void aSectionNameThatWouldWriteElsewhereIsRefused(String name) throws IOException {
    byte[] evil = MadeArchive.with().section(name, "x\n").payload(MadeArchive.cpioOf("harmless"));
    write("evil.flar", evil);
    for (String[] command :
        List.of(
            new String[] {"info", "evil.flar"},
            new String[] {"info", "-l", "evil.flar"},
            new String[] {"split", "--all", "-d", "parts", "evil.flar"},
            new String[] {"split", "-S", "archive", "-d", "parts", "evil.flar"})) {
      CommandRun run = flar(command);
      assertThat(run.status()).as(run.err()).isEqualTo(1);
      assertThat(run.err()).contains("is not allowed").doesNotContain("\u001b");
    }
    assertThat(directory.resolve("evil")).doesNotExist();
    assertThat(directory.resolve("parts/.hidden")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../cookie", "/etc/passwd", "a/b", "cookie", "archive", ".hidden"})
  void combineTakesNoSectionFromElsewhere(String name) throws IOException {
    write("made.flar", MadeArchive.with().payload(MadeArchive.cpioOf("harmless")));
    assertThat(flar("split", "-d", "parts", "made.flar").status()).isZero();
    CommandRun combine = flar("combine", "-d", "parts", "-u", name, "new.flar");
    assertThat(combine.status()).isEqualTo(1);
    assertThat(combine.err()).contains("'" + name + "' cannot be a section");
    assertThat(directory.resolve("new.flar")).doesNotExist();
  }

  @Test
  void combineFollowsNoLinkToAFileThatIsNoSection() throws IOException {
    write("made.flar", MadeArchive.with().payload(MadeArchive.cpioOf("harmless")));
    write("secret", "secret\n".getBytes(StandardCharsets.UTF_8));
    assertThat(flar("split", "-d", "parts", "made.flar").status()).isZero();
    Files.createSymbolicLink(directory.resolve("parts/X-link"), directory.resolve("secret"));
    CommandRun combine = flar("combine", "-d", "parts", "-u", "X-link", "new.flar");
    assertThat(combine.status()).isEqualTo(1);
    assertThat(combine.err()).contains("X-link");
    assertThat(directory.resolve("new.flar")).doesNotExist();
  }

  @Test
  void splitReplacesALinkThatWaitsForItInsteadOfWritingThroughIt() throws IOException {
    write("made.flar", MadeArchive.with().section("X-note", "new\n").payload(new byte[0]));
    write("victim", "old\n".getBytes(StandardCharsets.UTF_8));
    Files.createDirectory(directory.resolve("parts"));
    Files.createSymbolicLink(directory.resolve("parts/X-note"), directory.resolve("victim"));
    CommandRun split = flar("split", "-S", "X-note", "-d", "parts", "made.flar");
    assertThat(split.status()).as(split.err()).isZero();
    assertThat(directory.resolve("victim")).hasContent("old\n");
    assertThat(directory.resolve("parts/X-note")).hasContent("new\n").isRegularFile();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../evil", "a/../../evil", "/../evil", "..", "./../evil", "a/./../b"})
  void aMemberPathThatLeavesTheDirectoryIsRefused(String name) throws IOException {
    write("evil.flar", MadeArchive.with().payload(MadeArchive.cpioOf(name)));
    CommandRun split = flar("split", "-f", "-d", "parts", "evil.flar");
    assertThat(split.status()).isEqualTo(1);
    assertThat(split.err()).contains("is not allowed");
    assertThat(directory.resolve("evil")).doesNotExist();
    assertThat(directory.resolve("parts/evil")).doesNotExist();
  }

  @Test
  void aMemberPathDeeperThanAnyStackIsRefused() throws Exception {
    String deep = "a/".repeat(30_000) + "a";
    write("evil.flar", MadeArchive.with().payload(MadeArchive.cpioOf(deep)));
    CommandRun split = flar("split", "-f", "-d", "parts", "evil.flar");
    assertThat(split.status()).as(split.err()).isEqualTo(1);
    assertThat(flar("info", "-l", "evil.flar").out()).isEqualTo(deep + "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rootpool=rpool", "bootfs=rpool/ROOT/s10"})
  void aZfsRootArchiveIsRecognisedByItsKeywords(String line) throws IOException {
    write("zfs.flar", MadeArchive.with("files_archived_method=zfs", line).payload(sendStream()));
    requireRefusedAsZfs("zfs.flar");
  }

  @Test
  void aZfsSendStreamIsRecognisedByItsFirstBytesWhateverTheKeywordsSay() throws IOException {
    write("plain.flar", MadeArchive.with().payload(sendStream()));
    requireRefusedAsZfs("plain.flar");
    byte[] compressed = MadeArchive.compressed(sendStream());
    write("lzw.flar", MadeArchive.with("files_compressed_method=compress").payload(compressed));
    requireRefusedAsZfs("lzw.flar");
  }

  private void requireRefusedAsZfs(String name) {
    assertThat(flar("info", name).status()).isZero();
    for (String[] command :
        List.of(
            new String[] {"info", "-l", name}, new String[] {"split", "-f", "-d", "parts", name})) {
      CommandRun run = flar(command);
      assertThat(run.status()).isEqualTo(1);
      assertThat(run.err()).contains("ZFS root pool").contains("zfs receive");
    }
    assertThat(flar("split", "-d", "raw-" + name, name).status()).isZero();
    assertThat(directory.resolve("raw-" + name + "/archive")).isRegularFile();
  }

  /** The first record of {@code zfs send} on a machine with the low byte first. */
  private static byte[] sendStream() {
    byte[] record = new byte[312];
    byte[] magic = HexFormat.of().parseHex("accbbaf502000000");
    System.arraycopy(magic, 0, record, 8, magic.length);
    return record;
  }

  @Test
  void anLzwBombIsListedInBoundedMemory() throws Exception {
    long size = 100L << 20;
    Path bomb = directory.resolve("bomb.flar");
    try (OutputStream out = Files.newOutputStream(bomb)) {
      out.write(MadeArchive.with("files_compressed_method=compress").head());
      LzwOutputStream lzw = new LzwOutputStream(out);
      byte[] cpio = MadeArchive.cpioOf(MadeArchive.file("bomb", 0));
      byte[] header = java.util.Arrays.copyOf(cpio, 116);
      byte[] claim = String.format("%08X", size).getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(claim, 0, header, 54, 8);
      lzw.write(header);
      byte[] zeros = new byte[1 << 20];
      for (long i = 0; i < size; i += zeros.length) {
        lzw.write(zeros);
      }
      lzw.write(java.util.Arrays.copyOfRange(cpio, 116, cpio.length));
      lzw.finish();
    }
    assertThat(Files.size(bomb)).isLessThan(2 << 20);
    assertThat(inLittleMemory("info", "-l", "bomb.flar")).isEqualTo("0 bomb\n");
  }

  @Test
  void aCpioNameThatClaimsGigabytesEndsInBoundedMemory() throws Exception {
    byte[] cpio = MadeArchive.cpioOf("name");
    System.arraycopy("7FFFFFFF".getBytes(StandardCharsets.US_ASCII), 0, cpio, 94, 8);
    write("bomb.flar", MadeArchive.with().payload(cpio));
    assertThat(inLittleMemory("info", "-l", "bomb.flar"))
        .startsWith("1 ")
        .contains("a name claims");
  }

  @Test
  void aCpioLinkTargetThatClaimsGigabytesEndsInBoundedMemory() throws Exception {
    byte[] cpio = MadeArchive.cpioOf("link");
    System.arraycopy("0000A1FF".getBytes(StandardCharsets.US_ASCII), 0, cpio, 14, 8);
    System.arraycopy("7FFFFFFF".getBytes(StandardCharsets.US_ASCII), 0, cpio, 54, 8);
    write("bomb.flar", MadeArchive.with().payload(cpio));
    assertThat(inLittleMemory("info", "-l", "bomb.flar"))
        .startsWith("1 ")
        .contains("target of link 'link' claims");
  }

  @Test
  void paxHeadersThatClaimGigabytesEndInBoundedMemory() throws Exception {
    long size = 60L << 20;
    Path bomb = directory.resolve("bomb.flar");
    try (OutputStream out = Files.newOutputStream(bomb)) {
      out.write(
          MadeArchive.with("files_archived_method=pax", "files_compressed_method=compress").head());
      LzwOutputStream lzw = new LzwOutputStream(out);
      lzw.write(header("x", size));
      lzw.write((size + " path=").getBytes(StandardCharsets.US_ASCII));
      byte[] letters = "a".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
      for (long i = 0; i < size; i += letters.length) {
        lzw.write(letters);
      }
      lzw.finish();
    }
    assertThat(inLittleMemory("info", "-l", "bomb.flar"))
        .startsWith("1 ")
        .contains("headers claim more than");
  }

  /** A tar header block. */
  private static byte[] header(String type, long size) {
    byte[] block = new byte[512];
    put(block, 0, "PaxHeaders/x");
    put(block, 100, "0000644\0" + "0000000\0" + "0000000\0");
    put(block, 124, String.format("%011o", size) + "\0" + "00000000000\0");
    put(block, 148, "        " + type);
    put(block, 257, "ustar\0" + "00");
    int sum = 0;
    for (byte each : block) {
      sum += each & 0xFF;
    }
    put(block, 148, String.format("%06o", sum) + "\0 ");
    return block;
  }

  private static void put(byte[] block, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, block, at, bytes.length);
  }

  @Test
  void aSparseMemberIsRefusedBecauseItsHolesCouldClaimAnySize() throws Exception {
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    String records = sparseRecords();
    tar.writeBytes(header("x", records.length()));
    tar.writeBytes(java.util.Arrays.copyOf(records.getBytes(StandardCharsets.US_ASCII), 512));
    tar.writeBytes(header("0", 0));
    tar.writeBytes(new byte[1024]);
    write("sparse.flar", MadeArchive.with("files_archived_method=pax").payload(tar.toByteArray()));
    CommandRun list = flar("info", "-l", "sparse.flar");
    assertThat(list.status()).isEqualTo(1);
    assertThat(list.err()).contains("sparse");
  }

  private static String sparseRecords() {
    StringBuilder records = new StringBuilder();
    for (String record :
        List.of(
            "GNU.sparse.size=9000000000000000", "GNU.sparse.numblocks=1", "GNU.sparse.map=0,0")) {
      int length = record.length() + 4;
      records.append(length).append(' ').append(record).append('\n');
    }
    return records.toString();
  }

  @Test
  void anEndlessLineIsRefusedInBoundedMemory() throws Exception {
    Path bomb = directory.resolve("bomb.flar");
    try (OutputStream out = Files.newOutputStream(bomb)) {
      out.write("FlAsH-aRcHiVe-2.0\nsection_begin=identification\n".getBytes());
      byte[] letters = "a".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
      for (int i = 0; i < 60; i++) {
        out.write(letters);
      }
    }
    assertThat(inLittleMemory("info", "bomb.flar")).startsWith("1 ").contains("is longer than");
  }

  @Test
  void millionsOfKeywordsAreRefusedInBoundedMemory() throws Exception {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 1_000_000; i++) {
      lines.append("X-").append(i).append("=\n");
    }
    write("bomb.flar", MadeArchive.with(lines.toString()).payload(new byte[0]));
    assertThat(inLittleMemory("info", "bomb.flar")).startsWith("1 ").contains("more than 65536");
  }

  @Test
  void aSectionOfAnySizeIsPassedOverInBoundedMemory() throws Exception {
    Path bomb = directory.resolve("bomb.flar");
    try (OutputStream out = Files.newOutputStream(bomb)) {
      String head = new String(MadeArchive.with().head(), StandardCharsets.UTF_8);
      out.write(head.replace("section_begin=archive\n", "section_begin=X-big\n").getBytes());
      byte[] letters = "a".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
      for (int i = 0; i < 60; i++) {
        out.write(letters);
      }
      out.write("\nsection_end=X-big\nsection_begin=archive\n".getBytes());
      out.write(MadeArchive.cpioOf("small"));
    }
    assertThat(inLittleMemory("info", "-l", "bomb.flar")).isEqualTo("0 small\n");
    assertThat(inLittleMemory("split", "-S", "X-big", "bomb.flar")).startsWith("0 ");
    assertThat(Files.size(directory.resolve("X-big"))).isEqualTo((60L << 20) + 1);
  }

  /** Status and output of a command in a process of its own with a small heap. */
  private String inLittleMemory(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-Xmx" + HEAP_MEGABYTES + "m",
                "-cp",
                System.getProperty("java.class.path"),
                FlarMain.class.getName()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("output").toFile())
            .start();
    int status = process.waitFor();
    return status + " " + Files.readString(directory.resolve("output"));
  }
}
