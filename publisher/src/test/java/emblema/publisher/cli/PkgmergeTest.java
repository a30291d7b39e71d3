package emblema.publisher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PkgmergeTest {
  @TempDir Path directory;

  @BeforeEach
  void makeADestination() {
    assertThat(CommandRun.of(PkgrepoMain.program(), directory, "create", "merged").status())
        .isZero();
  }

  private static Path goldens() {
    try {
      return Path.of(
          Objects.requireNonNull(PkgmergeTest.class.getResource("/golden/merge")).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String out(String name) throws IOException {
    String text = Files.readString(goldens().resolve("out/" + name + ".txt"));
    return text.substring(text.indexOf("=== stdout\n") + 11, text.indexOf("=== stderr\n"));
  }

  private CommandRun pkgmerge(String... arguments) {
    List<String> words = new ArrayList<>(List.of("-d", "merged"));
    words.addAll(List.of(arguments));
    return CommandRun.of(PkgmergeMain.program(), directory, words.toArray(String[]::new));
  }

  private static String golden(String arch) {
    return "arch=" + arch + "," + goldens().resolve("m-" + arch);
  }

  private CommandRun pkgrepo(String... arguments) {
    return CommandRun.of(PkgrepoMain.program(), directory, arguments);
  }

  @Test
  void mergesTheReferencesRepositoriesAsTheReferenceDoes() throws IOException {
    CommandRun trial = pkgmerge("-n", "-s", golden("i386"), "-s", golden("sparc"));
    assertThat(trial.err()).isEmpty();
    assertThat(trial.out())
        .isEqualTo(
            """
            pkg://alpha.example/merge/both@1.0,5.11:20250105T000000Z
            pkg://alpha.example/merge/sparc-only@1.0,5.11:20250101T000000Z
            """);
    assertThat(pkgrepo("list", "-H", "-s", "merged").out()).isEmpty();
    CommandRun run = pkgmerge("-s", golden("i386"), "-s", golden("sparc"));
    assertThat(run).isEqualTo(trial);
    assertThat(pkgrepo("list", "-s", "merged").out()).isEqualTo(out("005-merged-list"));
    assertThat(pkgrepo("contents", "-m", "-s", "merged").out())
        .isEqualTo(out("004-merged-contents"));
    CommandRun verify = pkgrepo("verify", "-s", "merged");
    assertThat(verify.status()).as(verify.out() + verify.err()).isZero();
    assertThat(pkgmerge("-s", golden("i386"), "-s", golden("sparc")).status()).isEqualTo(1);
  }

  private void source(String name, String manifest) throws IOException {
    assertThat(pkgrepo("create", name).status()).isZero();
    assertThat(pkgrepo("add-publisher", "-s", name, "p.example").status()).isZero();
    for (String each : manifest.split("---\n", -1)) {
      Files.writeString(directory.resolve("m"), each);
      CommandRun run = CommandRun.of(PkgsendMain.program(), directory, "publish", "-s", name, "m");
      assertThat(run.status()).as(run.err()).isZero();
    }
  }

  @Test
  void skipsPackagesOfDifferentVersionsAndMergesTheOthers() throws IOException {
    source("one", "set name=pkg.fmri value=a@1\n---\nset name=pkg.fmri value=b@1\n");
    source("two", "set name=pkg.fmri value=a@2\n---\nset name=pkg.fmri value=b@1\n");
    CommandRun run = pkgmerge("-s", "arch=x,one", "-s", "arch=y,two");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("package versions must be equal").contains("a@1");
    assertThat(run.out()).contains("/b@1").doesNotContain("/a@");
    assertThat(pkgrepo("list", "-H", "-s", "merged").out()).contains("b ").doesNotContain("a  ");
  }

  @Test
  void mergesTwoVariantsAndBlendsWhatIsMarked() throws IOException {
    String start = "set name=pkg.fmri value=a@1\n";
    source("one", start + "dir path=x owner=root group=bin mode=0755\n");
    source("two", start + "dir path=x owner=root group=bin mode=0755\n");
    source("three", start + "dir path=x owner=root group=bin mode=0700\n");
    source(
        "four",
        start
            + "dir path=x owner=root group=bin mode=0755\n"
            + "set name=all value=1 pkg.merge.blend=arch pkg.merge.blend=debug\n"
            + "dir path=y owner=root group=bin mode=0755 variant.arch=i\n"
            + "dir path=z owner=root group=bin mode=0755 variant.arch=s\n");
    CommandRun run =
        pkgmerge(
            "-s", "arch=i,debug=t,one",
            "-s", "arch=i,debug=f,two",
            "-s", "arch=s,debug=t,three",
            "-s", "arch=s,debug=f,four");
    assertThat(run.err()).isEmpty();
    assertThat(pkgrepo("contents", "-m", "-s", "merged").out())
        .contains("set name=variant.debug value=t value=f\n")
        .contains("set name=variant.arch value=i value=s\n")
        .contains("set name=all value=1\n")
        .contains("mode=0755 owner=root path=x variant.arch=i\n")
        .contains("mode=0700 owner=root path=x variant.arch=s variant.debug=t\n")
        .contains("mode=0755 owner=root path=x variant.arch=s variant.debug=f\n")
        .contains("path=z variant.arch=s variant.debug=f\n")
        .doesNotContain("path=y");
  }

  @Test
  void refusesSourcesThatDoNotCoverAllVariants() {
    String i386 = golden("i386");
    assertThat(pkgmerge().status()).isEqualTo(2);
    assertThat(pkgmerge("-s", "foo=i386,x", "-s", "arch=s,y").err())
        .contains("missing values for variants");
    assertThat(pkgmerge("-s", "a=1,b=1,x", "-s", "a=2,b=2,y").status()).isEqualTo(2);
    assertThat(pkgmerge("-s", i386, "-s", i386).status()).isEqualTo(2);
    assertThat(pkgmerge("-s", "nothing").status()).isEqualTo(2);
    assertThat(pkgmerge("-s", i386, "none").status()).isEqualTo(1);
    assertThat(pkgmerge("-s", i386, "-p", "none").status()).isEqualTo(1);
    assertThat(pkgmerge("-s", "arch=x,nowhere").status()).isEqualTo(1);
    CommandRun run = pkgmerge("-n", "-s", i386, "!*only*");
    assertThat(run.out()).contains("merge/both").doesNotContain("only");
  }
}
