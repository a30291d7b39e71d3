package emblema.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
  @Test
  void writesEveryKindOfValue() {
    assertThat(Json.compact(Arrays.asList(1, 2.5, true, null, "x", Map.of("k", List.of()))))
        .isEqualTo("[1,2.5,true,null,\"x\",{\"k\":[]}]");
  }

  @Test
  void escapesControlCharactersAndWhatIsNotText() {
    assertThat(Json.compact("a\u0001\"\\\n\tb\u007f\udc80é😀"))
        .isEqualTo("\"a\\u0001\\\"\\\\\\n\\tb\\u007f\\udc80é😀\"");
  }

  @Test
  void indentsNestedValues() {
    assertThat(Json.indented(Map.of("a", List.of(1, Map.of()))))
        .isEqualTo("{\n  \"a\": [\n    1,\n    {}\n  ]\n}");
  }
}
