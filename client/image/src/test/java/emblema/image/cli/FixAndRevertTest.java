package emblema.image.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damage of every kind, mended; edited files put back. */
class FixAndRevertTest {
  private static final String DIR = " mode=0755 owner=root group=root ";
  private static final String FILE = " mode=0644 owner=root group=root ";

  @TempDir Path directory;
  private Client client = new Client(Path.of(""));
  private Path image = Path.of("");

  @BeforeEach
  void installAPackage() throws IOException {
    client = new Client(directory);
    image = directory.resolve("image");
    TestRepository repository = TestRepository.create(directory.resolve("repo"));
    repository.publish(
        "app@1.0",
        "dir path=opt/app" + DIR,
        "dir path=opt/app/tmp revert-tag=clean=*.tmp revert-tag=clean=old" + DIR,
        "file tool path=opt/app/tool" + FILE,
        "hardlink path=opt/app/again target=tool",
        "link path=opt/app/link target=tool",
        "file conf path=opt/app/conf preserve=true revert-tag=clean" + FILE,
        "file other path=opt/app/other preserve=renamenew" + FILE,
        "file mine path=opt/app/mine preserve=abandon" + FILE,
        "license free license=Free");
    repository.publish(
        "more@1.0",
        "dir path=opt/app" + DIR,
        "hardlink path=opt/more target=app/tool",
        "depend type=require fmri=app");
    ok("image-create", "-F", "-p", "test=file://repo", "image");
    ok("-R", "image", "install", "more");
  }

  private Client.Run pkg(String... arguments) {
    String[] words = new String[arguments.length + 2];
    words[0] = "-R";
    words[1] = "image";
    System.arraycopy(arguments, 0, words, 2, arguments.length);
    return client.run(words);
  }

  private String ok(String... arguments) {
    Client.Run run = client.run(arguments);
    assertThat(run.status()).as(String.join(" ", arguments) + "\n" + run.err()).isZero();
    return run.out();
  }

  private String content(String path) throws IOException {
    return Files.readString(image.resolve(path));
  }

  @Test
  void thereIsNothingToFixInAnImageThatIsAllRight() {
    Client.Run run = pkg("fix");
    assertThat(run.status()).isEqualTo(4);
    assertThat(run.out()).isEqualTo("No updates necessary for this image.\n");
    assertThat(pkg("revert", "opt/app/conf").status()).isEqualTo(4);
  }

  @Test
  void mendsDamageOfEveryKindAndLeavesEditsAlone() throws IOException {
    Files.delete(image.resolve("opt/app/tool"));
    Files.writeString(image.resolve("opt/app/tool"), "evil");
    Files.delete(image.resolve("opt/app/link"));
    Files.writeString(image.resolve("opt/app/link"), "a file of somebody");
    Files.delete(image.resolve("opt/app/other"));
    Files.writeString(image.resolve("opt/app/conf"), "edited");
    Files.setPosixFilePermissions(
        image.resolve("opt/app"), PosixFilePermissions.fromString("rwx--x--x"));
    Files.delete(image.resolve("var/pkg/license/app/license.Free"));

    Client.Run trial = pkg("fix", "-n");
    assertThat(trial.status()).isZero();
    assertThat(trial.out()).startsWith("Packages to fix: 2\n").doesNotContain("Repairing");
    assertThat(content("opt/app/tool")).isEqualTo("evil");

    Client.Run run = pkg("fix");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("Packages to fix: 2\n")
        .contains("Repairing: pkg://test/app@1.0,5.11:20261101T000000Z\n")
        .contains("\tdir: opt/app\n\t\tERROR: mode: 0711 should be 0755\n")
        .contains("\tfile: opt/app/tool\n\t\tERROR: Hash: ");
    assertThat(content("opt/app/tool")).isEqualTo("tool");
    assertThat(content("opt/app/other")).isEqualTo("other");
    assertThat(content("opt/app/conf")).isEqualTo("edited");
    assertThat(Files.readSymbolicLink(image.resolve("opt/app/link"))).isEqualTo(Path.of("tool"));
    assertThat(Files.isSameFile(image.resolve("opt/app/again"), image.resolve("opt/app/tool")))
        .isTrue();
    assertThat(Files.isSameFile(image.resolve("opt/more"), image.resolve("opt/app/tool"))).isTrue();
    assertThat(run.err()).contains("opt/app/link -> ");
    assertThat(pkg("verify").status()).isZero();
    assertThat(pkg("history", "-H", "-n", "1").out()).contains("fix").contains("Succeeded");
  }

  @Test
  void changesNothingWhenAManifestIsDamagedAndSaysWhatToDo() throws IOException {
    Path manifest = image.resolve("var/pkg/publisher/test/pkg/more/1.0%2C5.11%3A20261101T000001Z");
    String whole = Files.readString(manifest);
    Files.writeString(manifest, whole + "depend type=require fmri=pkg:/ghost\n");
    Files.delete(image.resolve("opt/app/tool"));
    Client.Run damaged = pkg("fix");
    assertThat(damaged.status()).isEqualTo(1);
    assertThat(damaged.err()).contains(manifest.toString()).contains("remove the file");
    assertThat(image.resolve("opt/app/tool")).doesNotExist();

    Files.writeString(manifest, whole);
    assertThat(pkg("fix", "no-such-package").status()).isEqualTo(1);
    assertThat(pkg("fix", "--no-such-option").status()).isEqualTo(2);
    assertThat(pkg("fix").status()).isZero();
    assertThat(content("opt/app/tool")).isEqualTo("tool");
  }

  @Test
  void putsEditedFilesBackByPath() throws IOException {
    Files.writeString(image.resolve("opt/app/conf"), "edited");
    Files.writeString(image.resolve("opt/app/other"), "edited too");
    Client.Run run = pkg("revert", "/opt/app/conf");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).contains("Packages to fix: 1");
    assertThat(content("opt/app/conf")).isEqualTo("conf");
    assertThat(content("opt/app/other")).isEqualTo("edited too");

    Client.Run unknown = pkg("revert", "opt/app/other", "no/such");
    assertThat(unknown.status()).isEqualTo(1);
    assertThat(unknown.err()).contains("no installed package delivers a file").contains("no/such");
    assertThat(content("opt/app/other")).isEqualTo("edited too");
    assertThat(pkg("revert").status()).isEqualTo(2);
  }

  @Test
  void putsTaggedFilesBackAndClearsWhatTaggedDirectoriesNameAway() throws IOException {
    Files.writeString(image.resolve("opt/app/conf"), "edited");
    Path scratch = image.resolve("opt/app/tmp");
    Files.writeString(scratch.resolve("a.tmp"), "a");
    Files.writeString(scratch.resolve("keep"), "k");
    Files.createDirectory(scratch.resolve("old"));
    Files.writeString(scratch.resolve("old/note"), "note");
    Files.createSymbolicLink(scratch.resolve("link.tmp"), Path.of("keep"));

    Client.Run run = pkg("revert", "--tagged", "clean");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(content("opt/app/conf")).isEqualTo("conf");
    assertThat(scratch.resolve("a.tmp")).doesNotExist();
    assertThat(scratch.resolve("old")).doesNotExist();
    assertThat(Files.exists(scratch.resolve("link.tmp"), LinkOption.NOFOLLOW_LINKS)).isFalse();
    assertThat(scratch.resolve("keep")).exists();
    assertThat(run.err()).contains("opt/app/tmp/a.tmp -> ").contains("opt/app/tmp/old -> ");
    assertThat(pkg("revert", "--tagged", "no-such-tag").status()).isEqualTo(4);
  }
}
