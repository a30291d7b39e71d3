package emblema.core.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.core.action.ActionReader;
import emblema.core.fmri.Version;
import emblema.core.manifest.Mediation.Implementation;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Spec manifest, section 12. */
class MediationTest {
  @Test
  void putsTheBestFirst() {
    List<Mediation> sorted =
        mediations(
            "mediator-priority=site mediator-implementation=y",
            "mediator-priority=vendor mediator-implementation=x",
            "mediator-version=1.10",
            "mediator-version=1.9",
            "mediator-implementation=abc",
            "mediator-implementation=gcc@10",
            "mediator-implementation=gcc@2",
            "mediator-implementation=gcc");
    assertThat(sorted.reversed().stream().sorted()).containsExactlyElementsOf(sorted);
  }

  @Test
  void isNothingForAPlainLink() {
    assertThat(Mediation.of(ActionReader.read("link path=a target=b"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "gcc, gcc@10, true",
    "gcc@10, gcc, true",
    "gcc@10, gcc@10, true",
    "gcc@10, gcc@2, false",
    "gcc@, gcc, true",
    "gcc@, gcc@2, false",
    "gcc, abc, false"
  })
  void matchesImplementations(String wanted, String offered, boolean expected) {
    assertThat(Implementation.parse(wanted).matches(Implementation.parse(offered)))
        .isEqualTo(expected);
    assertThat(Implementation.parse(wanted)).hasToString(wanted);
  }

  @Test
  void choosesTheBestThatTheAdministratorAllows() {
    List<Mediation> offered =
        mediations(
            "mediator-version=1.2",
            "mediator-version=2.0",
            "mediator-priority=vendor mediator-version=1.5 mediator-implementation=gcc@4");
    assertThat(Mediation.choose(offered, null, null)).contains(offered.get(2));
    assertThat(Mediation.choose(offered, Version.parse("1.2"), null)).contains(offered.get(0));
    assertThat(Mediation.choose(offered, null, Implementation.parse("gcc")))
        .contains(offered.get(2));
    assertThat(Mediation.choose(offered, Version.parse("3"), null)).isEmpty();
  }

  private static List<Mediation> mediations(String... attributes) {
    return Stream.of(attributes)
        .map(text -> ActionReader.read("link path=a target=b mediator=m " + text))
        .flatMap(action -> Mediation.of(action).stream())
        .toList();
  }
}
