package emblema.flash.integrity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import emblema.core.event.EventSink;
import emblema.core.io.Disk;
import emblema.core.io.RealDisk;
import emblema.flash.select.NeverArchived;
import emblema.flash.select.Selection;
import emblema.flash.select.SelectionOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntegrityCheckTest {
  @TempDir Path directory;

  private void file(String path, String... lines) throws IOException {
    Files.createDirectories(directory.resolve(path).getParent());
    Files.writeString(directory.resolve(path), String.join("\n", lines) + "\n");
  }

  private IntegrityReport check(String... excluded) {
    try (Disk image = RealDisk.open(directory)) {
      Selection selection =
          Selection.of(
              new SelectionOptions(
                  List.of(excluded),
                  List.of(),
                  List.of(),
                  List.of(),
                  Optional.empty(),
                  false,
                  true),
              image,
              new NeverArchived(List.of()),
              EventSink.QUIET);
      return IntegrityCheck.run(image, selection);
    }
  }

  @Test
  void saysThatThereIsNoDatabase() throws IOException {
    file("etc/motd", "x");
    assertThat(check("/etc").databases()).isEmpty();
    assertThat(check("/etc").isComplete()).isTrue();
  }

  @Test
  void readsTheContentsOfSvr4Packages() throws IOException {
    file(
        "var/sadm/install/contents",
        "# comment",
        "/bin=./usr/bin s none SUNWcsr",
        "/usr d none 0755 root sys SUNWcsr",
        "/usr/bin/ls f none 0555 root bin 27612 1 1 SUNWcsu",
        "/usr/gone f none 0555 root bin 27612 1 1 SUNWcsu");
    file("usr/bin/ls", "x");
    assertThat(check().registered()).isEqualTo(2);
    IntegrityReport report = check("/usr/bin");
    assertThat(report.databases()).containsExactly("SVR4");
    assertThat(report.first()).containsExactly("/usr/bin/ls");
  }

  @Test
  void readsInstalledDebianPackagesThroughMergedDirectoriesAndDiversions() throws IOException {
    file(
        "var/lib/dpkg/status",
        "Package: a",
        "Status: install ok installed",
        "Architecture: amd64",
        "Description: long",
        " text: more",
        "",
        "Package: removed",
        "Status: deinstall ok config-files",
        "Architecture: amd64",
        "",
        "Package: lib",
        "Architecture: amd64",
        "Status: install ok installed");
    file("var/lib/dpkg/info/a.list", "/.", "/bin", "/bin/tool", "/usr/share/x", "/tmp/seen");
    file("var/lib/dpkg/info/lib:amd64.list", "/usr/lib/l.so", "/bin/tool");
    file("var/lib/dpkg/info/removed.list", "/etc/removed");
    file("var/lib/dpkg/diversions", "/usr/share/x", "/usr/share/x.orig", "other");
    file("usr/bin/tool", "x");
    file("usr/share/x", "theirs");
    file("usr/share/x.orig", "ours");
    file("usr/lib/l.so", "x");
    file("etc/removed", "x");
    file("tmp/seen", "x");
    Files.createSymbolicLink(directory.resolve("bin"), Path.of("usr/bin"));
    assertThat(check().isComplete()).as("what is never archived does not count").isTrue();
    assertThat(check("/usr/bin/tool").first()).containsExactly("/usr/bin/tool");
    assertThat(check("/usr/bin/tool").excluded()).as("two packages know it").isEqualTo(1);
    assertThat(check("/usr/share/x", "/etc/removed").isComplete()).isTrue();
    assertThat(check("/usr/share/x.orig").first()).containsExactly("/usr/share/x.orig");
    assertThat(check("/usr/lib").first()).containsExactly("/usr/lib/l.so");
  }

  @Test
  void asksRpmForWhatItsPackagesBring() throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/rpmbuild")), "rpm is missing");
    Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "rpm installs as root");
    Path spec = directory.resolve("hello.spec");
    Files.writeString(
        spec,
        """
        Name: hello
        Version: 1
        Release: 1
        Summary: a test
        License: none
        BuildArch: noarch
        %description
        A test.
        %install
        mkdir -p %{buildroot}/usr/share/hello %{buildroot}/var/log
        echo a > %{buildroot}/usr/share/hello/a
        touch %{buildroot}/var/log/hello.log
        %files
        /usr/share/hello/a
        %ghost /var/log/hello.log
        """);
    Path build = directory.resolve("build");
    Path image = Files.createDirectory(directory.resolve("image"));
    run("rpmbuild", "--quiet", "--define", "_topdir " + build, "-bb", spec.toString());
    run(
        "rpm",
        "--root",
        image.toString(),
        "--dbpath",
        "/var/lib/rpm",
        "--nodeps",
        "-i",
        build.resolve("RPMS/noarch/hello-1-1.noarch.rpm").toString());
    directory = image;
    assertThat(check().registered()).isEqualTo(1);
    IntegrityReport report = check("/usr");
    assertThat(report.databases()).containsExactly("rpm");
    assertThat(report.first()).containsExactly("/usr/share/hello/a");
  }

  private static void run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }

  @Test
  void readsTheManifestsOfAnImage() throws IOException {
    file(
        "var/pkg/state/installed/catalog.base.C",
        "{\"_SIGNATURE\":{\"sha-1\":\"x\"},\"test\":{\"a/b\":[{\"version\":\"1.0,5.11:20200101T000000Z\"}]}}");
    file(
        "var/pkg/publisher/test/pkg/a%2Fb/1.0%2C5.11%3A20200101T000000Z",
        "set name=pkg.fmri value=pkg://test/a/b@1.0,5.11:20200101T000000Z",
        "dir path=usr/empty owner=root group=sys mode=0755",
        "file NOHASH path=usr/bin/ls owner=root group=sys mode=0755",
        "link path=usr/bin/dir target=ls",
        "file NOHASH path=usr/bin/gone owner=root group=sys mode=0755");
    file("usr/bin/ls", "x");
    Files.createDirectories(directory.resolve("usr/empty"));
    Files.createSymbolicLink(directory.resolve("usr/bin/dir"), Path.of("ls"));
    IntegrityReport report = check("/usr/bin");
    assertThat(report.databases()).containsExactly("pkg");
    assertThat(report.registered()).isEqualTo(3);
    assertThat(report.first()).containsExactlyInAnyOrder("/usr/bin/ls", "/usr/bin/dir");
    assertThat(check("/usr").first()).contains("/usr/empty");
  }

  @Test
  void tellsTheFirstTwentyAndHowManyThereAre() throws IOException {
    String[] lines = new String[30];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = "/opt/f" + i + " f none 0555 root bin 27612 1 1 SUNWx";
      file("opt/f" + i, "x");
    }
    file("var/sadm/install/contents", lines);
    IntegrityReport report = check("/opt");
    assertThat(report.excluded()).isEqualTo(30);
    assertThat(report.first()).hasSize(20);
  }
}
