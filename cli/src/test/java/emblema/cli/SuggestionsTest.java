package emblema.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestionsTest {
  private static final List<String> KNOWN =
      List.of("install", "uninstall", "info", "list", "update", "verify", "version");

  @Test
  void findsNearWordsNearestFirst() {
    assertThat(Suggestions.of("instal", KNOWN)).containsExactly("install");
    assertThat(Suggestions.of("lsit", KNOWN)).containsExactly("list");
    assertThat(Suggestions.of("ver", KNOWN)).containsExactly("verify", "version");
  }

  @Test
  void findsNothingNearAnUnrelatedWord() {
    assertThat(Suggestions.of("frobn", KNOWN)).isEmpty();
  }

  @Test
  void countsASwapOfNeighboursAsOneEdit() {
    assertThat(Suggestions.distance("ab", "ba")).isEqualTo(1);
    assertThat(Suggestions.distance("", "abc")).isEqualTo(3);
  }
}
