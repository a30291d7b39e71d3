package emblema.flash.tree;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.error.EmblemaException;
import emblema.core.event.Event;
import emblema.core.event.EventSink;
import emblema.core.io.Disk;
import emblema.core.io.RealDisk;
import emblema.core.io.SafePath;
import emblema.flash.codec.CpioWriter;
import emblema.flash.codec.Member;
import emblema.flash.codec.MemberReader;
import emblema.flash.codec.PaxWriter;
import emblema.testkit.TreeSnapshot;
import emblema.testkit.TreeSnapshot.Detail;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives onto disk: what is made, and that nothing is ever made outside of the root. */
class ExtractionTest {
  @TempDir Path top;
  private Path root;
  private Path outside;
  private final List<String> warnings = new ArrayList<>();

  @BeforeEach
  void prepare() throws IOException {
    root = Files.createDirectory(top.resolve("root"));
    outside = Files.createDirectory(top.resolve("outside"));
    Files.writeString(outside.resolve("victim"), "untouched");
  }

  private void extract(Members members) {
    try (Disk disk = RealDisk.open(root)) {
      new Extraction(
              disk,
              SafePath.ROOT,
              event -> {
                if (event instanceof Event.Warning warning) {
                  warnings.add(warning.text());
                }
              })
          .run(members, "test.flar");
    }
  }

  @Test
  void extendedAttributesTravelInPaxArchives() throws Exception {
    byte[] binary = {0, 1, (byte) 0xFF, '\n', '=', 2};
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    try (Disk disk = RealDisk.open(outside)) {
      disk.setExtendedAttribute(SafePath.of("victim"), "user.name", "text".getBytes(UTF_8));
      disk.setExtendedAttribute(SafePath.of("victim"), "user.odd %=\u00fc", binary);
      disk.makeDirectory(SafePath.of("inner"), 0750);
      disk.setExtendedAttribute(SafePath.of("inner"), "user.directory", binary);
      PaxWriter writer = new PaxWriter(stream);
      new Packing(writer, false, EventSink.QUIET).run(whole(disk));
      writer.finish();
    }
    try (Disk disk = RealDisk.open(root)) {
      MemberReader reader = MemberReader.of(new ByteArrayInputStream(stream.toByteArray()), false);
      new Extraction(disk, SafePath.ROOT, EventSink.QUIET).run(reader, "test.flar");
      assertThat(disk.extendedAttributes(SafePath.of("victim")))
          .containsEntry("user.name", "text".getBytes(UTF_8))
          .containsEntry("user.odd %=\u00fc", binary);
      assertThat(disk.extendedAttributes(SafePath.of("inner")))
          .containsEntry("user.directory", binary);
    }
  }

  @Test
  void cpioHoldsNoAttributesAndThatIsSaid() {
    List<String> said = new ArrayList<>();
    try (Disk disk = RealDisk.open(outside)) {
      disk.setExtendedAttribute(SafePath.of("victim"), "user.name", new byte[] {1});
      CpioWriter writer = new CpioWriter(new ByteArrayOutputStream());
      new Packing(
              writer,
              true,
              event -> {
                if (event instanceof Event.Warning warning) {
                  said.add(warning.text());
                }
              })
          .run(whole(disk));
    }
    assertThat(said).singleElement().asString().contains("1 object", "'victim'", "-L pax");
  }

  private static TreeSource whole(Disk disk) {
    return new TreeSource(disk, SafePath.ROOT, Scope.ALL, EventSink.QUIET);
  }

  /** Refused with the name in the message, and outside of the root all is as it was. */
  private void refused(Members members, String name) {
    TreeSnapshot before = TreeSnapshot.of(outside, Detail.TIMES, Detail.IDENTITY);
    assertThatThrownBy(() -> extract(members))
        .isInstanceOf(EmblemaException.class)
        .hasMessageContaining(name);
    assertThat(before.difference(TreeSnapshot.of(outside, Detail.TIMES, Detail.IDENTITY)))
        .isEmpty();
    assertThat(top.toFile().list()).containsExactlyInAnyOrder("root", "outside");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../outside/new", "a/../../outside/new", "a/./b", "a//b", "..", "a/..", "a\0b"})
  void aNameThatLeavesTheRootIsRefused(String name) {
    refused(new Members().directory("a").file(name, "x"), name.replace("\0", "\\0"));
    refused(new Members().directory(name), name.replace("\0", "\\0"));
    refused(new Members().link(name, "a"), name.replace("\0", "\\0"));
    refused(new Members().node(name, Member.Kind.FIFO), name.replace("\0", "\\0"));
  }

  @Test
  void anAbsoluteNameMeansThePlaceBelowTheRoot() {
    extract(new Members().file("/etc/motd", "hello"));
    assertThat(root.resolve("etc/motd")).hasContent("hello");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ABSOLUTE", "../outside"})
  void aLinkThatTheArchivePlantsIsNotFollowed(String target) {
    String to = target.equals("ABSOLUTE") ? outside.toString() : target;
    refused(new Members().link("door", to).file("door/new", "x"), "door");
    refused(new Members().link("dor", to).directory("dor/new"), "dor");
    refused(new Members().link("dr", to).link("dr/new", "x"), "dr");
    refused(new Members().link("d", to).hardLink("copy", "d/victim"), "d");
    refused(new Members().file("f", "x").link("e", to).hardLink("e/new", "f"), "e");
    refused(new Members().link("g", to).file("g/victim", "x"), "g");
    refused(new Members().link("h", to).node("h/fifo", Member.Kind.FIFO), "h");
    refused(new Members().link("i", to).link("j", "i").file("j/deep/new", "x"), "j");
  }

  @Test
  void aLinkInPlaceOfAFileIsReplacedNotWrittenThrough() throws IOException {
    String victim = outside.resolve("victim").toString();
    extract(
        new Members()
            .link("a", victim)
            .file("a", "new")
            .link("b", victim)
            .directory("b")
            .link("c", victim)
            .node("c", Member.Kind.FIFO));
    assertThat(outside.resolve("victim")).hasContent("untouched");
    assertThat(root.resolve("a")).hasContent("new");
    assertThat(Files.isSymbolicLink(root.resolve("a"))).isFalse();
    assertThat(Files.isDirectory(root.resolve("b"), LinkOption.NOFOLLOW_LINKS)).isTrue();
  }

  @Test
  void aDirectoryThatBecomesALinkGetsNoModeAndTimesThroughIt() throws IOException {
    Files.setLastModifiedTime(outside, FileTime.fromMillis(5_000));
    extract(new Members().directory("a").link("a", outside.toString()));
    assertThat(Files.getLastModifiedTime(outside)).isEqualTo(FileTime.fromMillis(5_000));
    assertThat(Files.isSymbolicLink(root.resolve("a"))).isTrue();
  }

  @Test
  void aDirectoryThatSomebodySwapsForALinkMeanwhileIsNotFollowed() {
    refused(
        new Members()
            .directory("a")
            .file("a/one", "1")
            .meanwhile(
                () -> {
                  try {
                    Files.move(root.resolve("a"), root.resolve("aside"));
                    Files.createSymbolicLink(root.resolve("a"), outside);
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                })
            .file("a/two", "2"),
        "a/two");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../outside/victim", "a/../../outside/victim", "nowhere", "directory"})
  void aHardLinkToWhatIsNotAFileOfTheRootIsRefused(String target) {
    refused(new Members().directory("directory").hardLink("copy", target), target);
  }

  @Test
  void aHardLinkToALinkIsAnotherNameOfTheLink() {
    extract(
        new Members()
            .link("a", outside.resolve("victim").toString())
            .hardLink("b", "a")
            .file("b", 0600, "new"));
    assertThat(outside.resolve("victim")).hasContent("untouched");
    assertThat(root.resolve("b")).hasContent("new");
  }

  @Test
  void namesOfOneCpioFileAreNotLinkedToWhatReplacedIt() {
    Member first = new Member("a", Member.Kind.FILE, 0644, 0, 0, 1, 0, "", 3, 7, 9, 0);
    Member second = new Member("b", Member.Kind.FILE, 0644, 0, 0, 1, 0, "", 3, 7, 9, 0);
    extract(
        new Members()
            .add(first, "x")
            .link("a", outside.resolve("victim").toString())
            .add(second, "x")
            .file("b", "new"));
    assertThat(outside.resolve("victim")).hasContent("untouched");
  }

  @Test
  void devicesAreLeftOutForAnOrdinaryUserAndNamed() {
    try (Disk disk = RealDisk.open(root)) {
      Assumptions.assumeFalse(disk.isPrivileged(), "root can make devices");
    }
    extract(
        new Members()
            .node("dev/null", Member.Kind.CHARACTER)
            .node("dev/sda", Member.Kind.BLOCK)
            .node("pipe", Member.Kind.FIFO)
            .node("socket", Member.Kind.SOCKET));
    assertThat(root.resolve("dev/null")).doesNotExist();
    assertThat(Files.exists(root.resolve("pipe"))).isTrue();
    assertThat(warnings)
        .anyMatch(text -> text.contains("'dev/null'"))
        .anyMatch(text -> text.contains("'dev/sda'"))
        .anyMatch(text -> text.contains("'socket'"))
        .contains("3 objects were left out");
  }

  @Test
  void aFileDoesNotReplaceADirectoryThatHoldsSomething() {
    refused(new Members().file("a/b", "x").file("a", "y"), "'" + root + "/a'");
    assertThat(root.resolve("a/b")).hasContent("x");
  }

  @Test
  void aFileReplacesAnEmptyDirectoryAndADirectoryAFile() {
    extract(new Members().directory("a").file("a", "y").file("b", "x").file("b2", "z"));
    assertThat(root.resolve("a")).hasContent("y");
    extract(new Members().directory("b").file("b/c", "x").directory("b2"));
    assertThat(root.resolve("b/c")).hasContent("x");
    assertThat(root.resolve("b2")).isDirectory();
  }

  @Test
  void aFileBelowAFileIsRefused() {
    refused(new Members().file("a", "x").file("a/b", "y"), "a/b");
  }

  @Test
  void anOwnerThatMeansNoChangeIsRefused() {
    Member nobody = new Member("a", Member.Kind.FILE, 04755, 0xFFFFFFFFL, 0, 0, 0, "", 1, 0, 0, 0);
    refused(new Members().add(nobody, ""), "'a'");
  }

  @Test
  void aNameOfTheWrongLengthIsRefused() {
    refused(new Members().file("x".repeat(256), "y"), "xxx");
  }

  @Test
  void directoriesThatTheArchiveDoesNotNameKeepTheirTimes() throws IOException {
    Files.createDirectories(root.resolve("a/b"));
    Files.writeString(root.resolve("a/b/old"), "old");
    FileTime time = FileTime.fromMillis(7_000);
    for (String directory : List.of("a/b", "a", ".")) {
      Files.setLastModifiedTime(root.resolve(directory), time);
    }
    extract(
        new Members().file("a/b/old", "new").file("a/b/more", "m").directory("c").link("c/l", "x"));
    assertThat(Files.getLastModifiedTime(root.resolve("a/b"))).isEqualTo(time);
    assertThat(Files.getLastModifiedTime(root.resolve("a"))).isEqualTo(time);
    assertThat(Files.getLastModifiedTime(root)).isEqualTo(time);
    FileTime archived = FileTime.fromMillis(Members.TIME * 1000);
    assertThat(Files.getLastModifiedTime(root.resolve("c"))).isEqualTo(archived);
    assertThat(Files.getLastModifiedTime(root.resolve("c/l"), LinkOption.NOFOLLOW_LINKS))
        .isEqualTo(archived);
  }
}
