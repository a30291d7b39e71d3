package emblema.store.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.error.MalformedException;
import emblema.store.file.FileRepository;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers about the reference's repository, compared with the reference's answers. */
class GoldenSearchTest {
  private static FileRepository repository = FileRepository.open(SearchGolden.path("repo"));
  private static SearchIndex alpha = index("alpha.example");
  private static SearchIndex beta = index("beta.example");

  private static SearchIndex index(String publisher) {
    return MemoryIndex.of(new OriginSource(repository, publisher), text -> {});
  }

  @AfterAll
  static void close() {
    alpha.close();
    beta.close();
    repository.close();
  }

  private static List<String> answer(SearchIndex index, Search search) {
    List<String> lines = new ArrayList<>();
    lines.add(SearchWire.HEADER);
    index.search(search, hit -> lines.add(SearchWire.line(0, hit)));
    return lines;
  }

  private static List<String> names(String query) {
    List<String> names = new ArrayList<>();
    alpha.search(Search.packages(query), hit -> names.add(hit.packageName().split("@")[0]));
    return names.stream().distinct().toList();
  }

  private static List<String> found(String query) {
    List<String> found = new ArrayList<>();
    alpha.search(
        Search.actions(query),
        hit -> {
          var action = (SearchHit.ActionHit) hit;
          found.add(
              String.join(
                  " ",
                  action.type(),
                  action.key(),
                  HitColumns.match(action),
                  hit.packageName().replaceAll(",.*", "")));
        });
    return found;
  }

  @ParameterizedTest
  @CsvSource({
    "051-search1,False_2_None_None_core",
    "052-search1-pkg,False_1_None_None_core",
    "053-search1-case,True_2_None_None_Core",
    "055-search1-field,False_2_None_None_:file:basename:core"
  })
  void answersAsTheReference(String name, String search) {
    assertThat(answer(alpha, Search.parse(search)))
        .containsExactlyElementsOf(SearchGolden.answer(name));
  }

  @Test
  void answersForTheOtherPublisherAsTheReference() {
    assertThat(answer(beta, Search.parse("False_2_None_None_app")))
        .containsExactlyElementsOf(SearchGolden.answer("059-search1-pub"));
  }

  @Test
  void answersTheOldOperationAsTheReference() {
    List<String> lines = new ArrayList<>();
    alpha.search(
        Search.actions("core"), hit -> lines.add(SearchWire.oldLine((SearchHit.ActionHit) hit)));
    assertThat(lines).containsExactlyElementsOf(SearchGolden.answer("049-search0"));
  }

  @Test
  void wireLinesAreReadBack() {
    alpha.search(
        Search.actions("*"),
        hit -> {
          SearchHit.ActionHit action = (SearchHit.ActionHit) hit;
          SearchHit.ActionHit read =
              (SearchHit.ActionHit) SearchWire.read(SearchWire.line(0, hit)).orElseThrow();
          assertThat(read.line()).isEqualTo(action.line());
          assertThat(read.fmri()).isEqualTo(action.fmri());
          assertThat(read.value()).isEqualTo(action.value());
          assertThat(HitColumns.match(read)).isEqualTo(HitColumns.match(action));
        });
  }

  @Test
  void aWordIsComparedWithoutCaseUnlessAskedFor() {
    assertThat(names("CORE")).containsExactly("base/core");
    List<String> lines = answer(alpha, new Search("CORE", true, false, null, 0));
    assertThat(lines).containsExactly(SearchWire.HEADER);
  }

  @Test
  void patternsMatchWholeWords() {
    assertThat(found("rub?")).containsExactlyInAnyOrderElementsOf(found("ruby"));
    assertThat(names("file:basename:ruby1[89]")).containsExactly("lang/ruby-18", "lang/ruby-19");
    assertThat(names("file:basename:RUBY1[!9]")).containsExactly("lang/ruby-18");
    assertThat(names("uby")).isEmpty();
    assertThat(names("*uby")).hasSize(3);
  }

  @Test
  void aWordIsFoundOncePerWordOfTheAction() {
    assertThat(found("depend:require:base/core*"))
        .containsExactly(
            "depend require base/core consolidation/all-incorporation@1.0",
            "depend require base/core consolidation/all-incorporation@2.0",
            "depend require base/core@1.0 test/deps@1.0",
            "depend require base/core@1.0 test/deps@1.0");
  }

  @Test
  void fieldsRestrictTypeKeyAndPackage() {
    assertThat(found("lang/ruby-19:link::ruby"))
        .containsExactly(
            "link basename usr/bin/ruby lang/ruby-19@1.9.7",
            "link mediator ruby lang/ruby-19@1.9.7");
    assertThat(found("LANG/RUBY-19:link:mediator:ruby")).hasSize(1);
    assertThat(found("ruby-19:link::ruby")).isEmpty();
    assertThat(found("Link::ruby")).isEmpty();
    assertThat(found("link:mediator:")).hasSizeGreaterThan(2);
  }

  @Test
  void andAsksForTheSameAction() {
    assertThat(found("core AND conf")).isEmpty();
    assertThat(found("Core package AND pkg.summary:Core")).isNotEmpty();
    assertThat(found("ruby mediator:ruby"))
        .contains("hardlink mediator ruby lang/ruby-19@1.9.7")
        .doesNotContain("link basename usr/bin/ruby lang/ruby-19@1.9.7");
    assertThat(names("core AND elfprog")).containsExactly("base/core");
    assertThat(names("<core> AND <elfprog>")).containsExactly("base/core");
  }

  @Test
  void orJoinsResultsOfBothSides() {
    assertThat(found("ruby18 OR ruby19")).hasSize(2);
    assertThat(found("file AND none OR ruby18")).isEmpty();
    assertThat(found("(file AND none) OR ruby18")).hasSize(1);
    assertThat(names("ruby18 OR <ruby19>")).containsExactly("lang/ruby-18", "lang/ruby-19");
  }

  @Test
  void phrasesStandInTheLineAsTheyAre() {
    assertThat(found("'Core package'")).hasSize(3);
    assertThat(found(":set:pkg.summary: 'core PACKAGE'")).hasSize(3);
    assertThat(found("'Core  package'")).hasSize(3);
    assertThat(found("'package Core'")).isEmpty();
    assertThat(found("\"Core pack\"")).hasSize(3);
  }

  @Test
  void aPartOfTheResultsIsCountedFromTheBeginning() {
    List<String> all = answer(alpha, Search.parse("False_2_None_None_core"));
    assertThat(answer(alpha, Search.parse("False_2_3_2_core")).subList(1, 4))
        .containsExactlyElementsOf(all.subList(3, 6));
    assertThat(answer(alpha, Search.parse("False_2_0_None_core"))).hasSize(1);
    assertThat(answer(alpha, Search.parse("False_1_1_1_ruby"))).hasSize(2);
  }

  @Test
  void queriesThatCannotBeReadSayWhere() {
    assertThatThrownBy(() -> found("(("))
        .isInstanceOf(MalformedException.class)
        .hasMessage("Could not parse query.\nProblem occurred with: None\t\n\t((\n\t  ^");
    assertThatThrownBy(() -> found("a ) b"))
        .hasMessage("Could not parse query.\nProblem occurred with: )\t\n\ta ) b\n\t  ^");
    for (String bad : List.of("", " ", "AND a", "a AND", "'a", "<a", "()", "a OR OR b", "\"\"")) {
      assertThatThrownBy(() -> found(bad)).as(bad).isInstanceOf(MalformedException.class);
    }
  }

  @Test
  void actionsAndPackagesDoNotMix() {
    assertThatThrownBy(() -> found("a AND <b>"))
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith("This expression produces action results:\n\t:::a\n")
        .hasMessageEndingWith(
            "'AND' and 'OR' require those expressions to produce the same type of results.");
  }

  @Test
  void searchesThatCannotBeReadSayWhy() {
    assertThatThrownBy(() -> Search.parse("nonsense"))
        .hasMessageStartingWith("A query is expected to have five fields")
        .hasMessageEndingWith(":\nnonsense");
    for (String bad : List.of("Maybe_2_None_None_a", "True_3_None_None_a", "True_2_x_None_a")) {
      assertThatThrownBy(() -> Search.parse(bad)).as(bad).isInstanceOf(MalformedException.class);
    }
    assertThat(Search.parse("True_1_5_7_a_b").text()).isEqualTo("a_b");
    assertThat(Search.parse("True_1_5_7_a_b")).hasToString("True_1_5_7_a_b");
  }

  @Test
  void hostilePatternsEndInTime() {
    assertThatThrownBy(() -> found("*a".repeat(3000))).isInstanceOf(MalformedException.class);
    assertThatThrownBy(() -> found("a ".repeat(200))).isInstanceOf(MalformedException.class);
    assertThat(found("(".repeat(90) + "ruby18" + ")".repeat(90))).hasSize(1);
    assertThat(found("x".repeat(40000))).isEmpty();
    assertThat(found("[")).isEmpty();
    assertThat(found("[!")).isEmpty();
  }
}
