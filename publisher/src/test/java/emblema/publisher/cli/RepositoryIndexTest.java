package emblema.publisher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code pkgrepo refresh} and {@code rebuild} do about the search index. */
class RepositoryIndexTest {
  @TempDir Path directory;

  private CommandRun pkgrepo(String... arguments) {
    return CommandRun.of(PkgrepoMain.program(), directory, arguments);
  }

  @BeforeEach
  void publish() throws IOException {
    Files.writeString(directory.resolve("a.p5m"), "set name=pkg.fmri value=a@1.0\n");
    pkgrepo("create", "repo");
    pkgrepo("add-publisher", "-s", "repo", "p.example");
    CommandRun run =
        CommandRun.of(PkgsendMain.program(), directory, "-s", "repo", "publish", "a.p5m");
    assertThat(run.status()).as(run.err()).isZero();
  }

  private Path index() {
    return directory.resolve("repo/publisher/p.example/search");
  }

  @Test
  void aPublicationLeavesTheIndexAloneAndRefreshMakesIt() {
    assertThat(index()).doesNotExist();
    assertThat(pkgrepo("refresh", "-s", "repo").status()).isZero();
    assertThat(index().resolve("current")).hasContent("g1");
    assertThat(pkgrepo("refresh", "-s", "repo").status()).isZero();
    assertThat(index().resolve("g1")).isDirectory();
    assertThat(pkgrepo("rebuild", "-s", "repo").status()).isZero();
    assertThat(index().resolve("current")).hasContent("g2");
    assertThat(index().resolve("g1")).doesNotExist();
  }

  @Test
  void leavesTheIndexAloneWhereAskedTo() {
    assertThat(pkgrepo("refresh", "--no-index", "-s", "repo").status()).isZero();
    assertThat(pkgrepo("rebuild", "--no-index", "-s", "repo").status()).isZero();
    assertThat(index()).doesNotExist();
  }
}
