package emblema.core.hash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.fornwall.jelf.ElfSection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** ELF files made by hand: a text, a comment that does not count, and memory without bytes. */
class ElfFileTest {
  private static final byte[] TEXT = "program text".getBytes(StandardCharsets.UTF_8);
  private static final byte[] NAMES =
      "\0.text\0.comment\0.bss\0.shstrtab\0".getBytes(StandardCharsets.UTF_8);

  @ParameterizedTest
  @CsvSource({
    "64, LITTLE_ENDIAN, 62, i386",
    "32, LITTLE_ENDIAN, 3, i386",
    "32, BIG_ENDIAN, 2, sparc",
    "64, BIG_ENDIAN, 43, sparc",
    "64, LITTLE_ENDIAN, 183, aarch64",
    "64, BIG_ENDIAN, 21, ppc",
    "64, LITTLE_ENDIAN, 0, none",
    "64, LITTLE_ENDIAN, 243, other"
  })
  void hashesTheSectionsThatMatter(int bits, String order, int machine, String arch)
      throws IOException {
    byte[] file = file(bits, order.startsWith("B"), machine, TEXT, "made by x");
    byte[] hashed =
        ByteBuffer.allocate(TEXT.length + 8 + NAMES.length)
            .put(TEXT)
            .putLong(4096)
            .put(NAMES)
            .array();
    assertThat(facts(file))
        .contains(
            new PayloadFacts.ElfFacts(
                arch, bits, Digest.SHA1.hex(hashed), Digest.SHA512T_256.hex(hashed)));
    assertThat(facts(file(bits, order.startsWith("B"), machine, TEXT, "made by another")))
        .isEqualTo(facts(file));
  }

  /** Against jelf's idea of sections, on whatever program runs this test. */
  @Test
  void agreesWithAnotherReaderOnARealProgram() throws IOException {
    Path program = Path.of(System.getProperty("java.home"), "bin", "java");
    byte[] bytes = Files.readAllBytes(program);
    net.fornwall.jelf.ElfFile elf = net.fornwall.jelf.ElfFile.from(bytes);
    ByteArrayOutputStream hashed = new ByteArrayOutputStream();
    List<String> leftOut = List.of(".comment", ".plt", ".rela.plt", ".note", ".debug", ".line");
    for (int i = 1; i < elf.e_shnum; i++) {
      ElfSection section = elf.getSection(i);
      if (leftOut.contains(String.valueOf(section.header.getName()))) {
        continue;
      }
      if (section.header.sh_type == 8) {
        hashed.write(ByteBuffer.allocate(8).putLong(section.header.sh_size).array());
      } else {
        int from = (int) section.header.sh_offset;
        hashed.write(bytes, from, (int) section.header.sh_size);
      }
    }
    assertThat(facts(bytes))
        .get()
        .extracting(PayloadFacts.ElfFacts::hash)
        .isEqualTo(Digest.SHA1.hex(hashed.toByteArray()));
  }

  @Test
  void readsAChannelAsAStream(@TempDir Path folder) throws IOException {
    byte[] file = file(64, false, 62, TEXT, "x");
    Path path = Files.write(folder.resolve("elf"), file);
    try (SeekableByteChannel channel = Files.newByteChannel(path)) {
      assertThat(PayloadGzip.write(channel, OutputStream.nullOutputStream()).elf())
          .isPresent()
          .isEqualTo(facts(file));
    }
  }

  @Test
  void readsALongFileFromAChannelOnly(@TempDir Path folder) throws IOException {
    byte[] file = file(64, false, 62, new byte[ElfSource.LONGEST], "x");
    assertThat(facts(file)).isEmpty();
    Path path = Files.write(folder.resolve("elf"), file);
    try (SeekableByteChannel channel = Files.newByteChannel(path)) {
      assertThat(PayloadGzip.write(channel, OutputStream.nullOutputStream()).elf()).isPresent();
    }
  }

  /** Every prefix, and every byte changed: facts or none, never a failure. */
  @Test
  void survivesDamage() throws IOException {
    byte[] file = file(64, false, 62, TEXT, "x");
    for (int length = 0; length < file.length; length++) {
      facts(Arrays.copyOf(file, length));
    }
    for (int i = 0; i < file.length; i++) {
      for (int value : new int[] {0, 1, 0x7f, 0x80, 0xff}) {
        byte[] damaged = file.clone();
        damaged[i] = (byte) value;
        assertThat(facts(damaged)).isNotNull();
      }
    }
  }

  @Test
  void givesNoFactsForSectionsThatOverlapBeyondTheFile() throws IOException {
    byte[] file = file(64, false, 62, TEXT, "x");
    ByteBuffer table = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int first = (int) table.getLong(40) + 64;
    table.putLong(first + 24, 0).putLong(first + 32, file.length);
    assertThat(facts(file)).isEmpty();
  }

  private static Optional<PayloadFacts.ElfFacts> facts(byte[] file) throws IOException {
    return PayloadGzip.write(
            new ByteArrayInputStream(file), file.length, OutputStream.nullOutputStream())
        .elf();
  }

  /** Header, contents, section table: null, .text, .comment, .bss, .shstrtab. */
  private static byte[] file(int bits, boolean big, int machine, byte[] text, String comment) {
    boolean wide = bits == 64;
    int header = wide ? 64 : 52;
    int entry = wide ? 64 : 40;
    byte[] remark = comment.getBytes(StandardCharsets.UTF_8);
    int table = header + text.length + remark.length + NAMES.length;
    ByteBuffer out = ByteBuffer.allocate(table + 5 * entry);
    out.order(big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    out.put(new byte[] {0x7f, 'E', 'L', 'F', (byte) (wide ? 2 : 1), (byte) (big ? 2 : 1), 1});
    out.putShort(16, (short) 2).putShort(18, (short) machine);
    if (wide) {
      out.putLong(40, table);
    } else {
      out.putInt(32, table);
    }
    int counts = wide ? 58 : 46;
    out.putShort(counts, (short) entry)
        .putShort(counts + 2, (short) 5)
        .putShort(counts + 4, (short) 4);
    out.position(header).put(text).put(remark).put(NAMES);
    int[] names = {0, 1, 7, 16, 21};
    int[] types = {0, 1, 1, 8, 3};
    long[] sizes = {0, text.length, remark.length, 4096, NAMES.length};
    long offset = header;
    for (int i = 0; i < 5; i++) {
      int at = table + i * entry;
      out.putInt(at, names[i]).putInt(at + 4, types[i]);
      if (wide) {
        out.putLong(at + 24, offset).putLong(at + 32, sizes[i]);
      } else {
        out.putInt(at + 16, (int) offset).putInt(at + 20, (int) sizes[i]);
      }
      offset += types[i] == 8 ? 0 : sizes[i];
    }
    return out.array();
  }
}
