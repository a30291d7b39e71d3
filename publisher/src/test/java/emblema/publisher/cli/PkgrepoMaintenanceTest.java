package emblema.publisher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.testkit.RepositoryStructure;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A copy of the reference's repository, looked after by our command as by the reference's. */
class PkgrepoMaintenanceTest {
  @TempDir Path directory;
  private final Path goldens = path();
  private Path store = Path.of("unset");

  private static Path path() {
    try {
      return Path.of(
          Objects.requireNonNull(PkgrepoMaintenanceTest.class.getResource("/golden/pkgrepo"))
              .toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeEach
  void copy() throws IOException {
    Path from = goldens.resolve("repo");
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes ignored)
              throws IOException {
            Files.createDirectories(directory.resolve("repo").resolve(from.relativize(path)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes ignored)
              throws IOException {
            Files.copy(path, directory.resolve("repo").resolve(from.relativize(path)));
            return FileVisitResult.CONTINUE;
          }
        });
    store = directory.resolve("repo/publisher/alpha.example");
    pkgrepo("set", "-s", "repo", "repository/trust-anchor-directory=" + goldens.resolve("anchors"));
  }

  private CommandRun pkgrepo(String... arguments) {
    return CommandRun.of(PkgrepoMain.program(), directory, arguments);
  }

  /** What the reference printed to standard output. */
  private String expected(String name) throws IOException {
    String text = Files.readString(goldens.resolve("out/" + name + ".txt"), StandardCharsets.UTF_8);
    int start = text.indexOf("=== stdout\n") + "=== stdout\n".length();
    return text.substring(start, text.indexOf("=== stderr\n", start));
  }

  /** The blocks of a verification but for warnings and what is ours, sorted, with local paths. */
  private List<String> blocks(String text) {
    String local = text.replace("/golden/repo-bad/", directory + "/repo/");
    List<String> blocks = new ArrayList<>();
    String list = local.replace("Initiating repository verification.\n", "");
    for (String block : list.split("\n\n+", -1)) {
      String plain = block.replaceAll(" *Reason: .*\n?", "").strip();
      if (!plain.startsWith("WARNING") && !plain.isEmpty()) {
        blocks.add(plain);
      }
    }
    blocks.sort(null);
    return blocks;
  }

  private void damageAsTheReferenceWasGiven() throws IOException {
    Files.delete(store.resolve("file/04/044ef48af264fd3e304ab9e64f9656f37af763a6"));
    Path payload = store.resolve("file/02/02e7af15c4d5ffa79b9f5cb01a42e5c264c050ab");
    byte[] bytes = Files.readAllBytes(payload);
    Files.write(payload, Arrays.copyOf(bytes, bytes.length - 3));
    Files.writeString(
        store.resolve("pkg/test%2Fdeps/1.0%2C5.11-0.1%3A20250101T000003Z"), "garbage\n");
  }

  @Test
  void findsNothingInTheReferencesRepository() throws IOException {
    CommandRun run = pkgrepo("verify", "-s", "repo");
    assertThat(run.err()).isEmpty();
    assertThat(blocks(run.out())).isEmpty();
    assertThat(run.status()).isZero();
    assertThat(run.out()).startsWith(expected("064-verify-full"));
    RepositoryStructure.check(directory.resolve("repo"));
  }

  @Test
  void reportsDamageAsTheReferenceDoes() throws IOException {
    damageAsTheReferenceWasGiven();
    CommandRun run = pkgrepo("verify", "-s", "repo", "--disable", "dependency");
    assertThat(run.status()).isEqualTo(1);
    assertThat(blocks(run.out())).isEqualTo(blocks(expected("067-bad-verify")));
    assertThat(Pattern.compile("\n\n\n$").matcher(run.out()).find()).isTrue();
  }

  @Test
  void fixesDamageAsTheReferenceDoes() throws IOException {
    damageAsTheReferenceWasGiven();
    CommandRun run = pkgrepo("fix", "-s", "repo");
    assertThat(run.status()).isEqualTo(1);
    String reference = expected("068-bad-fix").replace("/golden/repo-bad/", directory + "/repo/");
    for (String line : reference.lines().filter(line -> !line.startsWith(" ")).toList()) {
      assertThat(run.out().lines()).contains(line);
    }
    CommandRun again = pkgrepo("verify", "-s", "repo", "--disable", "dependency");
    assertThat(again.status()).isZero();
    assertThat(blocks(again.out())).isEmpty();
    RepositoryStructure.check(directory.resolve("repo"));
    assertThat(store.resolve("pkg5-quarantine/fix.000001/pkg/test%2Fdeps")).isDirectory();
    assertThat(pkgrepo("fix", "-s", "repo", "-p", "beta.example").out())
        .isEqualTo("Initiating repository fix.\n\nNo repository fixes required.\n");
  }

  @Test
  void printsManifestsAsTheReferenceDoes() throws IOException {
    assertThat(pkgrepo("contents", "-s", "repo", "base/core@1.0").out())
        .isEqualTo(expected("059-contents"));
    assertThat(pkgrepo("contents", "-s", "repo", "-t", "file,link", "*core@1.1").out())
        .isEqualTo(expected("060-contents-t"));
    assertThat(pkgrepo("contents", "-s", "repo", "-m", "tools/app@1.1").out())
        .isEqualTo(expected("061-contents-m"));
    assertThat(pkgrepo("contents", "-s", "repo", "nosuch").status()).isEqualTo(1);
    CommandRun some = pkgrepo("contents", "-s", "repo", "nosuch", "tools/app@1.1");
    assertThat(some.status()).isEqualTo(1);
    assertThat(some.out()).isEqualTo(expected("061-contents-m"));
    assertThat(pkgrepo("contents", "-s", "repo", "-t", "driver", "tools/app@1.1").status())
        .isEqualTo(1);
    assertThat(pkgrepo("contents", "-s", "repo", "-t", "nonsense").status()).isEqualTo(2);
  }

  @Test
  void removesAsTheReferenceDoes() throws IOException {
    String[] patterns = {"-s", "repo", "tools/app@1.0", "lang/ruby-18"};
    assertThat(pkgrepo("remove", "-n", "-s", "repo", "tools/app@1.0", "lang/ruby-18").out())
        .isEqualTo(expected("070-remove-n"));
    CommandRun unmatched = pkgrepo("remove", "-s", "repo", "tools/app@1.0", "nosuch");
    assertThat(unmatched.status()).isEqualTo(1);
    assertThat(pkgrepo("remove", "-s", "repo", "-d", "2025", "tools/app").status()).isEqualTo(2);
    assertThat(pkgrepo("remove", "-s", "repo", "-d", "19990101", "tools/app").status())
        .isEqualTo(1);
    assertThat(pkgrepo("remove", "-s", "repo").status()).isEqualTo(2);
    CommandRun run = pkgrepo("remove", "-s", patterns[1], patterns[2], patterns[3]);
    assertThat(run.status()).isZero();
    assertThat(run.out()).isEqualTo("Removing packages for publisher alpha.example ...\n");
    assertThat(pkgrepo("list", "-H", "-s", "repo", "tools/app").out().lines()).hasSize(3);
    assertThat(pkgrepo("list", "-s", "repo", "lang/ruby-18").status()).isEqualTo(1);
    assertThat(blocks(pkgrepo("verify", "-s", "repo", "--disable", "dependency").out())).isEmpty();
    RepositoryStructure.check(directory.resolve("repo"));
  }

  @Test
  void removesAPublisherAsTheReferenceDoes() throws IOException {
    CommandRun trial = pkgrepo("remove-publisher", "-n", "-s", "repo", "beta.example");
    assertThat(trial.out()).isEqualTo(expected("072-remove-publisher"));
    assertThat(pkgrepo("remove_publisher", "-s", "repo", "beta.example", "nobody").status())
        .isEqualTo(1);
    assertThat(directory.resolve("repo/publisher/beta.example")).isDirectory();
    CommandRun run = pkgrepo("remove-publisher", "--synchronous", "-s", "repo", "alpha.example");
    assertThat(run.status()).isZero();
    assertThat(directory.resolve("repo/publisher/alpha.example")).doesNotExist();
    assertThat(directory.resolve("repo/tmp")).isEmptyDirectory();
    assertThat(pkgrepo("get", "-H", "-s", "repo", "publisher/prefix").out())
        .as("the only one left")
        .isEqualTo("publisher prefix beta.example\n");
    pkgrepo("remove-publisher", "-s", "repo", "beta.example");
    assertThat(pkgrepo("get", "-H", "-s", "repo", "publisher/prefix").out())
        .isEqualTo("publisher prefix \"\"\n");
  }

  @Test
  void comparesTwoRepositories() throws IOException {
    String golden = goldens.resolve("repo").toString();
    assertThat(pkgrepo("diff", "-s", golden, "-s", "repo")).isEqualTo(new CommandRun(0, "", ""));
    pkgrepo("remove", "-s", "repo", "tools/app@1.0");
    pkgrepo("remove-publisher", "-s", "repo", "beta.example");
    CommandRun table = pkgrepo("diff", "-s", golden, "-s", "repo");
    assertThat(table.status()).isEqualTo(10);
    assertThat(table.out())
        .endsWith(
            """
            +---------------+------------+------------+---------+---------+
            | Publisher     | Repo1 only | Repo2 only | In both | Total   |
            +---------------+------------+------------+---------+---------+
            | alpha.example | 0 [1]      | 0 [0]      | 19 [25] | 19 [26] |
            | beta.example  | 2 [2]      | -          | -       | 2 [2]   |
            +---------------+------------+------------+---------+---------+
            """);
    CommandRun names = pkgrepo("-s", golden, "diff", "-v", "-s", "repo");
    assertThat(names.out())
        .endsWith(
            """
            alpha.example
                    - pkg://alpha.example/tools/app@1.0,5.11-0.1:20250101T000011Z
                    in both: 19 packages, 25 versions
            - beta.example
                    2 packages, 2 versions
            """);
    CommandRun json = pkgrepo("diff", "--parsable", "-v", "-s", golden, "-s", "repo");
    assertThat(json.out())
        .isEqualTo(
            "{\"common_pubs\":[{\"+\":[],\"-\":[\"pkg://alpha.example/tools/app@1.0,5.11-0.1:"
                + "20250101T000011Z\"],\"common\":{\"packages\":19,\"versions\":25},"
                + "\"publisher\":\"alpha.example\"}],\"minus_pubs\":[{\"packages\":2,"
                + "\"publisher\":\"beta.example\",\"versions\":2}],\"plus_pubs\":[]}\n");
    assertThat(pkgrepo("diff", "--parsable", "-s", golden, "-s", "repo").out())
        .contains("[\"beta.example\",{\"packages\":2,\"versions\":2},null,null,");
    assertThat(pkgrepo("diff", "-q", "-s", golden, "-s", "repo"))
        .isEqualTo(new CommandRun(10, "", ""));
    assertThat(pkgrepo("diff", "-q", "-v", "-s", golden, "-s", "repo").status()).isEqualTo(2);
    assertThat(pkgrepo("diff", "-s", golden).status()).isEqualTo(2);
    assertThat(pkgrepo("diff", "-s", golden, "-s", "repo", "-p", "beta.example").status())
        .isEqualTo(1);
    pkgrepo("rebuild", "--no-index", "-s", "repo");
    assertThat(pkgrepo("diff", "--strict", "-s", "repo", "-s", golden).status()).isEqualTo(10);
  }

  @Test
  void findsSignaturesThatNobodyVouchesFor() throws IOException {
    pkgrepo("set", "-s", "repo", "repository/trust-anchor-directory=" + directory);
    CommandRun run = pkgrepo("verify", "-s", "repo");
    assertThat(run.status()).isEqualTo(1);
    assertThat(blocks(run.out()))
        .isNotEmpty()
        .allMatch(block -> block.startsWith("ERROR: Bad sig"));
    assertThat(run.out()).contains("test/signed@").doesNotContain("base/core");
  }

  @Test
  void tellsTheHistoryAndWhatChangedInIt() {
    pkgrepo("remove", "-s", "repo", "tools/app@1.0");
    CommandRun log = pkgrepo("log", "-s", "repo", "-p", "alpha.example", "-F", "tsv");
    assertThat(log.status()).isZero();
    String[] newest = log.out().lines().skip(1).findFirst().orElseThrow().split("\t", -1);
    assertThat(newest).contains("removed", "tools/app@1.0,5.11-0.1:20250101T000011Z");
    pkgrepo("remove", "-s", "repo", "lang/ruby-18");
    CommandRun diff =
        pkgrepo("diff", "-s", "repo", "-p", "alpha.example", "-v", "--from", newest[1]);
    assertThat(diff.out())
        .isEqualTo("- pkg://alpha.example/lang/ruby-18@1.8.7,5.11-0.1:20250101T000020Z\n");
    assertThat(diff.status()).isEqualTo(10);
    assertThat(pkgrepo("diff", "-s", "repo", "-p", "alpha.example", "--from", "zzz").status())
        .isEqualTo(1);
    assertThat(pkgrepo("diff", "-s", "repo", "--from", newest[1]).status()).isEqualTo(2);
    assertThat(pkgrepo("diff", "-s", "repo", "--to", newest[1]).status()).isEqualTo(2);
    pkgrepo("set", "-s", "repo", "repository/manifest-history=False");
    assertThat(pkgrepo("log", "-s", "repo").status()).isEqualTo(1);
  }

  @Test
  void sweepsWhatNothingNeeds() throws IOException {
    Path orphan = store.resolve("file/aa/" + "a".repeat(40));
    Files.createDirectories(orphan.getParent());
    Files.writeString(orphan, "0123456789");
    assertThat(pkgrepo("sweep", "-n", "-s", "repo").out())
        .as("just stored")
        .contains("alpha.example 0        0\n");
    String[] now = {
      "sweep", "-H", "-s", "repo", "--grace", "0", "-F", "tsv", "-p", "alpha.example"
    };
    assertThat(orphan).exists();
    assertThat(pkgrepo(now).status()).isZero();
    assertThat(pkgrepo("sweep", "-s", "repo", "--grace", "soon").status()).isEqualTo(2);
  }

  @Test
  void refusesBadCommandLines() throws IOException {
    assertThat(pkgrepo("verify", "-s", "repo", "-d", "--disable", "dependency").status())
        .isEqualTo(2);
    Files.writeString(directory.resolve("ignored"), "pkg=a nonsense=b depend=c\n");
    assertThat(pkgrepo("verify", "-s", "repo", "-i", "ignored").status()).isEqualTo(1);
    assertThat(pkgrepo("verify", "-s", "repo", "-i", "missing").status()).isEqualTo(1);
    assertThat(pkgrepo("verify", "-s", "repo", "-p", "nobody").status()).isEqualTo(1);
    assertThat(pkgrepo("verify").status()).isEqualTo(2);
    pkgrepo("create", "--version", "3", "three");
    assertThat(pkgrepo("verify", "-s", "three").status()).isEqualTo(1);
    assertThat(pkgrepo("fix", "-s", "three").err())
        .contains("only version 4 repositories are supported");
    assertThat(pkgrepo("version").out()).isEqualTo("0.1.0\n");
    assertThat(pkgrepo("version", "x").status()).isEqualTo(2);
  }
}
