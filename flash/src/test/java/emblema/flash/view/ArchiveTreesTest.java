package emblema.flash.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.error.AccessException;
import emblema.core.error.ConflictException;
import emblema.core.error.IntegrityException;
import emblema.core.error.MalformedException;
import emblema.core.io.Disk;
import emblema.core.io.RealDisk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.flash.archive.MadeArchive;
import emblema.flash.cli.CommandRun;
import emblema.flash.cli.FlarMain;
import emblema.flash.codec.Member;
import emblema.testkit.TreeSnapshot;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives as trees, compared with what unpacking them gives. */
class ArchiveTreesTest {
  @TempDir Path directory;

  private Path sample(String name) throws IOException {
    Path copy = directory.resolve(name);
    try (InputStream in = ArchiveTreesTest.class.getResourceAsStream("/" + name)) {
      Files.write(copy, in.readAllBytes());
    }
    return copy;
  }

  private Disk tree(Path archive) {
    return ArchiveTrees.full(archive, directory, event -> {});
  }

  private Disk made(byte[] payload) throws IOException {
    Path archive = directory.resolve("made.flar");
    Files.write(archive, MadeArchive.with().payload(payload));
    return tree(archive);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "01-full-cpio",
        "02-full-cpio-compress",
        "04-full-pax",
        "05-full-pax-X",
        "06-full-odc",
        "07-crc",
        "08-nosize-nohash",
        "09-v1",
        "11-minimal"
      })
  void isTheTreeThatUnpackingGives(String name) throws IOException {
    Path archive = sample(name + ".flar");
    CommandRun split =
        CommandRun.of(FlarMain.program(), directory, "split", "-f", "-d", "parts", name + ".flar");
    assertThat(split.status()).as(split.err()).isZero();
    try (Disk unpacked = RealDisk.open(directory.resolve("parts/archive"));
        Disk tree = tree(archive)) {
      Assumptions.assumeTrue(unpacked.isPrivileged(), "only root can unpack owners");
      assertThat(TreeSnapshot.of(tree, SafePath.ROOT).toString())
          .isEqualTo(TreeSnapshot.of(unpacked, SafePath.ROOT).toString());
    }
    try (var left = Files.list(directory)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder(name + ".flar", "parts");
    }
  }

  @Test
  void ownersTimesAndHardLinksNeedNoRights() throws IOException {
    try (Disk tree = tree(sample("04-full-pax.flar"))) {
      assertThat(tree.isPrivileged()).isFalse();
      Stat motd = tree.stat(SafePath.of("etc/motd")).orElseThrow();
      assertThat(motd.uid()).isZero();
      assertThat(motd.mtime()).isPositive();
      long shared =
          tree.entries(SafePath.of("usr/bin")).stream()
              .filter(entry -> entry.stat().links() == 2)
              .map(entry -> entry.stat().inode())
              .distinct()
              .count();
      assertThat(shared).isLessThanOrEqualTo(1);
      assertThatThrownBy(() -> tree.remove(SafePath.of("etc/motd")))
          .isInstanceOf(AccessException.class)
          .hasMessageContaining("can only be read");
    }
  }

  @Test
  void contentsOfHardLinksComeWithTheLastName() throws IOException {
    Member first = new Member("a", Member.Kind.FILE, 0644, 7, 8, 0, 9, "", 2, 1, 5, 0);
    Member last = new Member("b", Member.Kind.FILE, 0644, 7, 8, 3, 9, "", 2, 1, 5, 0);
    try (Disk tree = made(MadeArchive.cpioOf(first, last))) {
      assertThat(tree.readBytes(SafePath.of("a"))).hasSize(3);
      Stat a = tree.stat(SafePath.of("a")).orElseThrow();
      assertThat(a.links()).isEqualTo(2);
      assertThat(a.uid()).isEqualTo(7);
      assertThat(a.mtime()).isEqualTo(9_000_000_000L);
      assertThat(a.inode()).isEqualTo(tree.stat(SafePath.of("b")).orElseThrow().inode());
    }
  }

  @Test
  void aLaterMemberReplacesAnEarlierOne() throws IOException {
    try (Disk tree = made(MadeArchive.cpioOf(MadeArchive.file("d/f", 3), link("d/f", "x")))) {
      assertThat(tree.readLink(SafePath.of("d/f"))).isEqualTo("x");
      assertThat(tree.list(SafePath.of("d"))).containsExactly("f");
    }
  }

  private static Member link(String name, String target) {
    return new Member(name, Member.Kind.LINK, 0777, 0, 0, 0, 0, target, 1, 0, 0, 0);
  }

  @Test
  void refusesAMemberBelowALinkOfTheSameArchive() {
    assertThatThrownBy(
            () -> made(MadeArchive.cpioOf(link("d", "/etc"), MadeArchive.file("d/passwd", 3))))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("no directory");
  }

  @Test
  void refusesAMemberThatLeavesTheTree() {
    assertThatThrownBy(() -> made(MadeArchive.cpioOf("a/../../evil")))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("not allowed");
  }

  @Test
  void refusesPathsAndImpliedDirectoriesThatOnlyCostMemory() {
    assertThatThrownBy(() -> made(MadeArchive.cpioOf("a/".repeat(30_000) + "a")))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("60001 characters");
    Member[] members = new Member[40];
    for (int i = 0; i < members.length; i++) {
      members[i] = MadeArchive.file(i + "/a".repeat(2_000), 0);
    }
    assertThatThrownBy(() -> made(MadeArchive.cpioOf(members)))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("have no member of their own");
  }

  @Test
  void refusesADifferentialArchiveAlone() {
    assertThatThrownBy(() -> tree(sample("20-diff.flar")))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("DIFFERENTIAL");
  }

  @Test
  void refusesAnArchiveWhoseIdDoesNotAgree() {
    assertThatThrownBy(() -> tree(sample("9a-hash-mismatch.flar")))
        .isInstanceOf(IntegrityException.class);
  }

  @Test
  void theIdIsOfAllBytesEvenOfThoseThatAreSkipped() throws Exception {
    byte[] cpio = MadeArchive.cpioOf(MadeArchive.file("large", 3 << 20));
    String id =
        java.util.HexFormat.of()
            .formatHex(java.security.MessageDigest.getInstance("MD5").digest(cpio));
    Path archive = directory.resolve("large.flar");
    Files.write(archive, MadeArchive.with("archive_id=" + id).payload(cpio));
    try (Disk tree = tree(archive)) {
      assertThat(tree.readBytes(SafePath.of("large"))).hasSize(3 << 20);
    }
  }

  @Test
  void knowsAnArchiveByItsCookie() throws IOException {
    Files.write(directory.resolve("text"), "FlAsH".getBytes(StandardCharsets.UTF_8));
    assertThat(ArchiveTrees.isArchive(directory.resolve("text"))).isFalse();
    assertThat(ArchiveTrees.isArchive(directory)).isFalse();
    assertThat(ArchiveTrees.isArchive(directory.resolve("absent"))).isFalse();
    assertThat(ArchiveTrees.isArchive(sample("09-v1.flar"))).isTrue();
  }

  /** A tar file as the payload of a full archive. */
  private Disk image(String name) throws IOException {
    Path archive = directory.resolve(name + ".flar");
    try (InputStream in = ArchiveTreesTest.class.getResourceAsStream("/" + name)) {
      Files.write(
          archive, MadeArchive.with("files_archived_method=pax").payload(in.readAllBytes()));
    }
    return tree(archive);
  }

  private Disk updated(Disk base, Path differential) {
    return ArchiveTrees.open(differential, Optional.of(base), directory, event -> {});
  }

  @Test
  void withoutManifestAndListNothingIsDeletedWhichIsTold() throws IOException {
    List<String> told = new ArrayList<>();
    try (Disk base = image("20-base-image.tar");
        Disk updated =
            ArchiveTrees.open(
                sample("21-diff-nomanifest.flar"),
                Optional.of(base),
                directory,
                event -> told.add(event.toString()))) {
      assertThat(updated.stat(SafePath.of("usr/lib/old.so"))).isPresent();
      assertThat(updated.stat(SafePath.of("opt/new/file"))).isPresent();
    }
    assertThat(told).anyMatch(text -> text.contains("does not say what it deletes"));
  }

  @Test
  void aDifferentialArchiveOnItsBaseIsTheNewImage() throws IOException {
    try (Disk base = image("20-base-image.tar");
        Disk now = image("20-new-image.tar");
        Disk updated = updated(base, sample("20-diff.flar"))) {
      assertThat(TreeSnapshot.of(updated, SafePath.ROOT, TreeSnapshot.Detail.TIMES).toString())
          .isEqualTo(TreeSnapshot.of(now, SafePath.ROOT, TreeSnapshot.Detail.TIMES).toString());
    }
  }

  @Test
  void aDifferentialArchiveRefusesAnotherBase() throws IOException {
    try (Disk other = tree(sample("01-full-cpio.flar"))) {
      assertThatThrownBy(() -> updated(other, sample("20-diff.flar")))
          .isInstanceOf(ConflictException.class)
          .hasMessageContaining("is not what")
          .satisfies(
              e ->
                  assertThat(((ConflictException) e).detail().orElse(""))
                      .contains("files detected: /"));
    }
  }
}
