package emblema.image.cli;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.core.action.FileAction;
import emblema.core.action.LicenseAction;
import emblema.core.event.EventSink;
import emblema.core.fmri.Fmri;
import emblema.core.io.RealDisk;
import emblema.image.image.Image;
import emblema.image.image.PackageChange;
import emblema.image.image.Trees;
import emblema.image.transport.Origins;
import emblema.image.transport.Payload;
import emblema.image.transport.PayloadCache;
import emblema.image.transport.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An image with one package laid out by hand, damaged in one way after the other. */
class VerifyCommandTest {
  private static final Fmri APP =
      Fmri.parse("pkg://alpha.example/test/odd-names+x_y.z@1.0.3,5.11-0.1.2.3:20250101T000002Z");

  @TempDir Path directory;
  private Client client = new Client(Path.of(""));
  private Path root = Path.of("");

  @BeforeEach
  void installByHand() throws IOException {
    Client.copy(GoldenSessionTest.golden("repo"), directory.resolve("repo"));
    client = new Client(directory);
    root = directory.resolve("img");
    client.run("image-create", "-F", "--variant", "arch=i386", "-p", "file://repo", "img");
    try (Image image = Image.open(RealDisk.open(root));
        Transport transport =
            new Transport(image, new Origins(directory, java.util.Map.of()), EventSink.QUIET, 2)) {
      transport.fetchManifests(List.of(APP));
      for (var action : image.manifest(APP).actions()) {
        switch (action) {
          case FileAction file -> write(image, transport, file);
          case LicenseAction license -> throw new AssertionError(license);
          case emblema.core.action.DirectoryAction made ->
              Trees.make(image.disk(), emblema.core.io.SafePath.of(made.path()));
          case emblema.core.action.LinkAction link ->
              image
                  .disk()
                  .symlink(
                      link.attributes().get("target", ""),
                      emblema.core.io.SafePath.of(link.attributes().get("path", "")));
          default -> {}
        }
      }
      image.save(
          image.state().after(List.of(new PackageChange(null, APP, true)), Client.NOW), Client.NOW);
    }
    Files.writeString(root.resolve("etc-is-missing"), "");
  }

  private static void write(Image image, Transport transport, FileAction file) throws IOException {
    Payload payload = new Payload("alpha.example", file);
    transport.fetchPayloads(List.of(payload));
    Path target = image.disk().root().resolve(file.path());
    Files.createDirectories(target.getParent());
    try (InputStream in = new PayloadCache(image).content(payload)) {
      Files.copy(in, target);
    }
    emblema.core.io.SafePath path = emblema.core.io.SafePath.of(file.path());
    image.disk().setMode(path, file.mode());
    if (image.disk().isPrivileged()) {
      int group =
          Set.of("bin").contains(file.group()) ? 2 : Set.of("sys").contains(file.group()) ? 3 : 0;
      image.disk().setOwner(path, 0, group);
      image.disk().setMode(path, file.mode());
    }
  }

  private Client.Run verify(String... more) {
    List<String> words = new java.util.ArrayList<>(List.of("-R", "img", "verify"));
    words.addAll(List.of(more));
    return client.run(words.toArray(String[]::new));
  }

  private Path file() {
    return root.resolve("usr/share/with space/a file.txt");
  }

  @Test
  void findsADamagedAMissingAndAChangedFile() throws IOException {
    Client.Run clean = verify();
    String before = clean.out();
    Files.setPosixFilePermissions(
        file(), java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
    Client.Run mode = verify();
    assertThat(mode.status()).isEqualTo(1);
    assertThat(mode.out())
        .startsWith(
            "PACKAGE                                                                 STATUS\n")
        .contains(
            "pkg://alpha.example/test/odd-names+x_y.z                                 ERROR\n")
        .contains("\tfile: usr/share/with space/a file.txt\n\t\tERROR: mode: 0600 should be 0");
    Files.writeString(file(), "other");
    assertThat(verify().out()).contains("\t\tERROR: Hash: ").contains(" should be ");
    Files.delete(file());
    assertThat(verify().out()).contains("\t\tERROR: missing: regular file does not exist\n");
    Files.createDirectory(file());
    assertThat(verify().out())
        .contains("\t\tERROR: file type: 'directory' should be 'regular file'\n");
    assertThat(before).doesNotContain("a file.txt");
  }

  @Test
  void saysNothingWhenAskedToBeQuiet() throws IOException {
    Files.delete(file());
    assertThat(verify("-q")).isEqualTo(new Client.Run(1, "", ""));
  }

  @Test
  void looksAtOnePathOnly() throws IOException {
    Files.delete(file());
    assertThat(verify("-p", "/usr/share/a=b.txt").status()).isZero();
    assertThat(verify("-p", "/usr/share/with space/a file.txt").status()).isEqualTo(1);
  }

  @Test
  void reportsADamagedManifestAndGoesOn() throws IOException {
    Path manifest;
    try (var walk = Files.walk(root.resolve("var/pkg/publisher/alpha.example/pkg"))) {
      manifest = walk.filter(Files::isRegularFile).findFirst().orElseThrow();
    }
    Files.writeString(manifest, "set name=pkg.fmri value=x\n");
    Client.Run run = verify();
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).contains("\tmanifest\n\t\tERROR: '").contains("is damaged");
  }

  @Test
  void reportsWhatNoPackageDelivers() throws IOException {
    Files.createDirectories(root.resolve("extra/deep"));
    Files.writeString(root.resolve("usr/share/mine.txt"), "x");
    Client.Run run = verify("--unpackaged-only");
    assertThat(run.status()).isZero();
    assertThat(run.out())
        .startsWith("UNPACKAGED CONTENTS\n")
        .contains("dir: " + root + "/extra:\n\tUnpackaged directory\n")
        .contains("file: " + root + "/usr/share/mine.txt:\n\tUnpackaged file\n")
        .doesNotContain("deep");
  }

  @Test
  void reportsAsJson() throws IOException {
    Files.delete(file());
    assertThat(verify("--parsable", "0").out())
        .contains("\"affect-packages\":[\"" + APP + "\"]")
        .contains("ERROR: missing: regular file does not exist");
  }

  @Test
  void namesAPatternThatMatchesNothingInstalled() {
    Client.Run run = verify("nosuch");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo(
            """
            pkg verify: no packages matching the following patterns are installed
              nosuch
            """);
  }
}
