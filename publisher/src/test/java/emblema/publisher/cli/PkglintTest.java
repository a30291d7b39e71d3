package emblema.publisher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PkglintTest {
  private static final String GOOD =
      """
      set name=pkg.fmri value=a@1
      set name=pkg.summary value=s
      set name=org.opensolaris.consolidation value=c
      set name=info.classification value=org.opensolaris.category.2008:System/Core
      """;

  @TempDir Path directory;

  private static Path goldens() {
    try {
      return Path.of(Objects.requireNonNull(PkglintTest.class.getResource("/golden/lint")).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String part(String name, String start) throws IOException {
    String text = Files.readString(goldens().resolve("out/" + name + ".txt"));
    String rest = text.substring(text.indexOf(start) + start.length());
    int end = rest.indexOf("=== stderr\n");
    return end < 0 ? rest : rest.substring(0, end);
  }

  private CommandRun pkglint(Path in, String... arguments) {
    return CommandRun.of(PkglintMain.program(), in, arguments);
  }

  private CommandRun lint(String... manifests) throws IOException {
    List<String> names = new ArrayList<>();
    for (String manifest : manifests) {
      names.add("m" + names.size());
      Files.writeString(directory.resolve(names.getLast()), manifest);
    }
    return pkglint(directory, names.toArray(String[]::new));
  }

  @Test
  void findsInTheReferencesManifestsWhatTheReferenceFinds() throws IOException {
    CommandRun one = pkglint(goldens(), "src/manifests/core-2.0.p5m");
    assertThat(one.out()).isEqualTo(part("003-core", "=== stdout\n"));
    assertThat(one.err().lines().filter(line -> !line.contains("action005.1")))
        .containsExactlyElementsOf(part("003-core", "=== stderr\n").lines().toList());
    assertThat(one.status()).isZero();
    List<String> all;
    try (Stream<Path> files = Files.list(goldens().resolve("src/manifests"))) {
      all = files.map(file -> "src/manifests/" + file.getFileName()).sorted().toList();
    }
    CommandRun run = pkglint(goldens(), all.toArray(String[]::new));
    assertThat(run.status()).isEqualTo(1);
    // the reference looks for equal group numbers in the wrong place
    assertThat(run.err()).contains("pkglint.dupaction006.1      gid 4242 is a duplicate");
    assertThat(run.err().lines().filter(line -> !line.contains("dupaction006")).sorted())
        .containsExactlyElementsOf(golden().lines().sorted().toList());
  }

  private static String golden() throws IOException {
    try (Stream<Path> files = Files.list(goldens().resolve("out"))) {
      String name =
          files
              .map(file -> "" + file.getFileName())
              .filter(file -> file.startsWith("004"))
              .findFirst()
              .orElseThrow();
      return part(name.replace(".txt", ""), "=== stderr\n");
    }
  }

  @Test
  void listsChecksAsTheReferenceDoes() throws IOException {
    List<String> golden = part("001-list", "=== stdout\n").lines().toList();
    assertThat(golden).containsAll(pkglint(directory, "-L").out().lines().toList());
  }

  @Test
  void stopsAtManifestsThatCannotBeRead() throws IOException {
    CommandRun run = pkglint(goldens(), "lint-bad.p5m");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .startsWith("CRITICAL lint.manifest002         ")
        .contains("no value specified for key attribute 'name'")
        .endsWith("pkglint: Fatal error in manifest - exiting.\n");
    assertThat(lint("set name=a value=b\n").err()).contains("does not set pkg.fmri");
    assertThat(pkglint(directory).status()).isEqualTo(2);
    assertThat(pkglint(directory, "none").status()).isEqualTo(1);
  }

  @Test
  void findsNothingInAGoodManifest() throws IOException {
    assertThat(lint(GOOD))
        .isEqualTo(new CommandRun(0, "Lint engine setup...\nStarting lint run...\n", ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      textBlock =
          """
          dir path=x owner=root group=bin mode=0755 bad_name=1   ; WARNING pkglint.action001.1 ; 0
          set name=bad_name value=1                              ; WARNING pkglint.action001.2 ; 0
          set name=info.source_url value=1                       ; use info.source-url ; 0
          dir path=x owner=root group=bin mode=0644              ; WARNING pkglint.action002.1 ; 0
          dir path=x owner=root group=bin mode=0000              ; ERROR pkglint.action002.2 ; 1
          dir path=x owner=root group=bin mode=0577              ; WARNING pkglint.action002.4 ; 0
          legacy pkg=x                                           ; ERROR pkglint.action003.1 ; 1
          unknown x=1                                            ; ERROR pkglint.action004 ; 1
          license x license=y path=z                             ; ERROR pkglint.action007 ; 1
          dir path=x owner=root group=bin mode=99999             ; ERROR pkglint.action009 ; 1
          user username=Abc group=x                              ; WARNING pkglint.action010.2 ; 0
          depend type=incorporate fmri=b                         ; ERROR pkglint.action011 ; 1
          depend type=require fmri=__TBD                         ; ERROR pkglint.action006 ; 1
          depend type=require fmri=b                             ; WARNING pkglint.action005.1 ; 0
          dir path=x owner=root group=bin mode=0755 facet.doc=x  ; WARNING pkglint.action012 ; 0
          dir path=x owner=root group=bin mode=0755 variant.y=1  ; ERROR pkglint.manifest003.1 ; 1
          set name=info.classification value=nonsense            ; ERROR pkglint.manifest008.2 ; 1
          set name=pkg.summary value=t                           ; ERROR pkglint.manifest006 ; 1
          set name=pkg.description value=s                       ; WARNING pkglint.manifest009.2 ; 0
          link path=a/b target=c mediator=m mediator-version=1   ; ` ` ; 0
          file NOHASH path=x owner=root group=bin mode=0644 overlay=allow ; ERROR pkglint.dupaction009.1 ; 1
          """)
  void findsEachMistake(String line, String finding, int status) throws IOException {
    CommandRun run = lint(GOOD + line + "\n");
    assertThat(run.err()).contains(finding.strip());
    assertThat(run.status()).as(run.err()).isEqualTo(status);
  }

  @Test
  void findsWhatTwoPackagesClaim() throws IOException {
    String other = GOOD.replace("a@1", "b@1");
    String file = "file NOHASH path=x owner=root group=bin mode=0644";
    assertThat(lint(GOOD + file + "\n", other + file + "\n").err())
        .contains("ERROR pkglint.dupaction001.1      path x is a duplicate delivered by");
    assertThat(
            lint(GOOD + file + "\n", other + "dir path=x owner=root group=bin mode=0755\n").err())
        .contains("ERROR pkglint.dupaction008");
    assertThat(
            lint(
                    GOOD + "link path=x target=y\n",
                    other + "dir path=x/y owner=root group=bin mode=0755\n")
                .err())
        .contains("ERROR pkglint.dupaction011");
    assertThat(
            lint(
                    GOOD + "dir path=x owner=root group=bin mode=0755\n",
                    other + "dir path=x owner=root group=sys mode=0755\n")
                .err())
        .contains("ERROR pkglint.dupaction007");
    assertThat(
            lint(
                    GOOD + "set name=variant.v value=1 value=2\n" + file + " variant.v=1\n",
                    other + "set name=variant.v value=1 value=2\n" + file + " variant.v=2\n")
                .status())
        .isZero();
  }

  @Test
  void keepsSilentAboutWhatIsMarked() throws IOException {
    String mark = " pkg.linted.pkglint.action002=true";
    CommandRun run = lint(GOOD + "dir path=x owner=root group=bin mode=0644" + mark + "\n");
    assertThat(run.status()).isZero();
    assertThat(run.err())
        .contains("INFO pkglint001.5                 Linted message: pkglint.action002.1")
        .doesNotContain("WARNING");
    Files.writeString(directory.resolve("m"), GOOD + "unknown x=1\n");
    assertThat(
            pkglint(directory, "-x", "pkglint.action004", "-x", "pkglint.action009", "m").status())
        .isZero();
  }
}
