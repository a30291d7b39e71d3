package emblema.publisher.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.error.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where Python's expressions differ from Java's. Expectations are Python's. */
class RegexpTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      textBlock =
          """
          (?P<a_b>x)(?P=a_b)  ; xx   ; true
          (?P<a>x)(?P=a)      ; xy   ; false
          (a)\\1              ; aa   ; true
          [[]                 ; [    ; true
          [a[b]               ; [    ; true
          [a&&b]              ; &    ; true
          []a]                ; ]    ; true
          [^]a]               ; ]    ; false
          a{                  ; a{   ; true
          a{x}                ; a{x} ; true
          {}                  ; {}   ; true
          a{,2}b              ; aab  ; true
          a{,2}b              ; aaab ; false
          a{2}b               ; aab  ; true
          \\101               ; A    ; true
          [\\101]             ; A    ; true
          \\x41\\u0042        ; AB   ; true
          (?#a comment)b      ; b    ; true
          (?i)ABC             ; abc  ; true
          (?i:A)b             ; ab   ; true
          (?u)\\w             ; é    ; true
          (?a)\\w             ; é    ; false
          \\w                 ; é    ; true
          x\\Z                ; x    ; true
          a(?=b)              ; ab   ; true
          (?<=a)b             ; ab   ; false
          a|b                 ; b    ; true
          usr/lib/libx.so     ; usr/lib/libxxso ; true
          """)
  void matchesAsPythonDoes(String regexp, String value, boolean matches) {
    assertThat(Regexp.of(regexp).match(value).isPresent()).isEqualTo(matches);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(",
        "[a",
        "a**",
        "\\Q.\\E",
        "\\p{L}",
        "\\h",
        "\\z",
        "\\",
        "(?P<1>x)",
        "(?P<a>x)(?P<a>y)",
        "(?P=a)",
        "(?(1)a|b)",
        "\\1",
        "\\x4",
        "\\UFFFFFFFF",
        "(?#x",
        "[\\8]"
      })
  void refusesWhatPythonRefuses(String regexp) {
    assertThatThrownBy(() -> Regexp.of(regexp))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("is not a regular expression");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      textBlock =
          """
          x*        ; -            ; -a-b--d-
          (b)(x)?   ; [\\2\\1]     ; a[xb]d
          b(?P<q>x) ; \\g<q>\\g<1> ; axxd
          b         ; $1           ; a$1xd
          b         ; \\\\         ; a\\xd
          b         ; \\&          ; a\\&xd
          b         ; \\101        ; aAxd
          b         ; `\\0501`     ; `a(1xd`
          """)
  void replacesAsPythonDoes(String regexp, String replacement, String result) {
    Regexp expression = Regexp.of(regexp);
    Replacement with = Replacement.of(replacement, expression);
    assertThat(expression.replaceAll("abxd", with)).isEqualTo(result);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\1", "\\g<x>", "\\g", "\\g<", "\\q", "\\"})
  void refusesReplacementsThatPythonRefuses(String replacement) {
    assertThatThrownBy(() -> Replacement.of(replacement, Regexp.of("b")))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void endsBeforeALineFeedOnly() {
    assertThat(Regexp.of("a$").match("a\n")).isPresent();
    assertThat(Regexp.of("a$").match("a\r")).isEmpty();
    assertThat(Regexp.of("a.").match("a\r")).isPresent();
  }

  @Test
  void survivesExpressionsThatNestTooDeeply() {
    Regexp regexp = Regexp.of("(a|b)*c");
    String value = "ab".repeat(200_000);
    assertThatThrownBy(() -> regexp.match(value))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("nests too deeply");
  }
}
