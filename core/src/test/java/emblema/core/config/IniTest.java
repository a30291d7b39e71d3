package emblema.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.error.MalformedException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IniTest {
  private static final String REFERENCE =
      """
      [image]
      version = 4

      [authority_alpha.example]
      alias =\s
      prefix = alpha.example
      origin_info = [{'uri': 'file:///golden/repo/', 'proxy': '', 'disabled': 'false'}]
      repo.description = Golden "repo" ünï: 100% = all

      [CONFIGURATION]
      version = 3

      """;

  @Test
  void keepsEveryByteOfWhatTheReferenceWrote() {
    assertThat(Ini.read(REFERENCE, "pkg5.image").write()).isEqualTo(REFERENCE);
  }

  @Test
  void joinsContinuedLinesAndWritesThemBack() {
    Ini ini = Ini.read("[a]\nx = one\n\ttwo\n# comment\n", "f");
    assertThat(ini.value("a", "x")).contains("one\ntwo");
    assertThat(ini.write()).isEqualTo("[a]\nx = one\n\ttwo\n\n");
  }

  @Test
  void replacesASectionInPlace() {
    Ini ini = Ini.read(REFERENCE, "f").with("image", Map.of("version", "5"));
    assertThat(ini.write()).startsWith("[image]\nversion = 5\n\n[authority_");
    assertThat(ini.sectionsWith("authority_")).containsExactly("authority_alpha.example");
  }

  @Test
  void namesFileAndLineOfALineThatIsNeitherSectionNorValue() {
    assertThatThrownBy(() -> Ini.read("[a]\nnonsense\n", "pkg5.image"))
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith("pkg5.image:2:1: expected 'name = value'");
  }

  @Test
  void refusesAValueBeforeTheFirstSection() {
    assertThatThrownBy(() -> Ini.read("x = 1\n", "f")).hasMessageContaining("f:1:1");
  }

  @Test
  void readsAndWritesPythonLists() {
    List<String> texts = List.of("a", "it's", "say \"it's\"", "tab\t\\", "ü");
    String written = PythonLiteral.writeTexts(texts);
    assertThat(written).isEqualTo("['a', \"it's\", 'say \"it\\'s\"', 'tab\\t\\\\', 'ü']");
    assertThat(PythonLiteral.readTexts(written, "f")).isEqualTo(texts);
    assertThat(PythonLiteral.readTexts("", "f")).isEmpty();
    assertThat(PythonLiteral.readTexts("[]", "f")).isEmpty();
    assertThat(PythonLiteral.readTexts("[u'a', True, None,]", "f"))
        .containsExactly("a", "True", "");
  }

  @Test
  void readsAndWritesPythonDictionaries() {
    String text = "[{'uri': 'file:///r/', 'proxy': '', 'disabled': 'false'}]";
    assertThat(PythonLiteral.writeMaps(PythonLiteral.readMaps(text, "f"))).isEqualTo(text);
    assertThat(PythonLiteral.readMaps("[{'a': None}]", "f").getFirst()).containsEntry("a", "");
  }

  @Test
  void saysWhatIsWrongWithALiteral() {
    for (String bad : List.of("['a'", "['a' 'b']", "x", "['a']]", "[{'a' 1}]", "['\\x']", "[,]")) {
      assertThatThrownBy(() -> PythonLiteral.readTexts(bad, "pkg5.image: origins"))
          .isInstanceOf(MalformedException.class)
          .hasMessageContaining("pkg5.image: origins");
    }
  }
}
