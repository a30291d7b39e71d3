package emblema.store.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.error.MalformedException;
import emblema.testkit.Seed;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class JsonTest {
  private static Json read(String text) {
    return JsonReader.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "test");
  }

  @Test
  void writesTheCanonicalForm() {
    Json value =
        read("{ \"b\" : [1, -2.50, null, true ] , \"a\":\"ü/\\u007f\\n\\u0001\\\"\\\\😀\" }");
    assertThat(JsonText.canonical(value))
        .isEqualTo(
            "{\"a\":\"\\u00FC/\u007f\\n\\u0001\\\"\\\\\\uD83D\\uDE00\",\"b\":[1,-2.50,null,true]}");
  }

  @Test
  void sortsMembersByUtf8BytesNotByUtf16() {
    assertThat(JsonText.canonical(read("{\"\\uD83D\\uDE00\":1,\"\\uFB01\":2,\"_\":3,\"A\":4}")))
        .isEqualTo("{\"A\":4,\"_\":3,\"\\uFB01\":2,\"\\uD83D\\uDE00\":1}");
  }

  @Test
  void readsBackWhatItWrites() {
    Random random = new Random(Seed.next());
    for (int i = 0; i < 300; i++) {
      Json value = any(random, 4);
      assertThat(read(JsonText.canonical(value))).isEqualTo(value);
      assertThat(read(JsonText.indented(value))).isEqualTo(value);
      assertThat(read(JsonText.indentedUnicode(value))).isEqualTo(value);
    }
  }

  private static Json any(Random random, int depth) {
    int kind = random.nextInt(depth == 0 ? 4 : 6);
    return switch (kind) {
      case 0 -> new Json.Text(text(random));
      case 1 -> Json.Number.of(random.nextInt());
      case 2 -> new Json.Truth(random.nextBoolean());
      case 3 -> Json.Null.NULL;
      case 4 -> {
        List<Json> items = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          items.add(any(random, depth - 1));
        }
        yield new Json.Array(items);
      }
      default -> {
        SortedMap<String, Json> members = new TreeMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          members.put(text(random), any(random, depth - 1));
        }
        yield new Json.Members(members);
      }
    };
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      int point = random.nextInt(4) == 0 ? random.nextInt(0x10000, 0x11000) : random.nextInt(0x500);
      text.appendCodePoint(point);
    }
    return text.toString();
  }

  @Test
  void refusesWhatIsAmbiguousOrDamaged() {
    for (String bad :
        List.of(
            "{\"a\":1,\"a\":2}",
            "{\"a\":1",
            "{} x",
            "",
            "[1,]",
            "{\"a\"}",
            "nul",
            "[".repeat(5000))) {
      assertThatThrownBy(() -> read(bad))
          .as(bad.length() > 40 ? "deep" : bad)
          .isInstanceOf(MalformedException.class)
          .hasMessageStartingWith("test");
    }
  }
}
