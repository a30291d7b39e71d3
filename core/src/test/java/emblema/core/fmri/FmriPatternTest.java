package emblema.core.fmri;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.error.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tables of spec fmri-version, sections 4, 8 and 9. */
class FmriPatternTest {
  @ParameterizedTest
  @CsvSource({
    "1.0-1:20240101T000000Z, *, true",
    "1.0-1:20240101T000000Z, 1, true",
    "1.0-1:20240101T000000Z, 1.*, false",
    "1.0-1:20240101T000000Z, 1.0-*, true",
    "1.0-1:20240101T000000Z, *:20240101T000000Z, true",
    "1.0-1:20240101T000000Z, *:20240102T000000Z, false",
    "1.2.3-4, 1.*.3, false",
    "1.2.3-4, *-4, true",
    "1.2.3-4, *-5, false",
    "1.2.3-4, 1.2.3.*, false",
    "1.2, 1.2.*, false",
    "'1.2.3,5.11-4', '*,5.12-*', true",
    "1.2.3, 1.2.3-4, false",
    "1.2.3, latest, true"
  })
  void matchesVersionsAsTheTableSays(String version, String pattern, boolean expected) {
    assertThat(VersionPattern.parse(pattern).matches(Version.parse(version))).isEqualTo(expected);
    assertThat(VersionPattern.parse(pattern)).hasToString(pattern);
  }

  @ParameterizedTest
  @CsvSource({
    "hello@1, true",
    "hello@1.0, true",
    "hello@*, true",
    "hello@latest, true",
    "hello@*-0.1, true",
    "'hello@1.0,5.10', true",
    "app/*, true",
    "/app/hello, true",
    "*hello, true",
    "//example.com/app/hello, true",
    "pkg://example.com/app/h?llo, true",
    "app/hello, true",
    "hello@, true",
    "hello@1.*, false",
    "*hello@1.*, false",
    "pkg:/hello, false",
    "h*o, false",
    "ello, false",
    "Hello, false",
    "//other.com/app/hello, false",
    "hello@2, false"
  })
  void matchesPackagesAsObserved(String pattern, boolean expected) {
    Fmri fmri = Fmri.parse("pkg://example.com/app/hello@1.0,5.11-0.1:20240102T030405Z");
    assertThat(FmriPattern.parse(pattern).matches(fmri)).isEqualTo(expected);
  }

  @Test
  void matchesTrailingPartsOfNamesOnly() {
    FmriPattern pattern = FmriPattern.parse("hello");
    assertThat(pattern.matchesName("hello")).isTrue();
    assertThat(pattern.matchesName("my/app/hello")).isTrue();
    assertThat(pattern.matchesName("app/hello-world")).isFalse();
    assertThat(pattern.matchesName("hello2")).isFalse();
    assertThat(pattern.matchesName("xhello")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "hello@1.?, 'Illegal FMRI ''hello@1.?'': Bad Version: 1.?'",
    "hello@1*, 'Illegal FMRI ''hello@1*'': Bad Version: 1*'",
    "h*@1*, 'Illegal matching pattern ''h*@1*'': Bad Version: 1*'",
    "foo@bad@@, 'Illegal FMRI ''foo@bad@@'': Bad Version: bad@@'",
    "h[a]*, 'Illegal matching pattern ''h[a]*'': Invalid Package Name: h[a]*'",
    "h[a], 'Illegal FMRI ''h[a]'': Invalid Package Name: h[a]'",
    "'', 'Illegal FMRI '''': Missing package name'",
    "pkg://p*, 'Illegal FMRI ''pkg://p*'': Missing ''/'' after publisher name'"
  })
  void refusesWithTheReferencesWords(String pattern, String message) {
    assertThatThrownBy(() -> FmriPattern.parse(pattern))
        .isInstanceOf(MalformedException.class)
        .hasMessage(message);
  }

  @Test
  void comparesAPublisherLiterally() {
    assertThat(FmriPattern.parse("pkg://p*/a").matches(Fmri.parse("pkg://pub/a@1"))).isFalse();
  }

  @Test
  void knowsWhatIsAskedFor() {
    assertThat(FmriPattern.parse("a@latest").isLatest()).isTrue();
    assertThat(FmriPattern.parse("a").isLatest()).isFalse();
    assertThat(FmriPattern.parse("a?").hasWildcard()).isTrue();
    assertThat(FmriPattern.parse("a@*").hasWildcard()).isFalse();
    assertThat(FmriPattern.parse("a@").version()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "*, '', true",
    "'', '', true",
    "a*b*c, aXbYc, true",
    "a*b*c, aXbY, false",
    "?, '', false",
    "**a, ba, true",
    "locale.en*, locale.en_US, true",
    "[a-c]x, bx, true",
    "[!a-c]x, bx, false",
    "[!a-c]x, dx, true",
    "[], [], true",
    "[a, [a, true"
  })
  void globsAsAShell(String pattern, String text, boolean expected) {
    assertThat(Glob.matches(pattern, text)).isEqualTo(expected);
  }

  @Test
  void globsInBoundedTime() {
    assertThat(Glob.matches("*a".repeat(200) + "b", "a".repeat(20_000))).isFalse();
  }
}
