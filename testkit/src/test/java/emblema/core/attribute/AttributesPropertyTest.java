package emblema.core.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.core.action.RandomActions;
import emblema.testkit.Seed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The packed form against a plain map of lists. */
class AttributesPropertyTest {
  private static final String[] NAMES = {"path", "owner", "a", "pkg.content-hash", "\uff5e", "é"};

  @Test
  void holdsWhatAMapOfListsHolds() {
    Random random = Seed.random();
    RandomActions values = new RandomActions(random);
    for (int round = 0; round < 5_000; round++) {
      Map<String, List<String>> model = new TreeMap<>(CodePoints.ORDER);
      Attributes.Builder builder = Attributes.builder();
      for (int i = random.nextInt(12); i > 0; i--) {
        String name = NAMES[random.nextInt(NAMES.length)];
        String value = random.nextInt(50) == 0 ? "\udc80x" : values.value();
        model.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
        builder.add(name, value);
      }
      Attributes attributes = builder.build();
      assertThat(attributes.names()).containsExactlyElementsOf(model.keySet());
      for (String name : NAMES) {
        List<String> expected = model.getOrDefault(name, List.of());
        assertThat(attributes.all(name)).isEqualTo(expected);
        assertThat(attributes.first(name)).isEqualTo(expected.stream().findFirst());
        assertThat(attributes.count(name)).isEqualTo(expected.size());
        assertThat(attributes.has(name)).isEqualTo(!expected.isEmpty());
        assertThat(attributes.without(name).plus(name, "x").is(name, "x")).isTrue();
        assertThat(attributes.without(name).with(name, expected.toArray(String[]::new)))
            .isEqualTo(attributes)
            .hasSameHashCodeAs(attributes);
      }
    }
  }

  @Test
  void ordersAsUtf8Bytes() {
    Random random = Seed.random();
    for (int round = 0; round < 20_000; round++) {
      String left = text(random);
      String right = text(random);
      int bytes =
          Arrays.compareUnsigned(
              left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
      assertThat(Integer.signum(CodePoints.compare(left, right))).isEqualTo(Integer.signum(bytes));
    }
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      text.appendCodePoint(
          switch (random.nextInt(4)) {
            case 0 -> 'a' + random.nextInt(3);
            case 1 -> 0xe000 + random.nextInt(0x1fff);
            case 2 -> 0x10000 + random.nextInt(0xfffff);
            default -> 0xd700 + random.nextInt(0x100);
          });
    }
    return text.toString();
  }
}
