package emblema.image.plan;

import static emblema.image.plan.EnvironmentChoice.IN_PLACE;
import static emblema.image.plan.EnvironmentChoice.IN_PLACE_WITH_BACKUP;
import static emblema.image.plan.EnvironmentChoice.NEW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.error.NotLiveException;
import emblema.image.plan.EnvironmentChoice.Policy;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every row of boot-environments, section 3. */
class EnvironmentChoiceTest {
  private static final Optional<Boolean> OPEN = Optional.empty();

  @ParameterizedTest
  @EnumSource(Policy.class)
  void makesANewEnvironmentWhereARebootIsNeeded(Policy policy) {
    assertThat(EnvironmentChoice.decide(true, OPEN, OPEN, policy, true, true)).isEqualTo(NEW);
    assertThat(EnvironmentChoice.decide(true, OPEN, OPEN, policy, true, false)).isEqualTo(NEW);
  }

  @ParameterizedTest
  @EnumSource(Policy.class)
  void refusesWhereARebootIsNeededAndANewEnvironmentDenied(Policy policy) {
    assertThatThrownBy(
            () -> EnvironmentChoice.decide(true, Optional.of(false), OPEN, policy, true, true))
        .isInstanceOf(NotLiveException.class)
        .hasMessage("the requested operation cannot be performed on the live image");
  }

  @ParameterizedTest
  @CsvSource({
    "CREATE_BACKUP, false, IN_PLACE",
    "CREATE_BACKUP, true, IN_PLACE_WITH_BACKUP",
    "WHEN_REQUIRED, true, IN_PLACE",
    "WHEN_REQUIRED, false, IN_PLACE",
    "ALWAYS_NEW, true, NEW",
    "ALWAYS_NEW, false, NEW"
  })
  void followsThePolicyWhereNoRebootIsNeeded(
      Policy policy, boolean updating, EnvironmentChoice expected) {
    assertThat(EnvironmentChoice.decide(true, OPEN, OPEN, policy, false, updating))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource(Policy.class)
  void doesWhatTheUserSays(Policy policy) {
    Optional<Boolean> yes = Optional.of(true);
    Optional<Boolean> no = Optional.of(false);
    assertThat(EnvironmentChoice.decide(true, yes, OPEN, policy, false, false)).isEqualTo(NEW);
    assertThat(EnvironmentChoice.decide(true, no, yes, policy, false, false))
        .isEqualTo(IN_PLACE_WITH_BACKUP);
    assertThat(EnvironmentChoice.decide(true, no, no, policy, false, true)).isEqualTo(IN_PLACE);
  }

  @ParameterizedTest
  @EnumSource(Policy.class)
  void leavesAnImageThatIsNotLiveInPlace(Policy policy) {
    assertThat(EnvironmentChoice.decide(false, OPEN, OPEN, policy, true, true)).isEqualTo(IN_PLACE);
  }
}
