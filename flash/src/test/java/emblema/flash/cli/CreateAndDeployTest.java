package emblema.flash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.bootenv.cli.Beadm;
import emblema.testkit.Seed;
import emblema.testkit.TreeSnapshot;
import emblema.testkit.TreeSnapshot.Detail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What was created from a master is deployed, and is the master: content, mode, owner, times,
 * links. Then the differential archive of what became of the master makes a clone the same.
 */
class CreateAndDeployTest {
  /** More find more; the usual ones are always the same. */
  private static final int ROUNDS = Integer.getInteger("tests.rounds", 2);

  @TempDir Path top;
  private Path directory = Path.of("");

  private CommandRun done(String... arguments) {
    CommandRun run = CommandRun.of(FlarMain.program(), directory, arguments);
    assertThat(run.status()).as(String.join(" ", arguments) + "\n" + run.err()).isZero();
    return run;
  }

  private void create(String method, boolean isCompressed, String... more) {
    List<String> words = new ArrayList<>(List.of("create", "-n", "test", "-m", "pumbaa"));
    words.addAll(List.of("-L", method));
    if (isCompressed) {
      words.add("-c");
    }
    words.addAll(List.of(more));
    done(words.toArray(String[]::new));
  }

  private TreeSnapshot tree(String path) {
    return TreeSnapshot.of(directory.resolve(path), Detail.TIMES)
        .without(each -> each.equals("etc/flash") || each.startsWith("etc/flash/"));
  }

  private void init() throws IOException {
    Files.createDirectory(directory.resolve("machines"));
    CommandRun run = CommandRun.of(Beadm.program(), directory, "-r", "machines", "init", "zero");
    assertThat(run.status()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"cpio, false", "pax, true", "cpio, true", "pax, false"})
  void aDeployedArchiveIsTheMasterAndAnUpdatedCloneTheUpdatedMaster(
      String method, boolean isCompressed) throws IOException {
    Random random = new Random(Seed.orElse(9));
    for (int round = 0; round < ROUNDS; round++) {
      directory = Files.createDirectory(top.resolve("round-" + round));
      ImagePair.make(directory, random, 60, 40);
      init();
      create(method, isCompressed, "-R", "old", "full.flar");
      done("deploy", "--be-root", "machines", "--be", "one", "--keep-identity", "full.flar");
      assertThat(tree("old").difference(tree("machines/be/one"))).isEmpty();

      create(method, isCompressed, "-R", "new", "-A", "old", "diff.flar");
      TreeSnapshot before = tree("machines/be/one");
      done("deploy", "--be-root", "machines", "--be", "two", "--from", "one", "diff.flar");
      assertThat(tree("new").difference(tree("machines/be/two"))).as("round " + round).isEmpty();
      assertThat(before.difference(tree("machines/be/one"))).isEmpty();
    }
  }

  @Test
  void withoutAManifestTheResultIsTheSame() throws IOException {
    Random random = new Random(Seed.orElse(9));
    for (int round = 0; round < ROUNDS; round++) {
      directory = Files.createDirectory(top.resolve("round-" + round));
      ImagePair.make(directory, random, 60, 40);
      init();
      create("cpio", false, "-R", "old", "full.flar");
      done("deploy", "--be-root", "machines", "--be", "one", "--keep-identity", "full.flar");
      create("cpio", false, "-M", "-R", "new", "-A", "old", "diff.flar");
      done("deploy", "--be-root", "machines", "--be", "two", "--from", "one", "diff.flar");
      assertThat(tree("new").difference(tree("machines/be/two"))).as("round " + round).isEmpty();
    }
  }
}
