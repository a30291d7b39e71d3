package emblema.publisher.master.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.error.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleReaderTest {
  private static Rules read(String text) {
    return RuleReader.read(text, "my.rules");
  }

  @Test
  void theFirstMatchWins() {
    Rules rules = read("package a opt/a/**\npackage b opt/**   # the rest\n");

    assertThat(rules.assignment("opt/a/x").orElseThrow().name()).isEqualTo("a");
    assertThat(rules.assignment("opt/b/x").orElseThrow().name()).isEqualTo("b");
    assertThat(rules.assignment("usr/x")).isEmpty();
  }

  @Test
  void aLaterFileComesBeforeAnEarlierOne() {
    Rules rules = read("package a **\n").precededBy(read("package b usr/**\n"));

    assertThat(rules.assignment("usr/x").orElseThrow().name()).isEqualTo("b");
    assertThat(rules.assignment("etc/x").orElseThrow().name()).isEqualTo("a");
  }

  @Test
  void quotesKeepBlanks() {
    assertThat(read("meta a summary=\"Web front end\"\n").meta("a").get("summary"))
        .containsExactly("Web front end");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "frobnicate x | unknown statement 'frobnicate'",
        "moved a b | expected OLD -> NEW",
        "moved ../a -> b | path '../a' is not allowed: it contains the name '..'",
        "editable sometimes etc/** | 'sometimes' is not a preserve value",
        "reboot maybe x | expected 'on' or 'off', found 'maybe'",
        "owner root etc/** | expected USER:GROUP, found 'root'",
        "package a | the statement is not complete",
        "meta a \"summary | a quote is not closed",
        "<transform file -> frobnicate x> | unknown transform operation 'frobnicate'",
        "<transform file path=( -> drop> | '('",
      })
  void saysWhatIsWrongAndWhere(String line, String reason) {
    assertThatThrownBy(() -> read("# a comment\n" + line + "\n"))
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith("my.rules:2: ")
        .hasMessageContaining(reason);
  }

  @Test
  void aBackslashGoesOnInTheNextLine() {
    Rules rules = read("package a \\\n  opt/a/** \\\n  opt/b/**\n<transform dir -> \\\n drop>\n");

    assertThat(rules.assignment("opt/b/x")).isPresent();
    assertThat(rules.transforms()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "usr/bin/*, usr/bin/x, true",
    "usr/bin/*, usr/bin/x/y, false",
    "usr/**, usr/bin/x, true",
    "usr/**, usr, false",
    "**/core, core, true",
    "**/core, a/b/core, true",
    "**/lib/modules/*/x, usr/lib/modules/6/x, true",
    "a[0-9]c, a5c, true",
    "a[!0-9]c, a5c, false",
    "a?c, abc, true",
    "a?c, a/c, false",
    "a\\*c, a*c, true",
    "a\\*c, abc, false",
    "/etc/x, etc/x, true",
    "**, any/thing, true",
  })
  void globs(String glob, String path, boolean matches) {
    assertThat(PathGlob.of(glob).matches(path)).isEqualTo(matches);
  }
}
