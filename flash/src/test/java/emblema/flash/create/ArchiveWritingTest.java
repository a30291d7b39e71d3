package emblema.flash.create;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.error.ConflictException;
import emblema.core.event.EventSink;
import emblema.core.io.Disk;
import emblema.core.io.RealDisk;
import emblema.core.io.SafePath;
import emblema.flash.archive.ArchiveListing;
import emblema.flash.archive.ArchiveReader;
import emblema.flash.archive.Identification;
import emblema.flash.tree.MemberSource;
import emblema.flash.tree.Scope;
import emblema.flash.tree.TreeSource;
import emblema.testkit.CrashTest;
import emblema.testkit.Seed;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the file when writing an archive is cut off, and how the text is filled in. */
class ArchiveWritingTest {
  private static final SafePath NAME = SafePath.of("a.flar");

  @TempDir Path directory;

  @BeforeEach
  void makeTree() throws IOException {
    Files.createDirectories(directory.resolve("tree/etc"));
    Files.writeString(directory.resolve("tree/etc/motd"), "hello");
    Files.createDirectories(directory.resolve("work"));
    Files.writeString(directory.resolve("work/one"), "section_begin=reboot\nsection_end=reboot\n");
    Files.writeString(directory.resolve("work/two"), "section_begin=X-a\nx\nsection_end=X-a\n");
  }

  private ArchiveText text(Disk work, boolean hasId, boolean hasSizes) {
    return new ArchiveText(
        new Description(
            "n",
            "20000131221409",
            "m",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of()),
        new MasterFacts("n", "m", "i", "p", "r", "s", "v"),
        Optional.of("m"),
        new PayloadForm(Identification.Method.CPIO, true),
        false,
        hasId,
        hasSizes,
        new ArchiveText.Sections(work, SafePath.of("one"), SafePath.of("two")),
        List.of("summary"));
  }

  private interface Use {
    void of(Disk tree, Disk work) throws Exception;
  }

  private void with(Use use) throws Exception {
    try (Disk tree = RealDisk.open(directory.resolve("tree"));
        Disk work = RealDisk.open(directory.resolve("work"))) {
      use.of(tree, work);
    }
  }

  private static MemberSource source(Disk tree) {
    return new TreeSource(tree, SafePath.ROOT, Scope.ALL, EventSink.QUIET);
  }

  /** Refuses what is no whole archive with the right hash. */
  private static void requireWhole(byte[] archive) {
    ArchiveReader reader = new ArchiveReader(new ByteArrayInputStream(archive), "a.flar");
    List<String> names = new ArrayList<>();
    assertThat(ArchiveListing.of(reader, names::add, EventSink.QUIET)).isTrue();
    assertThat(names).containsExactly("etc", "etc/motd");
    assertThat(reader.identification().archiveId()).isPresent();
  }

  @Test
  void aCrashLeavesTheOldFileOrTheWholeArchive() throws Exception {
    Path scratch = Files.createDirectories(directory.resolve("crash"));
    with(
        (tree, work) ->
            new CrashTest(scratch, Seed.next())
                .tree(root -> Files.writeString(root.resolve("a.flar"), "old"))
                .action(
                    disk ->
                        new ArchiveWriting(text(work, true, true), source(tree), EventSink.QUIET)
                            .to(new Target.File(disk, NAME)))
                .invariant(
                    root -> {
                      byte[] bytes = Files.readAllBytes(root.resolve("a.flar"));
                      if (!new String(bytes, java.nio.charset.StandardCharsets.US_ASCII)
                          .equals("old")) {
                        requireWhole(bytes);
                      }
                    })
                .completed(
                    root -> {
                      requireWhole(Files.readAllBytes(root.resolve("a.flar")));
                      try (var files = Files.list(root)) {
                        assertThat(files).hasSize(1);
                      }
                    })
                .run());
  }

  @Test
  void theTextIsFilledInWithoutMovingThePayload() throws Exception {
    with(
        (tree, work) -> {
          for (boolean hasId : List.of(true, false)) {
            for (boolean hasSizes : List.of(true, false)) {
              try (Disk out = RealDisk.open(directory)) {
                PayloadFacts facts =
                    new ArchiveWriting(text(work, hasId, hasSizes), source(tree), EventSink.QUIET)
                        .to(new Target.File(out, NAME));
                ArchiveReader reader =
                    new ArchiveReader(Files.newInputStream(directory.resolve("a.flar")), "a");
                assertThat(reader.identification().archiveId())
                    .isEqualTo(hasId ? Optional.of(facts.id()) : Optional.empty());
                assertThat(reader.identification().archivedSize())
                    .isEqualTo(hasSizes ? Optional.of(facts.stored()) : Optional.empty());
                assertThat(reader.payload().readAllBytes()).hasSize((int) facts.stored());
              }
            }
          }
        });
  }

  @Test
  void aStreamIsReadTwiceAndToldWrongIfFilesChangeBetween() throws Exception {
    with(
        (tree, work) -> {
          int[] looks = {0};
          Throwing changing =
              visitor -> {
                Files.writeString(directory.resolve("tree/etc/motd"), "look " + looks[0]++);
                source(tree).each(visitor);
              };
          assertThatThrownBy(
                  () ->
                      new ArchiveWriting(text(work, true, true), quiet(changing), EventSink.QUIET)
                          .to(new Target.Stream(new ByteArrayOutputStream())))
              .isInstanceOf(ConflictException.class)
              .hasMessageContaining("files changed while it was written");
          ByteArrayOutputStream once = new ByteArrayOutputStream();
          looks[0] = 0;
          new ArchiveWriting(text(work, false, false), quiet(changing), EventSink.QUIET)
              .to(new Target.Stream(once));
          assertThat(looks[0]).as("without hash and sizes once is enough").isEqualTo(1);
        });
  }

  private interface Throwing {
    void each(MemberSource.Visitor visitor) throws IOException;
  }

  private static MemberSource quiet(Throwing source) {
    return visitor -> {
      try {
        source.each(visitor);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    };
  }
}
