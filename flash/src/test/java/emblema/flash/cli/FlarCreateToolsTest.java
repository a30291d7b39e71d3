package emblema.flash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Archives of ours opened by GNU cpio, GNU tar and ncompress, and trees compared afterwards. */
class FlarCreateToolsTest {
  @TempDir Path directory;

  @BeforeEach
  void makeTree() throws IOException {
    Path tree = Files.createDirectories(directory.resolve("tree"));
    StringBuilder script = new StringBuilder();
    script.append(
        """
        mkdir -p usr/bin usr/lib 'opt/my app' empty etc deep
        printf 'tool\\n' > usr/bin/tool; chmod 4755 usr/bin/tool
        ln usr/bin/tool usr/bin/other; ln usr/bin/tool aaa-first; ln usr/bin/tool zzz-last
        ln -s ../bin/tool usr/lib/link; ln -s /nowhere/at/all dangling
        : > etc/nothing; ln etc/nothing etc/nothing-too
        mkfifo etc/pipe
        printf x > 'opt/my app/blank and "quote" '; printf x > 'opt/back\\slash'
        printf x > 'opt/new
        line'
        printf x > 'opt/-n'; printf x > opt/ファイル.txt; printf x > "opt/$(printf 'latin\\344')"
        dd if=/dev/zero of=deep/sparse bs=1 count=1 seek=3000000 2> /dev/null
        seq 1 40000 > deep/numbers
        chmod 1777 empty; chmod 2750 deep; chmod 0400 etc/nothing
        """);
    String name = "n".repeat(120);
    script.append("mkdir -p deep/" + name + "/" + name + "; echo long > ");
    script.append("deep/" + name + "/" + name + "/" + name + "\n");
    script.append("ln -s " + name + name + " deep/long-link\n");
    if (Tool.isRoot()) {
      script.append(
          """
          mknod etc/null c 1 3; mknod etc/loop b 7 200; chmod 600 etc/loop
          chown 1234:65534 usr/lib; chown -h 5:6 usr/lib/link; chown 3000000:7 deep/numbers
          chmod 6755 deep/numbers
          """);
    }
    script.append(
        """
        find . -exec touch -h -d @949356849 {} +
        touch -h -d @1000000001 usr/bin/tool; touch -d @1234567890 empty
        """);
    Tool.ok(tree, script.toString());
  }

  private CommandRun flar(String... arguments) {
    return CommandRun.of(
        FlarMain.program(), directory, Map.of("TMPDIR", directory.toString()), arguments);
  }

  private void create(String... arguments) {
    List<String> all = new ArrayList<>(List.of("create", "-n", "tools", "-R", "tree"));
    all.addAll(List.of(arguments));
    CommandRun run = flar(all.toArray(String[]::new));
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.err()).doesNotContain("warning");
  }

  /** Everything a tree holds, in words; links by the names that are one file. */
  private String listing(String tree, boolean withDirectoryTimes) {
    String times = withDirectoryTimes ? "%T@" : "-";
    return Tool.ok(
        directory.resolve(tree),
        "export LC_ALL=C; find . -mindepth 1 '(' -type d -printf '%P d %m %U %G "
            + times
            + "\\n' -o -type l -printf '%P l %U %G %l\\n' -o -printf '%P %y %m %U %G %T@ %s %n\\n'"
            + " ')' | sort; find . -type f -print0 | sort -z | xargs -0 md5sum; "
            + "find . '(' -type b -o -type c ')' -print0 | sort -z"
            + " | xargs -0r stat -c '%n %t %T'; "
            + "find . -links +1 -type f -printf '%i %P\\n' | sort -k2"
            + " | awk '{ if (!($1 in n)) n[$1] = ++c; print n[$1], $2 }'");
  }

  @ParameterizedTest
  @CsvSource({"cpio, false", "cpio, true", "pax, false", "pax, true"})
  void othersMakeTheSameTreeOfIt(String method, boolean isCompressed) {
    Tool.need("cpio", "tar");
    List<String> options = new ArrayList<>(List.of("-L", method));
    if (isCompressed) {
      Tool.need("compress");
      options.add("-c");
    }
    options.add("a.flar");
    create(options.toArray(String[]::new));
    assertThat(flar("split", "a.flar").status()).isZero();
    String stream = isCompressed ? "compress -d < archive" : "cat archive";
    String extract =
        method.equals("cpio")
            ? "cpio -idm --no-preserve-owner --quiet"
            : "tar xpf - --no-same-owner";
    if (Tool.isRoot()) {
      extract = method.equals("cpio") ? "cpio -idm --quiet" : "tar xpf - --numeric-owner";
    }
    Tool.ok(directory, "mkdir out; " + stream + " | (cd out && " + extract + ")");
    // cpio sets the times of directories before it fills them.
    boolean withTimes = method.equals("pax");
    assertThat(listing("out", withTimes)).isEqualTo(listing("tree", withTimes));
    String id = flar("info", "-k", "archive_id", "a.flar").out().strip();
    assertThat(Tool.ok(directory, stream + " | md5sum")).startsWith(id);
    assertThat(flar("info", "-k", "files_archived_size", "a.flar").out().strip())
        .isEqualTo(Tool.ok(directory, "stat -c %s archive").strip());
  }

  @ParameterizedTest
  @CsvSource({"cpio", "pax"})
  void weMakeTheSameTreeOfIt(String method) {
    create("-c", "-L", method, "a.flar");
    assertThat(flar("split", "-f", "a.flar").status()).isZero();
    assertThat(listing("archive", true)).isEqualTo(listing("tree", true));
  }

  @Test
  void bothMethodsGiveOneIdWithAndWithoutCompression() {
    for (String method : List.of("cpio", "pax")) {
      create("-L", method, "plain.flar");
      create("-L", method, "-c", "compressed.flar");
      assertThat(flar("info", "-k", "archive_id", "compressed.flar").out())
          .isEqualTo(flar("info", "-k", "archive_id", "plain.flar").out());
    }
  }

  @Test
  void theSameTreeElsewhereGivesTheSameId() {
    Tool.ok(directory, "cp -a tree twin");
    create("one.flar");
    assertThat(flar("create", "-n", "tools", "-R", "twin", "two.flar").status()).isZero();
    assertThat(flar("info", "-k", "archive_id", "two.flar").out())
        .isEqualTo(flar("info", "-k", "archive_id", "one.flar").out());
  }

  @Test
  void archivesThatOthersPackedAreRead() {
    Tool.need("cpio", "compress");
    create("a.flar");
    flar("split", "a.flar");
    List<String> before = flar("info", "-l", "a.flar").out().lines().sorted().toList();
    Tool.ok(
        directory,
        "(cd tree && find . -mindepth 1 -print0 | LC_ALL=C sort -z | sed -z 's,^./,,'"
            + " | cpio -o0 -H newc --quiet) | compress > archive;"
            + " sed -i s/method=none/method=compress/ identification");
    assertThat(flar("combine", "b.flar").status()).isZero();
    // GNU cpio puts the names of one file together; a name that is not UTF-8 comes as it is.
    assertThat(before).anyMatch(name -> name.startsWith("opt/latin\uFFFD"));
    assertThat(flar("info", "-l", "b.flar").out().lines().sorted().toList()).isEqualTo(before);
    Tool.ok(directory, "rm archive");
    assertThat(flar("split", "-f", "b.flar").status()).isZero();
    assertThat(listing("archive", false)).isEqualTo(listing("tree", false));
  }

  @Test
  void deploymentSectionsAreWhatUudecodeAndCpioRead() {
    Tool.need("cpio", "compress", "python3");
    Tool.ok(
        directory,
        "mkdir -p tree/etc/flash/predeployment tree/etc/flash/reboot;"
            + " printf '#!/bin/sh\\nexit 0\\n' > tree/etc/flash/predeployment/10check;"
            + " chmod 755 tree/etc/flash/predeployment/10check; : > tree/etc/flash/reboot/.data");
    create("a.flar");
    flar("split", "--all", "-d", "parts", "a.flar");
    String decode =
        "python3 -c \"import binascii,sys\n"
            + "for l in open('parts/%s').read().split('\\n')[1:]:\n"
            + "  if l in ('', '\\`', 'end'): continue\n"
            + "  sys.stdout.buffer.write(binascii.a2b_uu(l))\" | compress -d | cpio -it --quiet";
    assertThat(Tool.ok(directory, String.format(decode, "predeployment")).lines())
        .containsExactly("predeployment", "predeployment/10check", "predeployment_processing");
    assertThat(Tool.ok(directory, String.format(decode, "postdeployment")).lines())
        .containsExactly("postdeployment", "postdeployment_processing");
    assertThat(Tool.ok(directory, String.format(decode, "reboot")).lines())
        .containsExactly("reboot", "reboot/.data");
    assertThat(Tool.ok(directory, "head -1 parts/reboot")).isEqualTo("begin 644 reboot.cpio.Z\n");
  }
}
