package emblema.publisher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The step-by-step subcommands and bundles, as the reference's session has them. */
class PkgsendTransactionTest {
  private static final String NAME = "pkg://p.example/trans/demo@1.0,5.11:20260102T030405Z";
  private static final String ID =
      "1767323045_pkg%3A%2F%2Fp.example%2Ftrans%2Fdemo%401.0%2C5.11%3A20260102T030405Z";

  @TempDir Path directory;

  @BeforeEach
  void makeARepositoryAndATree() throws IOException {
    assertThat(run(PkgrepoMain.program(), "create", "repo").status()).isZero();
    assertThat(run(PkgrepoMain.program(), "add-publisher", "-s", "repo", "p.example").status())
        .isZero();
    Files.createDirectories(directory.resolve("proto/etc"));
    Files.writeString(directory.resolve("proto/etc/keep.conf"), "keep\n");
  }

  private CommandRun run(emblema.cli.Program program, String... arguments) {
    return CommandRun.of(program, directory, arguments);
  }

  private CommandRun pkgsend(String... arguments) {
    return run(PkgsendMain.program(), arguments);
  }

  private CommandRun within(String... arguments) {
    return CommandRun.of(
        PkgsendMain.program(),
        directory,
        Map.of("PKG_TRANS_ID", ID, "PKG_REPO", "repo"),
        arguments);
  }

  private String contents() {
    return run(PkgrepoMain.program(), "contents", "-s", "repo", "-m").out();
  }

  private void nothingIsLeft() throws IOException {
    Path publisher = directory.resolve("repo/publisher/p.example");
    for (String name : new String[] {"trans", "pkg", "file"}) {
      if (Files.exists(publisher.resolve(name))) {
        try (Stream<Path> left = Files.list(publisher.resolve(name))) {
          assertThat(left).as(name).isEmpty();
        }
      }
    }
  }

  @Test
  void publishesStepByStep() {
    assertThat(pkgsend("-s", "repo", "open", "trans/demo@1.0").out())
        .isEqualTo("export PKG_TRANS_ID=" + ID + "\n");
    assertThat(within("add", "dir", "path=opt/trans", "owner=root", "group=bin", "mode=0755"))
        .isEqualTo(new CommandRun(0, "", ""));
    assertThat(
            within(
                "add",
                "file",
                "proto/etc/keep.conf",
                "path=opt/trans/my file",
                "owner=root",
                "group=bin",
                "mode=0644"))
        .isEqualTo(new CommandRun(0, "", ""));
    assertThat(contents()).doesNotContain("trans/demo");
    assertThat(within("close")).isEqualTo(new CommandRun(0, NAME + "\nPUBLISHED\n", ""));
    assertThat(contents())
        .contains("set name=pkg.fmri value=" + NAME)
        .contains("path=\"opt/trans/my file\" pkg.content-hash=file:sha512t_256:")
        .contains("dir group=bin mode=0755 owner=root path=opt/trans\n");
    assertThat(within("close").status()).isEqualTo(1);
  }

  @Test
  void printsOnlyTheNameAndAbandons() throws IOException {
    assertThat(pkgsend("-s", "repo", "open", "-n", "trans/demo@1.0").out()).isEqualTo(ID + "\n");
    assertThat(pkgsend("-s", "repo", "open", "-e", "-n", "trans/demo@1.0").status()).isEqualTo(2);
    assertThat(within("close", "-A")).isEqualTo(new CommandRun(0, "ABANDONED\n", ""));
    nothingIsLeft();
    assertThat(pkgsend("-s", "repo", "close", "-t", ID).err())
        .contains("no transaction matching '" + ID + "' could be found");
  }

  @Test
  void asksForWhatIsMissing() {
    assertThat(pkgsend("open", "a@1").status()).isEqualTo(2);
    assertThat(pkgsend("-s", "repo", "close").status()).isEqualTo(2);
    assertThat(pkgsend("-s", "repo", "close").err()).contains("-t or in $PKG_TRANS_ID");
    assertThat(pkgsend("-s", "repo", "add", "dir", "path=x").status()).isEqualTo(2);
    assertThat(pkgsend("-s", "repo", "open", "a").status()).isEqualTo(1);
    assertThat(within("add", "bogus", "path=x").err()).contains("unknown action type 'bogus'");
    assertThat(within("add", "dir", "word", "path=x").status()).isEqualTo(2);
    assertThat(pkgsend("-s", "repo", "append", "a@1").status()).isEqualTo(1);
    assertThat(pkgsend("-s", "nowhere", "open", "a@1").status()).isEqualTo(1);
  }

  @Test
  void includesWhatCanBeAddedAndTellsOfTheRest() throws IOException {
    assertThat(pkgsend("-s", "repo", "open", "trans/demo@1.0").status()).isZero();
    Files.writeString(
        directory.resolve("a.p5m"),
        """
        dir path=opt owner=root group=bin mode=0755
        file NOHASH path=etc/keep.conf owner=root group=bin mode=0644
        file no/such path=etc/none owner=root group=bin mode=0644
        dir path=bad owner=root group=bin mode=9999
        """);
    CommandRun run = within("include", "-d", "proto", "a.p5m");
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err())
        .contains("'no/such' was not found")
        .contains("mode")
        .contains("2 of 4 actions were not added");
    assertThat(within("close").status()).isZero();
    assertThat(contents()).contains("path=etc/keep.conf").contains("path=opt\n");
  }

  private void tar(String name, String... members) throws IOException {
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(Files.newOutputStream(directory.resolve(name)))) {
      for (String member : members) {
        byte[] content = ("content of " + member).getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(member, true);
        entry.setSize(content.length);
        entry.setMode(0644);
        entry.setUserName("root");
        entry.setGroupName("sys");
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
      }
    }
  }

  @Test
  void importsArchives() throws IOException {
    assertThat(pkgsend("-s", "repo", "open", "trans/demo@1.0").status()).isZero();
    tar("a.tar", "./usr/a", "usr/b c");
    assertThat(within("import", "a.tar", "proto").err()).isEmpty();
    assertThat(within("close").status()).isZero();
    assertThat(contents())
        .contains("group=sys mode=0644 owner=root path=usr/a ")
        .contains("path=\"usr/b c\"")
        .contains("path=etc/keep.conf");
  }

  @Test
  void publishesFromArchives() throws IOException {
    tar("a.tar", "./usr/a", "usr/b c");
    Files.writeString(
        directory.resolve("a.p5m"),
        "set name=pkg.fmri value=a@1\n" + pkgsend("generate", "a.tar").out());
    CommandRun run = pkgsend("publish", "-s", "repo", "-b", "a.tar", "a.p5m");
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    assertThat(contents()).contains("path=usr/a ").contains("pkg.size=18");
  }

  @Test
  void publishesNothingFromWhatIsNotWhole() throws IOException {
    tar("evil.tar", "usr/a", "../../etc/shadow");
    Files.writeString(
        directory.resolve("a.p5m"),
        """
        set name=pkg.fmri value=a@1
        file usr/a path=usr/a owner=root group=bin mode=0644
        file usr/none path=usr/b owner=root group=bin mode=0644
        """);
    CommandRun hostile = pkgsend("publish", "-s", "repo", "-b", "evil.tar", "a.p5m");
    assertThat(hostile.status()).isEqualTo(1);
    assertThat(hostile.err()).contains("evil.tar: the archive is refused").contains("../../etc");
    tar("good.tar", "usr/a");
    CommandRun missing = pkgsend("publish", "-s", "repo", "-b", "good.tar", "a.p5m");
    assertThat(missing.status()).isEqualTo(1);
    assertThat(missing.err()).contains("'usr/none' was not found").contains("good.tar");
    nothingIsLeft();
  }

  @Test
  void readsTheManifestFromStandardInput() {
    CommandRun run =
        CommandRun.withInput(
            PkgsendMain.program(),
            directory,
            "set name=pkg.fmri value=in@1.0\n",
            "publish",
            "-s",
            "repo");
    assertThat(run.out()).isEqualTo("pkg://p.example/in@1.0,5.11:20260102T030405Z\nPUBLISHED\n");
  }

  @Test
  void refreshesTheIndex() {
    assertThat(pkgsend("refresh-index", "-s", "repo")).isEqualTo(new CommandRun(0, "", ""));
    assertThat(directory.resolve("repo/publisher/p.example/search")).isDirectory();
  }
}
