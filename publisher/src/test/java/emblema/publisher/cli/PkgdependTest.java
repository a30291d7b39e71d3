package emblema.publisher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PkgdependTest {
  @TempDir Path directory;

  private static Path goldens() {
    try {
      return Path.of(
          Objects.requireNonNull(PkgdependTest.class.getResource("/golden/depend")).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private CommandRun pkgdepend(String... arguments) {
    return CommandRun.of(PkgdependMain.program(), directory, arguments);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(directory.resolve(name), text);
  }

  @Test
  void findsWhatTheReferencesFilesNeedWithTheDirectoriesOfLinux() {
    CommandRun run =
        CommandRun.of(PkgdependMain.program(), goldens(), "generate", "-d", "dproto", "dep.p5m");
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .contains("depend fmri=__TBD pkg.debug.depend.file=libc.so.6")
        .contains("pkg.debug.depend.path=usr/lib64")
        .contains("pkg.debug.depend.reason=usr/bin/elf pkg.debug.depend.type=elf type=require\n")
        .contains(
            "depend fmri=__TBD pkg.debug.depend.file=python3 pkg.debug.depend.path=usr/bin"
                + " pkg.debug.depend.reason=usr/bin/script.py pkg.debug.depend.type=script"
                + " type=require\n")
        .contains(
            "depend fmri=__TBD pkg.debug.depend.file=sh pkg.debug.depend.path=usr/bin"
                + " pkg.debug.depend.reason=usr/bin/sh-script pkg.debug.depend.type=script"
                + " type=require variant.arch=i386\n")
        .doesNotContain("hardlink");
    assertThat(
            CommandRun.of(PkgdependMain.program(), goldens(), "generate", "-I", "dep.p5m", "dproto")
                .out())
        .contains("pkg.debug.depend.type=hardlink");
  }

  @Test
  void tellsFilesThatAreMissing() throws IOException {
    write("m", "file NOHASH path=no/such owner=root group=bin mode=0755\n");
    Files.createDirectory(directory.resolve("proto"));
    CommandRun run = pkgdepend("generate", "-d", "proto", "m");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("could not find the file 'no/such'");
    assertThat(pkgdepend("generate", "m").status()).isEqualTo(2);
    assertThat(pkgdepend("generate", "-d", "none", "m").status()).isEqualTo(1);
  }

  private static String need(String file, String path, String of) {
    return "depend fmri=__TBD type=require pkg.debug.depend.file=%s pkg.debug.depend.path=%s"
            .formatted(file, path)
        + " pkg.debug.depend.reason=%s pkg.debug.depend.type=script\n".formatted(of);
  }

  @Test
  void resolvesThroughLinksOfOtherPackages() throws IOException {
    write(
        "user",
        """
        set name=pkg.fmri value=pkg://p.example/user@2.0,5.11-1
        # a comment
        link path=bin target=usr/bin
        """);
    write("shells", "set name=pkg.fmri value=shells@1.0-3\nfile x path=usr/bin/sh\n");
    write(
        "app",
        "set name=pkg.fmri value=app@1\nfile y path=usr/bin/app\ndepend type=require fmri=by/hand\n"
            + need("sh", "bin", "usr/bin/app")
            + need("app", "usr/bin", "usr/bin/app"));
    assertThat(pkgdepend("resolve", "app", "user", "shells")).isEqualTo(new CommandRun(0, "", ""));
    assertThat(directory.resolve("app.res"))
        .hasContent(
            """
            depend fmri=by/hand type=require
            depend fmri=pkg:/shells@1.0-3 type=require
            depend fmri=pkg:/user@2.0-1 type=require
            """);
    assertThat(directory.resolve("shells.res")).hasContent("");
    CommandRun printed = pkgdepend("resolve", "-o", "-m", "user", "shells", "app");
    assertThat(printed.out())
        .contains("# user\nset name=pkg.fmri")
        .contains("# a comment\nlink path=bin target=usr/bin\n");
  }

  @Test
  void namesAllPackagesThatDeliverTheFile() throws IOException {
    write("one", "set name=pkg.fmri value=one@1\nfile x path=usr/bin/sh\n");
    write("two", "set name=pkg.fmri value=two@1\nfile x path=usr/xpg/sh\n");
    String more = " pkg.debug.depend.path=usr/xpg\n";
    write(
        "app", "set name=pkg.fmri value=app@1\n" + need("sh", "usr/bin", "a").replace("\n", more));
    assertThat(pkgdepend("resolve", "-o", "app", "one", "two").out())
        .contains("depend fmri=pkg:/one@1 fmri=pkg:/two@1 type=require-any\n");
  }

  @Test
  void keepsWhatItCouldNotResolve() throws IOException {
    write("app", "set name=pkg.fmri value=app@1\n" + need("sh", "usr/bin", "usr/bin/app"));
    CommandRun run = pkgdepend("resolve", "-s", "out", "app");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .contains("unresolved dependency of 'usr/bin/app' in 'app'")
        .contains("usr/bin/sh");
    assertThat(directory.resolve("app.out")).content().contains("fmri=__TBD");
    assertThat(pkgdepend("resolve", "-o", "-s", "x", "app").status()).isEqualTo(2);
  }

  @Test
  void looksIntoRepositories() throws IOException {
    assertThat(CommandRun.of(PkgrepoMain.program(), directory, "create", "repo").status()).isZero();
    CommandRun.of(PkgrepoMain.program(), directory, "add-publisher", "-s", "repo", "p.example");
    write(
        "sh.p5m",
        "set name=pkg.fmri value=shells@3\n"
            + "file app path=usr/bin/sh owner=root group=bin mode=0755\n");
    write("app", "set name=pkg.fmri value=app@1\n" + need("sh", "usr/bin", "usr/bin/app"));
    CommandRun sent =
        CommandRun.of(
            PkgsendMain.program(), directory, "publish", "-s", "repo", "-d", ".", "sh.p5m");
    assertThat(sent.status()).as(sent.err()).isZero();
    CommandRun run = pkgdepend("resolve", "-o", "-r", "repo", "app");
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("depend fmri=pkg:/shells@3 type=require\n");
  }
}
