package emblema.flash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code flar create -A}: what two images differ in (spec flar-cli, section 5). */
class FlarDifferentialTest {
  @TempDir Path directory;

  @BeforeEach
  void makeImages() {
    sh(
        """
        mkdir -p old/etc old/usr/bin old/usr/lib old/opt/gone/deep old/var/tmp old/kind
        echo same > old/etc/same; echo before > old/etc/changed; echo time > old/etc/touched
        echo mode > old/etc/mode; echo 12345 > old/etc/secret; echo gone > old/opt/gone/deep/file
        echo tool > old/usr/bin/tool; ln old/usr/bin/tool old/usr/bin/alias
        echo solo > old/usr/bin/solo; ln -s tool old/usr/bin/link; mkdir old/kind/was-directory
        echo x > old/kind/was-directory/inner; echo x > old/kind/was-file; echo x > old/var/tmp/log
        find old -exec touch -h -d @949356849 {} +
        cp -a old new
        echo after > new/etc/changed; touch -d @949356850 new/etc/touched; chmod 600 new/etc/mode
        echo 54321 > new/etc/secret; touch -d @949356849 new/etc/secret
        rm -r new/opt/gone; mkdir new/opt/added; echo new > new/opt/added/file
        ln new/usr/bin/tool new/usr/bin/third; ln -sfn solo new/usr/bin/link
        rm -r new/kind/was-directory; echo file > new/kind/was-directory
        rm new/kind/was-file; mkdir new/kind/was-file; echo y > new/kind/was-file/inner
        find new -newermt 2020-01-01 ! -type d -exec touch -h -d @1500000000 {} +
        """);
  }

  private void sh(String script) {
    Tool.ok(directory, "set -e\n" + script);
  }

  private CommandRun flar(String... arguments) {
    return CommandRun.of(
        FlarMain.program(), directory, Map.of("TMPDIR", directory.toString()), arguments);
  }

  private CommandRun create(String... arguments) {
    List<String> all = new ArrayList<>(List.of("create", "-n", "d", "-m", "pumbaa", "-R", "new"));
    all.addAll(List.of(arguments));
    CommandRun run = flar(all.toArray(String[]::new));
    assertThat(run.status()).as(run.err()).isZero();
    return run;
  }

  private List<String> list() {
    return flar("info", "-l", "d.flar").out().lines().toList();
  }

  private List<String> manifest() throws IOException {
    assertThat(flar("split", "-S", "manifest", "d.flar").status()).isZero();
    return Files.readAllLines(directory.resolve("manifest"), StandardCharsets.UTF_8);
  }

  @Test
  void holdsWhatIsNewOrDiffersInAnyAttributeAndAllNamesOfAFile() {
    assertThat(create("-A", "old", "d.flar").err()).contains("Differential Flash\n");
    assertThat(list())
        .containsExactly(
            "etc/changed",
            "etc/mode",
            "etc/secret",
            "etc/touched",
            "kind",
            "kind/was-directory",
            "kind/was-file",
            "kind/was-file/inner",
            "opt",
            "opt/added",
            "opt/added/file",
            "usr/bin",
            "usr/bin/alias",
            "usr/bin/link",
            "usr/bin/third",
            "usr/bin/tool");
  }

  @Test
  void trustsSizeAndTimeWhenToldSo() {
    create("-A", "old", "--no-deep", "d.flar");
    assertThat(list()).contains("etc/changed").doesNotContain("etc/secret");
  }

  @Test
  void theManifestTellsWhatStaysComesAndGoes() throws IOException {
    create("-A", "old", "d.flar");
    assertThat(manifest())
        .contains(
            ". /tmp",
            "checklist",
            "/etc/changed\tN",
            "\\d/opt/gone/deep",
            "\\d/kind/was-directory",
            "\\d/var",
            "/kind/was-file\tN")
        .anyMatch(line -> line.matches("/etc/same\t4:180000\t.*\t13906983\t5"))
        .anyMatch(line -> line.startsWith("/opt/gone\tO\t") && line.endsWith("\td"))
        .anyMatch(line -> line.startsWith("/opt/gone/deep/file\tO\t"))
        .anyMatch(line -> line.startsWith("/kind/was-directory/inner\tO\t"))
        .doesNotContain("\\d/var/tmp")
        .noneMatch(line -> line.startsWith("/var/tmp/log"));
    create("-A", "old", "-M", "d.flar");
    assertThat(flar("split", "-S", "manifest", "d.flar").status()).isEqualTo(1);
  }

  @Test
  void rulesFilterTheDifferenceAndStandInTheManifest() throws IOException {
    create("-A", "old", "-x", "/etc", "-y", "/etc/mode", "-x", "/opt/gone", "d.flar");
    assertThat(list()).contains("etc/mode", "opt/added").doesNotContain("etc/changed");
    assertThat(manifest())
        .contains("- /etc", "+ /etc/mode", "- /opt/gone", "/etc/mode\tN")
        .doesNotContain("\\d/etc")
        .noneMatch(line -> line.startsWith("/opt/gone") || line.startsWith("/etc/same"));
  }

  @Test
  void equalImagesMakeAnEmptyArchiveWithAWarning() {
    sh("rm -r new; cp -a old new");
    assertThat(create("-A", "old", "d.flar").err()).contains("no differences");
    assertThat(list()).isEmpty();
  }

  @Test
  void refusesAnOldImageThatIsTheNewOneOrWithinIt() {
    for (String old : List.of("new", "./new/../new", "new/etc")) {
      CommandRun run = flar("create", "-n", "d", "-R", "new", "-A", old, "d.flar");
      assertThat(run.status()).as(old).isEqualTo(2);
    }
    assertThat(flar("create", "-n", "d", "-R", "new", "-A", "none", "d.flar").status())
        .isEqualTo(1);
    sh("cp -a old new/kept");
    create("-A", "new/kept", "-x", "/kept", "d.flar");
    assertThat(list()).contains("etc/changed").noneMatch(path -> path.startsWith("kept"));
  }

  @Test
  void takesAFullArchiveAsTheOldImage() {
    org.junit.jupiter.api.Assumptions.assumeTrue(Tool.isRoot());
    flar("create", "-n", "full", "-R", "old", "-c", "full.flar");
    create("-A", "full.flar", "d.flar");
    assertThat(list()).contains("etc/secret", "usr/bin/third").doesNotContain("etc/same");
    CommandRun run = flar("create", "-n", "d", "-R", "new", "-A", "d.flar", "e.flar");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("DIFFERENTIAL");
  }

  @Test
  void namesThatAManifestCannotHoldStopTheCreationUnlessThereIsNone() {
    sh("echo x > \"new/a\tb\"");
    CommandRun run = flar("create", "-n", "d", "-R", "new", "-A", "old", "d.flar");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("the manifest cannot hold", "-M");
    assertThat(directory.resolve("d.flar")).doesNotExist();
    create("-A", "old", "-M", "d.flar");
    assertThat(list()).contains("a\tb");
  }

  /** What deployment must make of the old image. */
  private String listing(String tree) {
    return Tool.ok(
        directory.resolve(tree),
        "export LC_ALL=C; find . -path ./etc/flash -prune -o -path ./var/tmp/log -o"
            + " -path ./etc/machine-id -o -type d -printf '%P d %m %U %G\\n' -o"
            + " -type l -printf '%P l %l\\n' -o -printf '%P %y %m %U %G %T@ %s %n\\n' | sort;"
            + " find . -type f ! -path './etc/flash/*' -print0 | sort -z | xargs -0 md5sum");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpio", "pax"})
  void deployedOntoTheOldImageItMakesTheNewOne(String method) throws IOException {
    org.junit.jupiter.api.Assumptions.assumeTrue(Tool.isRoot());
    sh("cp -a old clone; mkdir -p clone/etc/flash; printf pumbaa > clone/etc/flash/master");
    sh("mkdir -p new/etc/flash old/etc/flash; printf pumbaa > new/etc/flash/master");
    sh(
        "cp -p new/etc/flash/master old/etc/flash/master; cp -p new/etc/flash/master"
            + " clone/etc/flash");
    create("-A", "old", "-c", "-L", method, "d.flar");
    sh("echo more >> clone/etc/same");
    CommandRun refused = flar("deploy", "--root", "clone", "d.flar");
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.err()).contains("Modified files detected: /etc/same");
    sh("cp -p old/etc/same clone/etc/same");
    CommandRun run = flar("deploy", "--root", "clone", "d.flar");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(listing("clone")).isEqualTo(listing("new"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"with links", "without"})
  void withoutManifestDeploymentOfOthersDeletesByTheListInTheArchive(String how)
      throws IOException {
    Tool.need("cpio", "compress", "python3");
    create("-A", "old", "-M", "-c", "d.flar");
    assertThat(flar("split", "--all", "-d", "parts", "d.flar").status()).isZero();
    sh("cp -a old clone; echo own > clone/opt/gone/own");
    if (how.equals("with links")) {
      sh(
          "rm -r clone/opt; mkdir -p away/gone/deep; echo x > away/gone/deep/file; ln -s ../away"
              + " clone/opt");
    }
    sh(
        """
        mkdir work; python3 -c "import binascii,sys
        for l in open('parts/predeployment').read().split('\\\\n')[1:]:
          if l in ('', '\\`', 'end'): continue
          sys.stdout.buffer.write(binascii.a2b_uu(l))" | compress -d | (cd work && cpio -idm --quiet)
        FLASH_ROOT=$PWD/clone sh work/predeployment_processing
        """);
    if (how.equals("with links")) {
      assertThat(directory.resolve("away/gone/deep/file"))
          .as("what lies behind a link is not in the image")
          .exists();
    } else {
      assertThat(directory.resolve("clone/opt/gone/deep")).doesNotExist();
      assertThat(directory.resolve("clone/opt/gone/own")).as("the clone's own").exists();
    }
    assertThat(directory.resolve("clone/etc/same")).exists();
  }
}
