package emblema.bootenv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.error.UsageException;
import emblema.testkit.Seed;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EnvironmentNamesTest {
  @Test
  void acceptsWhatADatasetMayBeCalled() {
    for (String name : List.of("a", "be-1", "omnios-r151050", "A_b.c:d-9", "9", "n".repeat(200))) {
      assertThat(EnvironmentNames.require(name)).isEqualTo(name);
    }
  }

  @Test
  void refusesWhatCouldLeaveOrConfuseThePath() {
    for (String name :
        List.of(
            "",
            ".",
            "..",
            ".hidden",
            "-a",
            "a b",
            "a/b",
            "a@s",
            "a%",
            "ä",
            "a\n",
            "n".repeat(201))) {
      assertThatThrownBy(() -> EnvironmentNames.require(name))
          .as(name)
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("invalid boot environment name");
    }
  }

  @Test
  void numbersNewNamesLikeTheReference() {
    assertThat(EnvironmentNames.free("be-3", List.of("be-3", "be-5"))).isEqualTo("be-6");
    assertThat(EnvironmentNames.free("be-3", List.of("be-3"))).isEqualTo("be-4");
    assertThat(EnvironmentNames.free("be", List.of("be"))).isEqualTo("be-1");
    assertThat(EnvironmentNames.free("omnios-r151052", List.of("omnios-r151050")))
        .isEqualTo("omnios-r151052");
    assertThat(EnvironmentNames.free("omnios-r151052", List.of("omnios-r151052")))
        .isEqualTo("omnios-r151052-1");
    assertThat(EnvironmentNames.backup("be-3", List.of("be-3"))).isEqualTo("be-3-backup-1");
    assertThat(EnvironmentNames.backup("be-3", List.of("be-3", "be-3-backup-1")))
        .isEqualTo("be-3-backup-2");
  }

  @Test
  void aNewNameIsAlwaysFreeAndNumbersNeverGoBack() {
    Random random = Seed.random();
    Set<String> names = new HashSet<>(Set.of("be"));
    long last = 0;
    for (int i = 0; i < 500; i++) {
      String name = EnvironmentNames.free("be", names);
      assertThat(names.add(name)).isTrue();
      long number = Long.parseLong(name.substring(3));
      assertThat(number).isGreaterThan(last);
      last = number;
      if (random.nextBoolean() && number > 1) {
        names.remove("be-" + (number - 1));
      }
    }
  }
}
