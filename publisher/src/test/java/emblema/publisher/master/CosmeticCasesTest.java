package emblema.publisher.master;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.error.NothingToDoException;
import emblema.publisher.master.cosmetic.Comparison;
import emblema.publisher.master.plan.Plan;
import emblema.publisher.master.plan.PlannedPackage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The class "cosmetic" of spec master-image-diff, section 4, and its two switches. */
class CosmeticCasesTest {
  @TempDir Path directory;
  private Story story;
  private Tree old;
  private Tree now;

  @BeforeEach
  void makeMasters() throws IOException {
    story = new Story(directory).rules("package base **\n");
    old = stamped(story.tree(), 1);
    story.baseline(old);
    now = stamped(story.copy(old), 2);
  }

  @AfterEach
  void close() {
    story.close();
  }

  private static Tree stamped(Tree tree, int time) throws IOException {
    return tree.program("usr/lib/python3/a.pyc", python(time, "code"))
        .program("usr/share/doc/b.gz", gzip(time))
        .program("usr/lib/libc.a", archive(time))
        .program("usr/share/d.jar", zip(time));
  }

  private static byte[] python(int time, String code) {
    ByteBuffer bytes = ByteBuffer.allocate(16 + code.length()).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(0x0A0D0DA7).putInt(0).putInt(time).putInt(7);
    return bytes.put(code.getBytes(StandardCharsets.US_ASCII)).array();
  }

  private static byte[] gzip(int time) {
    ByteBuffer bytes = ByteBuffer.allocate(30).order(ByteOrder.LITTLE_ENDIAN);
    return bytes.putShort((short) 0x8b1f).putShort((short) 8).putInt(time).array();
  }

  private static byte[] archive(int time) {
    return String.format(
            "!<arch>%n%-16s%-12d%-6d%-6d%-8s%-10d`%nabcd", "a.o/", time, 0, 0, "644", 4)
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] zip(int time) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String name : new String[] {"a", "b"}) {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(java.time.LocalDateTime.of(2025, 1, time, 0, 0));
        zip.putNextEntry(entry);
        zip.write(name.getBytes(StandardCharsets.US_ASCII));
      }
    }
    return bytes.toByteArray();
  }

  @Test
  void stampsCountWithoutTheSwitch() {
    Plan plan = story.plan(old, now);

    assertThat(plan.changes()).filteredOn(change -> change.matters()).hasSize(4);
  }

  @Test
  void withTheSwitchStampsAloneAreNothingToPublish() {
    story.choices(Switches.compare(new Comparison(true, false)));

    assertThatThrownBy(() -> story.plan(old, now)).isInstanceOf(NothingToDoException.class);
  }

  @Test
  void theOldContentStaysWhenSomethingElseChanges() {
    story.choices(Switches.compare(new Comparison(true, false)));
    String before = story.at("usr/share/d.jar");
    story.next(old, now.file("usr/bin/tool", "tool"));

    assertThat(story.at("usr/share/d.jar")).isEqualTo(before);
    assertThat(story.at("usr/bin/tool")).isNotEmpty();

    // the next release starts from the tree with the new stamps: that is no drift
    Tree third = story.copy(now).file("usr/bin/tool", "tool 3");
    assertThat(story.next(now, third).published())
        .extracting(PlannedPackage::stem)
        .containsExactly("base", "master/incorporation");
    assertThat(story.at("usr/share/d.jar")).isEqualTo(before);
  }

  @Test
  void realChangesCountWithTheSwitch() throws IOException {
    story.choices(Switches.compare(new Comparison(true, false)));
    now.program("usr/lib/python3/a.pyc", python(2, "cove"));

    Plan plan = story.plan(old, now);

    assertThat(plan.changes())
        .filteredOn(change -> change.matters())
        .extracting(change -> change.path())
        .containsExactly("usr/lib/python3/a.pyc");
  }

  @Test
  void datesInTarArchivesAreStamps() {
    story.choices(Switches.compare(new Comparison(true, false)));
    Tree first = story.copy(now).program("usr/share/e.tar", tar(1));
    story.next(old, first);
    Tree second = story.copy(first).program("usr/share/e.tar", tar(2));

    assertThatThrownBy(() -> story.plan(first, second)).isInstanceOf(NothingToDoException.class);
  }

  private static byte[] tar(int time) {
    byte[] block = new byte[1536];
    TarArchiveEntry entry = new TarArchiveEntry("name");
    entry.setModTime(time * 1000L);
    entry.setSize(3);
    entry.writeEntryHeader(block);
    block[512] = 'x';
    return block;
  }

  @Test
  void elfFilesThatLoadTheSameAreTheSameOnlyWithTheirSwitch() {
    Tree first = story.copy(now).program("usr/bin/tool", elf("one"));
    story.next(old, first);
    Tree second = story.copy(first).program("usr/bin/tool", elf("another, longer"));
    assertThat(story.plan(first, second).published()).isNotEmpty();

    story.choices(Switches.compare(new Comparison(false, true)));
    assertThatThrownBy(() -> story.plan(first, second)).isInstanceOf(NothingToDoException.class);
    Tree third = story.copy(second).program("usr/bin/tool", elf("x", "other code"));
    assertThat(story.plan(first, third).published()).isNotEmpty();
  }

  private static byte[] elf(String comment) {
    return elf(comment, "code");
  }

  /** A file of three sections: names, text and a comment. */
  private static byte[] elf(String comment, String code) {
    byte[] names = "\0.text\0.comment\0.shstrtab\0".getBytes(StandardCharsets.US_ASCII);
    int textAt = 64 + names.length;
    int commentAt = textAt + code.length();
    int table = commentAt + comment.length();
    ByteBuffer file = ByteBuffer.allocate(table + 4 * 64).order(ByteOrder.LITTLE_ENDIAN);
    file.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}).position(16);
    file.putShort((short) 2).putShort((short) 62).putInt(1);
    file.putLong(40, table);
    file.putShort(58, (short) 64).putShort(60, (short) 4).putShort(62, (short) 3);
    file.position(64);
    file.put(names).put(code.getBytes(StandardCharsets.US_ASCII));
    file.put(comment.getBytes(StandardCharsets.US_ASCII));
    section(file, table + 64, 1, textAt, code.length());
    section(file, table + 128, 7, commentAt, comment.length());
    section(file, table + 192, 16, 64, names.length);
    return file.array();
  }

  private static void section(ByteBuffer file, int at, int name, int offset, int size) {
    file.putInt(at, name).putInt(at + 4, 1).putLong(at + 24, offset).putLong(at + 32, size);
  }
}
