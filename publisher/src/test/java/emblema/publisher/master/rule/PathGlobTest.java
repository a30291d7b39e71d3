package emblema.publisher.master.rule;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.testkit.Seed;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathGlobTest {
  @ParameterizedTest
  @CsvSource({
    "etc/*.conf, etc/a.conf, true",
    "etc/*.conf, etc/a/b.conf, false",
    "etc/**/x, etc/x, true",
    "etc/**/x, etc/a/b/x, true",
    "etc/**/x, etc/ax, false",
    "**/x, x, true",
    "**, a/b, true",
    "a/**, a, false",
    "a/**, a/b/c, true",
    "a/b?, a/b/, false",
    "a/[!x]b, a/yb, true",
    "a/[!x]b, a/xb, false",
    "a/[a-c]b, a/cb, true",
    "a/[b, a/[b, true",
    "a/[!x]b, a//b, false",
    "a\\*b, a*b, true",
    "a\\*b, axb, false",
    "/usr/lib, usr/lib, true",
  })
  void matchesWholePaths(String glob, String path, boolean expected) {
    assertThat(PathGlob.of(glob).matches(path)).isEqualTo(expected);
  }

  @Test
  void aQuestionMarkIsOneCharacterWhateverItsPlane() {
    assertThat(PathGlob.of("a?b").matches("a\uD83D\uDE00b")).isTrue();
  }

  @Test
  void agreesWithRegularExpressions() {
    Random random = Seed.random();
    String[] pieces = {"a", "b", "/", "*", "**", "**/", "?", "[ab]", "[!a]", "x."};
    for (int round = 0; round < 20_000; round++) {
      StringBuilder glob = new StringBuilder("a");
      StringBuilder path = new StringBuilder("a");
      for (int i = random.nextInt(6); i > 0; i--) {
        glob.append(pieces[random.nextInt(pieces.length)]);
      }
      for (int i = random.nextInt(8); i > 0; i--) {
        path.append("ab/x.".charAt(random.nextInt(5)));
      }
      assertThat(PathGlob.of(glob.toString()).matches(path.toString()))
          .as("%s on %s", glob, path)
          .isEqualTo(Pattern.matches(regex(glob.toString()), path));
    }
  }

  /** The slow and obvious way, for the pieces that this test uses. */
  private static String regex(String glob) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      if (glob.startsWith("**/", i)) {
        regex.append("(?:.*/)?");
        i += 2;
      } else if (glob.startsWith("**", i)) {
        regex.append(".+");
        i++;
      } else {
        switch (c) {
          case '*' -> regex.append("[^/]*");
          case '?' -> regex.append("[^/]");
          case '[' -> {
            int end = glob.indexOf(']', i);
            regex.append(glob.charAt(i + 1) == '!' ? "[^/a]" : glob.substring(i, end + 1));
            i = end;
          }
          default -> regex.append(Pattern.quote(String.valueOf(c)));
        }
      }
    }
    return regex.toString();
  }
}
