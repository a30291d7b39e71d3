package emblema.core.fmri;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.error.EmblemaException;
import emblema.core.error.MalformedException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables of spec fmri-version, sections 5 to 7 and 10. */
class FmriTest {
  @ParameterizedTest
  @CsvSource({
    "pkg://pub/a/b@1.0, pub, a/b, 'pkg://pub/a/b@1.0,5.11'",
    "pkg:/a/b@1.0, , a/b, 'pkg:/a/b@1.0,5.11'",
    "pkg:///a, , a, pkg:/a",
    "//pub/a, pub, a, pkg://pub/a",
    "/a, , a, pkg:/a",
    "a, , a, pkg:/a",
    "'a\n', , a, pkg:/a",
    "0a, , 0a, pkg:/0a",
    "a+b.c_d-e@1, , a+b.c_d-e, 'pkg:/a+b.c_d-e@1,5.11'",
    "pkg://x.y-z:80/a, x.y-z:80, a, pkg://x.y-z:80/a"
  })
  void readsEveryForm(String text, String publisher, String stem, String canonical) {
    Fmri fmri = Fmri.parse(text);
    assertThat(fmri.publisher()).isEqualTo(publisher);
    assertThat(fmri.stem()).isEqualTo(stem);
    assertThat(fmri).hasToString(canonical);
    assertThat(Fmri.parse(canonical)).isEqualTo(fmri).hasToString(canonical);
  }

  @ParameterizedTest
  @CsvSource({
    "pkg:a, Invalid Package Name: pkg:a",
    "pkg:, Invalid Package Name: pkg:",
    "//pub, 'Missing ''/'' after publisher name'",
    "pkg://pub, 'Missing ''/'' after publisher name'",
    "pkg://pub/, Missing package name",
    "pkg:/, Missing package name",
    "'', Missing package name",
    "@1.0, Missing package name",
    "_a, Invalid Package Name: _a",
    "-a, Invalid Package Name: -a",
    ".a, Invalid Package Name: .a",
    "+a, Invalid Package Name: +a",
    "a/_b, Invalid Package Name: a/_b",
    "a//b, Invalid Package Name: a//b",
    "a/, Invalid Package Name: a/",
    "'a,b', 'Invalid Package Name: a,b'",
    "a b, Invalid Package Name: a b",
    "a%2fb, Invalid Package Name: a%2fb",
    "é, Invalid Package Name: é",
    "a*, Invalid Package Name: a*",
    "'  a', 'Invalid Package Name:   a'",
    "a@1.*, Bad Version: 1.*",
    "a@1@2, Invalid Package Name: a@1",
    "a@b@1.0, Invalid Package Name: a@b",
    "a@, Version cannot be empty",
    "../a, Invalid Package Name: ../a",
    "a/../b, Invalid Package Name: a/../b"
  })
  void refusesWithTheReferencesWords(String text, String reason) {
    assertThatThrownBy(() -> Fmri.parse(text))
        .isInstanceOf(MalformedException.class)
        .hasMessage("Illegal FMRI '" + text + "': " + reason);
  }

  @Test
  void cannotBeMadeWithABadName() {
    assertThatThrownBy(() -> new Fmri(null, "../a", null)).isInstanceOf(MalformedException.class);
  }

  @Test
  void hidesAndIgnoresTheMarkOfAPreferredPublisher() {
    assertThat(Fmri.parse("pkg://_PRE_pub/a@1"))
        .hasToString("pkg:/a@1,5.11")
        .isEqualTo(Fmri.parse("pkg://pub/a@1"));
  }

  @Test
  void writesEveryForm() {
    Fmri fmri = Fmri.parse("pkg://pub/a/b+c@1.0,5.11-1:20240102T030405Z");
    assertThat(fmri.toStringWithoutPublisher()).isEqualTo("pkg:/a/b+c@1.0,5.11-1:20240102T030405Z");
    assertThat(fmri.toStringWithoutScheme()).isEqualTo("a/b+c@1.0,5.11-1:20240102T030405Z");
    assertThat(fmri.toShortString()).isEqualTo("a/b+c@1.0-1");
    assertThat(fmri.stemWithPublisher()).isEqualTo("pkg://pub/a/b+c");
    assertThat(fmri.stemElement()).isEqualTo("a%2Fb%2Bc");
    assertThat(fmri.versionElement()).isEqualTo("1.0%2C5.11-1%3A20240102T030405Z");
    assertThat(fmri.urlElement()).isEqualTo("a%2Fb%2Bc@1.0%2C5.11-1%3A20240102T030405Z");
    assertThat(Fmri.fromPathElements("pub", fmri.stemElement(), fmri.versionElement()))
        .isEqualTo(fmri);
    assertThat(Fmri.fromPathElements(null, "a%2fb", "1%2c5.11")).hasToString("pkg:/a/b@1,5.11");
  }

  @Test
  void hasNoPathWithoutAVersion() {
    assertThatThrownBy(() -> Fmri.parse("a").versionElement()).isInstanceOf(EmblemaException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "%2", "a%zz", "%ff", "a%2"})
  void refusesPathElementsThatAreNotEncoded(String element) {
    assertThatThrownBy(() -> Fmri.fromPathElements(null, element, "1"))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void sortsByPublisherThenNameThenVersion() {
    List<String> sorted = List.of("x", "x@1.0", "x@3", "//a/w@9", "//a/x@2", "//b/x@1");
    assertThat(sorted.reversed().stream().map(Fmri::parse).sorted())
        .containsExactlyElementsOf(sorted.stream().map(Fmri::parse).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "a@1, a@1, true",
    "a@2, //p/a@1, true",
    "a@1, a@2, false",
    "a@1, a, true",
    "a, a, true",
    "a, a@1, false",
    "a@2, b@1, false"
  })
  void succeedsWhatIsNotNewer(String fmri, String other, boolean expected) {
    assertThat(Fmri.parse(fmri).isSuccessorOf(Fmri.parse(other))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"example.com", "Example", "1.2.3.4", "[::1]", "-a", "a..b"})
  void takesPublishers(String prefix) {
    assertThat(PublisherPrefix.isValid(prefix)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a_b", "a:80", ".a", "a/b", "a b", "é", "::1", "_PRE", "a@b", "a\n"})
  void refusesPublishers(String prefix) {
    assertThat(PublisherPrefix.isValid(prefix)).isFalse();
    assertThatThrownBy(() -> PublisherPrefix.require(prefix))
        .isInstanceOf(MalformedException.class);
  }
}
