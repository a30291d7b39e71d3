package emblema.publisher.master.split;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import emblema.core.event.EventSink;
import emblema.core.io.Disk;
import emblema.core.io.RealDisk;
import emblema.core.tree.TreeScan;
import emblema.publisher.master.finding.Findings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Databases as the real tools write them, or in their form. */
class PackageHintsTest {
  @TempDir Path directory;
  private final Findings findings = new Findings();

  private PackageHints read(Path tree) {
    try (Disk disk = RealDisk.open(tree)) {
      return PackageHints.read(disk, TreeScan.read(disk, path -> true, EventSink.QUIET), findings);
    }
  }

  private void file(Path tree, String path, String text) throws IOException {
    Files.createDirectories(tree.resolve(path).getParent());
    Files.writeString(tree.resolve(path), text);
  }

  @Test
  void readsWhatDpkgKnows() throws IOException {
    file(directory, "usr/bin/hello", "x");
    file(directory, "etc/hello.conf", "x");
    Files.createSymbolicLink(directory.resolve("bin"), Path.of("usr/bin"));
    file(
        directory,
        "var/lib/dpkg/status",
        "Package: hello\nStatus: install ok installed\nVersion: 1.2\nConffiles:\n"
            + " /etc/hello.conf 0123456789abcdef\nDescription: says hello\n\n");
    file(directory, "var/lib/dpkg/info/hello.list", "/.\n/bin\n/bin/hello\n/etc/hello.conf\n");
    PackageHints hints = read(directory);
    assertThat(hints.ownerOf("usr/bin/hello")).contains("hello");
    assertThat(hints.isEditable("etc/hello.conf")).isTrue();
    assertThat(hints.isEditable("usr/bin/hello")).isFalse();
    assertThat(hints.description("hello"))
        .contains(new PackageHints.Description("1.2", "says hello"));
  }

  @Test
  void asksRpmForWhatItKnows() throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/rpmbuild")), "rpm is missing");
    Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "rpm installs as root");
    Path spec = directory.resolve("hello.spec");
    Files.writeString(
        spec,
        """
        Name: hello
        Version: 1.2
        Release: 1
        Summary: says hello
        License: none
        BuildArch: noarch
        %description
        A test.
        %install
        mkdir -p %{buildroot}/usr/bin %{buildroot}/etc
        echo a > %{buildroot}/usr/bin/hello
        echo b > %{buildroot}/etc/hello.conf
        %files
        /usr/bin/hello
        %config(noreplace) /etc/hello.conf
        """);
    Path build = directory.resolve("build");
    Path tree = Files.createDirectory(directory.resolve("tree"));
    run("rpmbuild", "--quiet", "--define", "_topdir " + build, "-bb", spec.toString());
    String rpm = build.resolve("RPMS/noarch/hello-1.2-1.noarch.rpm").toString();
    run("rpm", "--root", tree.toString(), "--dbpath", "/var/lib/rpm", "--nodeps", "-i", rpm);
    PackageHints hints = read(tree);
    assertThat(findings.notes()).isEmpty();
    assertThat(hints.ownerOf("usr/bin/hello")).contains("hello");
    assertThat(hints.ownerOf("usr/bin")).isEmpty();
    assertThat(hints.isEditable("etc/hello.conf")).isTrue();
    assertThat(hints.isEditable("usr/bin/hello")).isFalse();
    assertThat(hints.description("hello"))
        .contains(new PackageHints.Description("1.2", "says hello"));
  }

  @Test
  void aDatabaseThatCannotBeReadIsNotedAndNothingElse() throws IOException {
    file(directory, "var/lib/rpm/rpmdb.sqlite", "no database");
    file(directory, "usr/bin/hello", "x");
    assertThat(read(directory).names()).isEmpty();
    assertThat(findings.notes()).singleElement().asString().contains("rpm database");
  }

  private static void run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }
}
