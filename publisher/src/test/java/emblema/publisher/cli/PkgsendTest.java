package emblema.publisher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.core.manifest.ManifestReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PkgsendTest {
  @TempDir Path directory;

  @BeforeEach
  void makeARepositoryAndATree() throws IOException {
    assertThat(pkgrepo("create", "repo").status()).isZero();
    assertThat(pkgrepo("add-publisher", "-s", "repo", "p.example").status()).isZero();
    Files.createDirectories(directory.resolve("proto/usr/bin"));
    Files.writeString(directory.resolve("proto/usr/bin/app"), "#!/bin/sh\n");
    Files.createLink(
        directory.resolve("proto/usr/bin/again"), directory.resolve("proto/usr/bin/app"));
    Files.createSymbolicLink(directory.resolve("proto/bin"), Path.of("usr/bin"));
    Files.setPosixFilePermissions(
        directory.resolve("proto/usr/bin/app"), PosixFilePermissions.fromString("rwxr-xr-x"));
    for (String each : new String[] {"proto/usr", "proto/usr/bin"}) {
      Files.setPosixFilePermissions(
          directory.resolve(each), PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  private CommandRun pkgsend(String... arguments) {
    return CommandRun.of(PkgsendMain.program(), directory, arguments);
  }

  private CommandRun pkgrepo(String... arguments) {
    return CommandRun.of(PkgrepoMain.program(), directory, arguments);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(directory.resolve(name), text);
  }

  @Test
  void generatesASortedManifest() {
    assertThat(pkgsend("generate", "proto").out())
        .isEqualTo(
            """
            link path=bin target=usr/bin
            dir group=bin mode=0755 owner=root path=usr
            dir group=bin mode=0755 owner=root path=usr/bin
            file usr/bin/again group=bin mode=0755 owner=root path=usr/bin/again
            hardlink path=usr/bin/app target=again
            """);
    assertThat(pkgsend("generate", "--target", "usr/bin/app", "proto").out())
        .contains("file usr/bin/app ", "hardlink path=usr/bin/again target=app");
    assertThat(pkgsend("generate", "--target", "no/such", "proto").status()).isEqualTo(1);
    assertThat(pkgsend("generate", "nowhere").status()).isEqualTo(1);
    assertThat(pkgsend("generate", "proto/usr/bin/app").err()).contains("unknown bundle type");
    assertThat(pkgsend("generate").status()).isEqualTo(2);
  }

  @Test
  void generatesOddNamesOrSaysWhichNoManifestCanHold() throws IOException {
    List<String> odd =
        List.of(
            " leading", "trailing ", "a=b", "it's", "say \"hi\"", "both'\" x", "#", "-r", "b\\s");
    Files.createDirectories(directory.resolve("odd"));
    for (String name : odd) {
      Files.writeString(directory.resolve("odd").resolve(name), name);
    }
    write("odd.p5m", "set name=pkg.fmri value=odd@1.0\n" + pkgsend("generate", "odd").out());
    assertThat(pkgsend("publish", "-s", "repo", "-d", "odd", "odd.p5m").err()).isEmpty();
    String contents = pkgrepo("contents", "-s", "repo", "odd").out();
    assertThat(ManifestReader.read(contents, "odd").actions())
        .extracting(action -> action.pathIfAny().orElse(""))
        .containsAll(odd);

    for (String name : new String[] {"new\nline", "tab\there", "end\\", "b\\'s q"}) {
      Files.writeString(directory.resolve("odd").resolve(name), name);
    }
    Files.writeString(directory.resolve("odd/good"), "");
    CommandRun run = pkgsend("generate", "odd");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).contains("path=good\n").doesNotContain("line", "path=end", "path=tab");
    assertThat(run.err())
        .contains("not everything of 'odd' can be a package:")
        .contains("path contains a line break, which a manifest cannot hold")
        .contains("path=end\\\n  the manifest format cannot hold these values");
  }

  @Test
  void publishesWhatItGenerated() throws IOException {
    write("a.p5m", "set name=pkg.fmri value=tools/app@1.0\n" + pkgsend("generate", "proto").out());
    CommandRun run = pkgsend("publish", "-s", "repo", "-d", "proto", "a.p5m");
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .isEqualTo("pkg://p.example/tools/app@1.0,5.11:20260102T030405Z\nPUBLISHED\n");
    assertThat(pkgrepo("list", "-H", "-s", "repo").out())
        .contains("tools/app")
        .contains("1.0:2026");
  }

  @Test
  void takesTheRepositoryFromTheEnvironment() throws IOException {
    write("a.p5m", "set name=pkg.fmri value=a@1.0\n");
    String address = "file://" + directory.resolve("repo");
    CommandRun run =
        CommandRun.of(
            PkgsendMain.program(), directory, Map.of("PKG_REPO", address), "publish", "a.p5m");
    assertThat(run.status()).isZero();
    assertThat(pkgsend("publish", "a.p5m").status()).isEqualTo(2);
    CommandRun elsewhere = pkgsend("publish", "-s", "ftp://localhost/", "a.p5m");
    assertThat(elsewhere.status()).isEqualTo(1);
    assertThat(elsewhere.err()).contains("'ftp://localhost/' is not the address of a repository");
  }

  @Test
  void keepsATimestampOnlyWhenAsked() throws IOException {
    write("a.p5m", "set name=pkg.fmri value=pkg://p.example/a@1.0,5.11-2:20200101T000000Z\n");
    assertThat(pkgsend("-s", "repo", "publish", "a.p5m").out())
        .startsWith("pkg://p.example/a@1.0,5.11-2:20260102T030405Z");
    assertThat(pkgsend("-D", "allow-timestamp", "-s", "repo", "publish", "a.p5m").out())
        .startsWith("pkg://p.example/a@1.0,5.11-2:20200101T000000Z");
    CommandRun again = pkgsend("-D", "allow-timestamp", "-s", "repo", "publish", "a.p5m");
    assertThat(again.status()).isEqualTo(1);
    assertThat(again.err()).contains("already exists or has been restricted");
  }

  @Test
  void publishesWithoutCatalogUntilARefresh() throws IOException {
    write("a.p5m", "set name=pkg.fmri value=a@1.0\n");
    assertThat(pkgsend("-s", "repo", "publish", "--no-catalog", "a.p5m").status()).isZero();
    assertThat(pkgrepo("list", "-H", "-s", "repo").out()).isEmpty();
    assertThat(pkgrepo("refresh", "-s", "repo").out())
        .isEqualTo("Initiating repository refresh.\n");
    assertThat(pkgrepo("list", "-H", "-s", "repo").out()).contains("1.0:20260102T030405Z");
    assertThat(pkgrepo("rebuild", "-s", "repo").status()).isZero();
    assertThat(pkgrepo("list", "-H", "-s", "repo").out()).contains("1.0:20260102T030405Z");
  }

  @Test
  void makesNoOnePackageOfTwo() throws IOException {
    write("a.p5m", "set name=pkg.fmri value=a@1.0\n");
    write("b.p5m", "set name=pkg.fmri value=b@2.0\n");
    write("more.p5m", "set name=pkg.fmri value=a@1.1\nset name=pkg.summary value=more\n");
    CommandRun run = pkgsend("publish", "-s", "repo", "a.p5m", "b.p5m");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .contains("the manifests are of different packages, 'a' and 'b', and would become one");
    assertThat(pkgrepo("list", "-H", "-s", "repo").out()).isEmpty();
    assertThat(pkgsend("publish", "-s", "repo", "a.p5m", "more.p5m").out()).contains("/a@1.1,");
  }

  @Test
  void changesNothingWhenTheManifestIsBad() throws IOException {
    String before = tree();
    write("a.p5m", "set name=pkg.fmri value=a@1.0\n\nbogus foo=bar\n");
    CommandRun run = pkgsend("publish", "-s", "repo", "a.p5m");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("a.p5m:3").contains("unknown action type 'bogus'");

    write("a.p5m", "set name=pkg.fmri value=a@1.0\nfile no/such path=x owner=a group=b mode=1\n");
    run = pkgsend("publish", "-s", "repo", "-d", "proto", "a.p5m");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo(
            "pkgsend publish: action payload 'no/such' was not found in any of the provided"
                + " locations:\n"
                + directory.resolve("proto")
                + "\n");

    write("a.p5m", "dir path=x owner=a group=b mode=0755\n");
    run = pkgsend("publish", "-s", "repo", "a.p5m");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("does not set pkg.fmri");

    write("a.p5m", "set name=pkg.fmri value=a@1.0\ndir path=x owner=a group=b mode=44755\n");
    run = pkgsend("publish", "-s", "repo", "a.p5m");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("mode");

    write("a.p5m", "set name=pkg.fmri value=pkg://../a@1.0\n");
    assertThat(pkgsend("publish", "-s", "repo", "a.p5m").status()).isEqualTo(1);
    write("a.p5m", "set name=pkg.fmri value=../../a@1.0\n");
    assertThat(pkgsend("publish", "-s", "repo", "a.p5m").status()).isEqualTo(1);
    assertThat(tree()).isEqualTo(before);
  }

  private String tree() throws IOException {
    try (Stream<Path> walk = Files.walk(directory.resolve("repo"))) {
      return walk.map(Path::toString).sorted().toList().toString();
    }
  }

  @Test
  void makesAndFillsARepositoryOfVersion3() throws IOException {
    assertThat(
            pkgsend("-s", "old", "create-repository", "--set-property", "publisher.prefix=x.y")
                .err())
        .isEmpty();
    write(
        "a.p5m",
        "set name=pkg.fmri value=a@1.0\nfile usr/bin/app path=x owner=a group=b mode=0644\n");
    CommandRun run = pkgsend("-s", "old", "publish", "-d", "proto", "a.p5m");
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).startsWith("pkg://x.y/a@1.0,5.11:20260102T030405Z");
    assertThat(pkgrepo("list", "-H", "-s", "old").out()).startsWith("x.y");
    assertThat(pkgrepo("add-publisher", "-s", "old", "other").status()).isEqualTo(1);
  }

  @Test
  void configuresPublishersAsTheReferenceDoes() throws IOException {
    assertThat(
            pkgrepo(
                    "set",
                    "-s",
                    "repo",
                    "-p",
                    "p.example",
                    "publisher/alias=al",
                    "repository/description=Golden \"repo\" ünï",
                    "repository/name=Golden",
                    "repository/origins=(http://localhost:10000/a http://localhost:10000/b)",
                    "repository/refresh_seconds=3600")
                .err())
        .isEmpty();
    Path out = Path.of("src/test/resources/golden/pkgrepo/out/009-get-pub.txt").toAbsolutePath();
    String expected = Files.readString(out).replace("alpha.example", "p.example");
    String table = pkgrepo("get", "-s", "repo", "-p", "p.example").out();
    assertThat(table.replaceAll(" +", " ").lines().toList())
        .isEqualTo(
            expected
                .substring(expected.indexOf("PUBLISHER"), expected.indexOf("=== stderr"))
                .replaceAll(" +", " ")
                .lines()
                .toList());
    assertThat(pkgrepo("set", "-s", "repo", "-p", "p.example", "publisher/prefix=x").status())
        .isEqualTo(2);
    assertThat(pkgrepo("set", "-s", "repo", "foo/bar=baz").status()).isZero();
    assertThat(pkgrepo("get", "-s", "repo", "-H", "foo/bar").out()).isEqualTo("foo bar baz\n");
  }

  @Test
  void addsPublishersOnce() {
    CommandRun run = pkgrepo("add-publisher", "-s", "repo", "p.example");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo("pkgrepo add-publisher: specified publisher(s) already exist: p.example\n");
    assertThat(pkgrepo("add-publisher", "-s", "repo", "p.example", "q").status()).isEqualTo(3);
    assertThat(pkgrepo("add-publisher", "-s", "repo", "..").status()).isEqualTo(1);
    assertThat(pkgrepo("create", "repo").status()).isEqualTo(1);
  }
}
