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

/** The examples of spec flar-cli, section 6, by their numbers there and in the seeds. */
class FlarCreateExamplesTest {
  private static final String[] ALL = {
    "aaa", "aaa/bbb", "aaa/bbb/ccc", "aaa/bbb/ccc/ddd", "aaa/bbb/fff", "aaa/eee", "ggg"
  };
  private static final String[] SELECTED = {
    "aaa", "aaa/bbb", "aaa/bbb/ccc", "aaa/bbb/ccc/ddd", "ggg"
  };

  @TempDir Path directory;

  @BeforeEach
  void makeMaster() throws IOException {
    for (String file : List.of("aaa/bbb/ccc/ddd", "aaa/bbb/fff", "aaa/eee", "ggg")) {
      write("master/" + file, file);
    }
  }

  private void write(String path, String text) throws IOException {
    Path file = directory.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private CommandRun flar(String... arguments) {
    return CommandRun.of(
        FlarMain.program(), directory, Map.of("TMPDIR", directory.toString()), arguments);
  }

  private CommandRun create(String... arguments) {
    List<String> all = new ArrayList<>(List.of("create"));
    all.addAll(List.of(arguments));
    all.addAll(all.size() - 1, List.of("-R", "master"));
    CommandRun run = flar(all.toArray(String[]::new));
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).isEmpty();
    return run;
  }

  private List<String> list(String archive) {
    CommandRun run = flar("info", "-l", archive);
    assertThat(run.err()).isEmpty();
    return run.out().lines().toList();
  }

  private String keyword(String archive, String keyword) {
    return flar("info", "-k", keyword, archive).out();
  }

  @Test
  void example18x6AnExactDuplicateCompressed() {
    create("-n", "archive1", "-c", "archive1.flar");
    assertThat(list("archive1.flar")).containsExactly(ALL);
    assertThat(keyword("archive1.flar", "files_compressed_method")).isEqualTo("compress\n");
    assertThat(keyword("archive1.flar", "content_name")).isEqualTo("archive1\n");
    assertThat(keyword("archive1.flar", "type")).isEqualTo("FULL\n");
  }

  @Test
  void example18x7ExcludesADirectoryAndIncludesOneBelow() {
    create("-n", "archive2", "-x", "/aaa", "-y", "/aaa/bbb/ccc", "archive2.flar");
    assertThat(list("archive2.flar")).containsExactly(SELECTED);
  }

  @Test
  void example18x8TakesBothFromLists() throws IOException {
    write("exclude", "/aaa\n");
    write("include", "/aaa/bbb/ccc\n");
    create("-n", "archive5", "-X", "exclude", "-f", "include", "archive5.flar");
    assertThat(list("archive5.flar")).containsExactly(SELECTED);
  }

  @Test
  void example18x9MixesAListAndAPath() throws IOException {
    write("exclude", "/aaa");
    create("-n", "archive5", "-X", "exclude", "-y", "/aaa/bbb/ccc", "archive5.flar");
    assertThat(list("archive5.flar")).containsExactly(SELECTED);
  }

  @Test
  void example18x10TakesAFilter() throws IOException {
    write("filter1", "- /aaa\n+ /aaa/bbb/ccc\n");
    create("-n", "archive3", "-z", "filter1", "archive3.flar");
    assertThat(list("archive3.flar")).containsExactly(SELECTED);
  }

  @Test
  void example18x11ArchivesAnotherRoot() throws IOException {
    write("master/etc/nodename", "pumbaa\n");
    write("master/var/sadm/system/admin/INST_RELEASE", "OS=Solaris\nVERSION=10\nREV=0\n");
    create("-n", "archive4", "-c", "archive4.flar");
    assertThat(keyword("archive4.flar", "creation_node")).isEqualTo("pumbaa\n");
    assertThat(keyword("archive4.flar", "creation_release")).isEqualTo("10\n");
    assertThat(keyword("archive4.flar", "creation_os_name")).isEqualTo("Solaris\n");
    for (String unknown :
        List.of(
            "creation_hardware_class",
            "creation_platform",
            "creation_processor",
            "creation_os_version")) {
      assertThat(keyword("archive4.flar", unknown)).as(unknown).isEqualTo("UNKNOWN\n");
    }
    assertThat(flar("info", "-k", "content_architectures", "archive4.flar").status())
        .as("nobody can tell for which machines another root is")
        .isEqualTo(1);
  }

  @Test
  void anotherRootOfLinuxTellsItsReleaseAndName() throws IOException {
    write("master/etc/hostname", "simba\n");
    write("master/etc/os-release", "NAME=\"Debian GNU/Linux\"\nVERSION_ID='13'\n");
    create("-n", "linux", "linux.flar");
    assertThat(keyword("linux.flar", "creation_node")).isEqualTo("simba\n");
    assertThat(keyword("linux.flar", "creation_release")).isEqualTo("13\n");
    assertThat(keyword("linux.flar", "creation_os_name")).isEqualTo("Debian GNU/Linux\n");
  }

  @Test
  void example18x12DescribesAnArchiveInTheOrderOfRealOnes() throws IOException {
    write("master/etc/nodename", "pumbaa\n");
    create(
        "-n",
        "archive3",
        "-c",
        "-i",
        "20000131221409",
        "-m",
        "pumbaa",
        "-e",
        "Solaris 8 Print Server",
        "-a",
        "Mighty Matt",
        "-U",
        "x-department=Internal Finance",
        "-T",
        "server",
        "archive3.flar");
    String info = flar("info", "archive3.flar").out();
    assertThat(info.replaceAll("(archive_id|files_.*_size)=[0-9a-f]+", "$1=?"))
        .isEqualTo(
            """
            archive_id=?
            files_archived_method=cpio
            creation_date=20000131221409
            creation_master=pumbaa
            content_name=archive3
            creation_node=pumbaa
            creation_hardware_class=UNKNOWN
            creation_platform=UNKNOWN
            creation_processor=UNKNOWN
            creation_release=UNKNOWN
            creation_os_name=UNKNOWN
            creation_os_version=UNKNOWN
            files_compressed_method=compress
            files_archived_size=?
            files_unarchived_size=?
            content_type=server
            content_description=Solaris 8 Print Server
            content_author=Mighty Matt
            x-department=Internal Finance
            type=FULL
            """);
    assertThat(info.replaceAll("(?m)^(archive_id=[0-9a-f]{32}|files_.*_size=[1-9][0-9]*)\n", ""))
        .doesNotContain("archive_id", "_size");
  }

  @Test
  void example18x12AsPrintedIsAUsageErrorThatSaysHowToWriteIt() {
    CommandRun run = flar("create", "-n", "a", "-R", "master", "-U", "Internal Finance", "a.flar");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("-U x-department=\"Internal Finance\"");
    assertThat(directory.resolve("a.flar")).doesNotExist();
  }

  @Test
  void example18x13And18x14ArchiveOnlyTheDifference() throws IOException {
    for (String file : List.of("aaa/bbb/ccc/ddd", "aaa/bbb/fff", "aaa/eee", "old")) {
      write("unchanged_master1/" + file, file);
    }
    Tool.ok(directory, "find unchanged_master1 master -exec touch -h -d @949356849 {} +");
    write("master/aaa/eee", "changed");
    create("-n", "diffarchive1", "-A", "unchanged_master1", "-c", "diffarchive1.flar");
    assertThat(list("diffarchive1.flar")).containsExactly("aaa/eee", "ggg");
    assertThat(keyword("diffarchive1.flar", "type")).isEqualTo("DIFFERENTIAL\n");
    flar("split", "-S", "manifest", "diffarchive1.flar");
    assertThat(Files.readAllLines(directory.resolve("manifest"), StandardCharsets.UTF_8))
        .contains("checklist", "/aaa/eee\tN", "/ggg\tN", "\\d/", "\\d/aaa/bbb/ccc")
        .anyMatch(line -> line.startsWith("/old\tO\t"))
        .anyMatch(line -> line.startsWith("/aaa/bbb/fff\t4:1"));
  }

  @Test
  void example6x11SplitsEditsAndCombines() throws IOException {
    create("-n", "archive1", "archive1.flar");
    assertThat(flar("split", "archive1.flar").status()).isZero();
    write("user_defined", "text\n");
    assertThat(flar("combine", "-u", "user_defined", "newarchive.flar").status()).isZero();
    assertThat(list("newarchive.flar")).containsExactly(ALL);
    flar("split", "-d", "out", "-S", "user_defined", "newarchive.flar");
    assertThat(directory.resolve("out/user_defined")).hasContent("text\n");
  }

  @Test
  void example6x12KeywordsOfUsers() {
    create(
        "-n",
        "k",
        "-U",
        "x-department=Internal Finance",
        "-U",
        "X-a=b=c",
        "-U",
        "X-empty=",
        "k.flar");
    assertThat(keyword("k.flar", "X-A")).isEqualTo("b=c\n");
    assertThat(keyword("k.flar", "X-empty")).isEqualTo("\n");
    for (String refused : List.of("none", "department=x", "Y-a=b", "X-a\nb=c", "X-a=b\nc", "=x")) {
      assertThat(flar("create", "-n", "k", "-R", "master", "-U", refused, "bad.flar").status())
          .as(refused)
          .isEqualTo(2);
    }
  }

  @Test
  void theArchiveMasterGivesHasTheBytesOfTheReference() throws IOException {
    Tool.need("chown");
    org.junit.jupiter.api.Assumptions.assumeTrue(Tool.isRoot());
    write("master/aaa/bbb/ccc/ddd", "ddd\n");
    write("master/aaa/bbb/fff", "fff\n");
    write("master/aaa/eee", "eee\n");
    write("master/ggg", "ggg\n");
    Tool.ok(
        directory,
        "chown -R 0:0 master; chmod -R u=rwX,go=rX master;"
            + " find master -exec touch -d @949356849 {} +");
    Files.copy(
        java.util.Objects.requireNonNull(getClass().getResourceAsStream("/01-full-cpio.flar")),
        directory.resolve("sample.flar"));
    create("-n", "archive1", "own.flar");
    flar("split", "-d", "own", "own.flar");
    flar("split", "-d", "sample", "sample.flar");
    // Directories of some file systems count their links otherwise: then only the rest is the same.
    if (Tool.ok(directory, "stat -c %h master/aaa").strip().equals("3")) {
      assertThat(directory.resolve("own/archive"))
          .hasSameBinaryContentAs(directory.resolve("sample/archive"));
    }
  }
}
