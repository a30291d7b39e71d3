package emblema.image.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.action.FileAction;
import emblema.core.error.ConflictException;
import emblema.core.error.IntegrityException;
import emblema.core.io.Disk;
import emblema.core.io.RealDisk;
import emblema.core.io.SafePath;
import emblema.image.plan.Salvage;
import emblema.image.plan.Step;
import emblema.testkit.TreeSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplierTest {
  @TempDir Path root;
  private final Fixture fixture = new Fixture();
  private static final Salvage NO_SALVAGE = new Salvage(List.of());

  @BeforeEach
  void makeImage() throws IOException {
    Fixture.image(root);
  }

  private Applied apply(Step... steps) {
    return apply(NO_SALVAGE, steps);
  }

  private Applied apply(Salvage salvage, Step... steps) {
    try (Disk disk = RealDisk.open(root)) {
      return fixture.apply(disk, salvage, List.of(steps));
    }
  }

  @Test
  void installsDirectoriesFilesAndLinks() throws IOException {
    apply(
        new Step.PutDirectory(Fixture.NEW, null, Fixture.directory("opt/app", "")),
        Fixture.put(null, fixture.file("opt/app/run", "#!/bin/sh\n", "mode=0755")),
        new Step.PutLink(Fixture.NEW, null, Fixture.link("opt/run", "app/run")));
    assertThat(root.resolve("opt/run")).hasContent("#!/bin/sh\n");
    assertThat(root.resolve("var/pkg")).isEmptyDirectory();
  }

  @Test
  void setIdBitsSurvive() throws IOException {
    FileAction file =
        (FileAction)
            fixture
                .file("bin/su", "x", "")
                .withAttributes(fixture.file("bin/su", "x", "").attributes().with("mode", "4755"));
    apply(Fixture.put(null, file));
    try (Disk disk = RealDisk.open(root)) {
      assertThat(disk.stat(new SafePath("bin/su")).orElseThrow().mode()).isEqualTo(04755);
    }
  }

  @Test
  void anUnpackagedFileInTheWayGoesToLostAndFound() throws IOException {
    Fixture.write(root.resolve("etc/app.conf"), "mine");
    Applied applied = apply(Fixture.put(null, fixture.file("etc/app.conf", "theirs", "")));
    assertThat(root.resolve("etc/app.conf")).hasContent("theirs");
    assertThat(root.resolve("var/pkg/lost+found/etc/app.conf-20260301T100000Z")).hasContent("mine");
    assertThat(applied.salvaged()).hasSize(1);
  }

  @Test
  void anEditedFileThatAnUpgradeDropsGoesToLostAndFound() throws IOException {
    FileAction before = fixture.file("etc/app.conf", "default", "preserve=true");
    Fixture.write(root.resolve("etc/app.conf"), "edited");
    apply(new Step.RemoveFile(Fixture.OLD, before));
    assertThat(root.resolve("etc/app.conf")).doesNotExist();
    assertThat(root.resolve("var/pkg/lost+found/etc/app.conf-20260301T100000Z"))
        .hasContent("edited");
  }

  @Test
  void renamenewKeepsTheEditedFileAndPutsTheNewOneBeside() throws IOException {
    FileAction before = fixture.file("etc/app.conf", "one", "preserve=renamenew");
    FileAction after = fixture.file("etc/app.conf", "two", "preserve=renamenew");
    Fixture.write(root.resolve("etc/app.conf"), "edited");
    Applied applied = apply(Fixture.put(before, after));
    assertThat(root.resolve("etc/app.conf")).hasContent("edited");
    assertThat(root.resolve("etc/app.conf.new")).hasContent("two");
    assertThat(applied.kept()).hasSize(1);
  }

  @Test
  void renameoldKeepsBothCopiesEvenWhenAnOlderOneIsThere() throws IOException {
    FileAction before = fixture.file("etc/app.conf", "one", "preserve=renameold");
    FileAction after = fixture.file("etc/app.conf", "two", "preserve=renameold");
    Fixture.write(root.resolve("etc/app.conf"), "edited");
    Fixture.write(root.resolve("etc/app.conf.old"), "older");
    apply(Fixture.put(before, after));
    assertThat(root.resolve("etc/app.conf")).hasContent("two");
    assertThat(root.resolve("etc/app.conf.old")).hasContent("edited");
    assertThat(root.resolve("var/pkg/lost+found/etc/app.conf.old-20260301T100000Z"))
        .hasContent("older");
  }

  @Test
  void whatWasInARemovedDirectoryMovesToItsSuccessor() throws IOException {
    Fixture.write(root.resolve("opt/app/logs/app.log"), "log");
    Fixture.write(root.resolve("opt/app/logs/old/app.log"), "older");
    SafePath from = new SafePath("opt/app/logs");
    SafePath into = new SafePath("opt/.migrate/app/logs");
    Applied applied =
        apply(
            new Salvage(List.of(new Salvage.Claim(from, into))),
            new Step.RemoveDirectory(Fixture.OLD, from, false),
            new Step.PutDirectory(Fixture.NEW, null, Fixture.directory(into.text(), "")),
            new Step.Recover(Fixture.NEW, from, into),
            new Step.PutLink(
                Fixture.NEW, null, Fixture.link(from.text(), "../../opt/share/app/logs")));
    assertThat(root.resolve("opt/.migrate/app/logs/app.log")).hasContent("log");
    assertThat(root.resolve("opt/.migrate/app/logs/old/app.log")).hasContent("older");
    assertThat(Files.readSymbolicLink(root.resolve("opt/app/logs")))
        .hasToString("../../opt/share/app/logs");
    assertThat(applied.salvaged()).isEmpty();
    assertThat(applied.moved()).hasSize(1);
  }

  @Test
  void recoveredContentNeverReplacesWhatIsThere() throws IOException {
    Fixture.write(root.resolve("old/a"), "salvaged");
    Fixture.write(root.resolve("new/a"), "there");
    SafePath from = new SafePath("old");
    SafePath into = new SafePath("new");
    Applied applied =
        apply(
            new Salvage(List.of(new Salvage.Claim(from, into))),
            new Step.RemoveDirectory(Fixture.OLD, from, false),
            new Step.Recover(Fixture.NEW, from, into));
    assertThat(root.resolve("new/a")).hasContent("there");
    assertThat(root.resolve("var/pkg/lost+found/old-20260301T100000Z/a")).hasContent("salvaged");
    assertThat(applied.salvaged()).hasSize(1);
  }

  @Test
  void aDamagedPayloadChangesNothing() throws IOException {
    Fixture.write(root.resolve("opt/a"), "one");
    FileAction good = fixture.file("opt/b", "two", "");
    FileAction bad = fixture.file("opt/c", "three", "");
    fixture.damage(bad);
    TreeSnapshot before = TreeSnapshot.of(root, TreeSnapshot.Detail.values());
    assertThatThrownBy(() -> apply(Fixture.put(null, good), Fixture.put(null, bad)))
        .isInstanceOf(IntegrityException.class)
        .hasMessageContaining("opt/c");
    TreeSnapshot after = TreeSnapshot.of(root, TreeSnapshot.Detail.values());
    assertThat(before.difference(after).lines())
        .allMatch(line -> line.substring(1).startsWith("var/pkg directory"));
    assertThat(root.resolve("opt/b")).doesNotExist();
  }

  @Test
  void refusesToInstallThroughAPlantedLinkAndTakesEverythingBack() throws IOException {
    Path outside = Files.createTempDirectory("outside");
    Fixture.write(root.resolve("first"), "old");
    FileAction first = fixture.file("first", "old", "");
    Files.createSymbolicLink(root.resolve("lib"), outside);
    assertThatThrownBy(
            () ->
                apply(
                    new Step.RemoveFile(Fixture.OLD, first),
                    Fixture.put(null, fixture.file("lib/evil", "x", ""))))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("lib");
    assertThat(outside).isEmptyDirectory();
    assertThat(root.resolve("first")).hasContent("old");
    assertThat(root.resolve("var/pkg")).isEmptyDirectory();
    Files.delete(outside);
  }

  @Test
  void filesSharedByHardLinksAreReplacedNeverChanged() throws IOException {
    FileAction before = fixture.file("opt/a", "same", "");
    FileAction after = (FileAction) before.withAttributes(before.attributes().with("mode", "0600"));
    Fixture.write(root.resolve("opt/a"), "same");
    Files.setPosixFilePermissions(
        root.resolve("opt/a"), PosixFilePermissions.fromString("rw-r--r--"));
    Path other = Files.createTempDirectory(root.getParent(), "other").resolve("a");
    Files.createLink(other, root.resolve("opt/a"));
    apply(Fixture.put(before, after));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("opt/a"))))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(other)))
        .isEqualTo("rw-r--r--");
  }

  @Test
  void aFileAndADirectoryMayTradePlaces() throws IOException {
    Fixture.write(root.resolve("x"), "file");
    Fixture.write(root.resolve("y/in"), "packaged");
    FileAction x = fixture.file("x", "file", "");
    FileAction in = fixture.file("y/in", "packaged", "");
    apply(
        new Step.RemoveFile(Fixture.OLD, in),
        new Step.RemoveFile(Fixture.OLD, x),
        new Step.RemoveDirectory(Fixture.OLD, new SafePath("y"), false),
        new Step.PutDirectory(Fixture.NEW, null, Fixture.directory("x", "")),
        Fixture.put(null, fixture.file("x/in", "packaged", "")),
        Fixture.put(null, fixture.file("y", "file", "")));
    assertThat(root.resolve("x/in")).hasContent("packaged");
    assertThat(root.resolve("y")).hasContent("file");
    assertThat(root.resolve("var/pkg")).isEmptyDirectory();
  }
}
