package emblema.core.fmri;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.error.MalformedException;
import emblema.core.fmri.Version.Constraint;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables of spec fmri-version, sections 1 to 3. */
class VersionTest {
  @ParameterizedTest
  @CsvSource({
    "1, '1,5.11'",
    "0, '0,5.11'",
    "00, '00,5.11'",
    "0.00, '0.00,5.11'",
    "'1.0,5.11-1', '1.0,5.11-1'",
    "1.0-1, '1.0,5.11-1'",
    "1.0:20240102T030405Z, '1.0,5.11:20240102T030405Z'",
    "'1.0,5.12-0.1:20240229T235959Z', '1.0,5.12-0.1:20240229T235959Z'",
    "1.0:00010101T000000Z, '1.0,5.11:00010101T000000Z'",
    "99999999999999999999999.1, '99999999999999999999999.1,5.11'"
  })
  void printsTheCanonicalForm(String text, String canonical) {
    assertThat(Version.parse(text)).hasToString(canonical);
    assertThat(Version.parse(canonical)).hasToString(canonical);
  }

  @ParameterizedTest
  @CsvSource({
    "'', Version cannot be empty",
    "',5.11', Versions must have a release value",
    "-1, Versions must have a release value",
    "-1:20240102T030405Z, Versions must have a release value",
    "01, Bad Version: 01",
    "1.01, Bad Version: 1.01",
    "1., Bad Version: 1.",
    "1..2, Bad Version: 1..2",
    ".1, Bad Version: .1",
    "1.-1, Bad Version: 1.",
    "a, Bad Version: a",
    "1.0a, Bad Version: 1.0a",
    "latest, Bad Version: latest",
    "*, Bad Version: *",
    "1.*, Bad Version: 1.*",
    "'1.0-1,5.11', Bad Version: 1.0-1",
    "1.0-1-2, Bad Version: 1-2",
    "'1.0,', 'Bad Version: '",
    "1.0-, 'Bad Version: '",
    "1.0:, Time must be ISO8601 format.",
    "1.0:20240230T030405Z, Time must be ISO8601 format.",
    "1.0:20240101T250405Z, Time must be ISO8601 format.",
    "1.0:20240101T030460Z, Time must be ISO8601 format.",
    "1.0:20240102t030405Z, Time must be ISO8601 format.",
    "1.0:20240102T030405, Time must be ISO8601 format.",
    "1.0:00000101T000000Z, Time must be ISO8601 format.",
    "1.0:20240102T030405Zx, Time must be ISO8601 format.",
    "' 1', 'Bad Version:  1'",
    "+1, Bad Version: +1",
    "1_0, Bad Version: 1_0",
    "１, Bad Version: １"
  })
  void refusesWithTheReferencesWords(String text, String reason) {
    assertThatThrownBy(() -> Version.parse(text))
        .isInstanceOf(MalformedException.class)
        .hasMessage(reason);
  }

  @Test
  void refusesADashInsideTheTimestamp() {
    assertThatThrownBy(() -> Version.parse("1.0:-0240102T030405Z"))
        .isInstanceOf(MalformedException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "1.0, 1.0.0",
    "1.9, 1.10",
    "1.0-1, 1.0-1.0",
    "1.0, 1.0-0",
    "1.0, 1.0:20240101T000000Z",
    "1.0:20240101T000000Z, 1.0-1",
    "1.0-1:20240101T000000Z, 1.0-2:20200101T000000Z",
    "1.0:20230101T000000Z, 1.0:20240101T000000Z",
    "99999999999999999998, 99999999999999999999",
    "9, 10"
  })
  void ordersTheFirstBeforeTheSecond(String smaller, String larger) {
    assertThat(Version.parse(smaller)).isLessThan(Version.parse(larger));
    assertThat(Version.parse(larger)).isGreaterThan(Version.parse(smaller));
  }

  @Test
  void ignoresTheBuildReleaseInEverythingButTheText() {
    Version one = Version.parse("1.0,5.11");
    Version other = Version.parse("1.0,5.12");
    assertThat(one).isEqualTo(other).hasSameHashCodeAs(other).isEqualByComparingTo(other);
    assertThat(one.toString()).isNotEqualTo(other.toString());
  }

  @Test
  void countsTwoZerosAsZero() {
    assertThat(Version.parse("00.1"))
        .isEqualTo(Version.parse("0.1"))
        .hasSameHashCodeAs(Version.parse("0.1"));
  }

  @ParameterizedTest
  @CsvSource({
    "1.4.3.7, 1.4.3, true, true",
    "1.4.3, 1.4.3, true, false",
    "1.4.4, 1.4.3, false, true",
    "1.4, 1.4.3, false, false",
    "1.4.30, 1.4.3, false, true",
    "1.0-1.2, 1.0-1, true, true",
    "1.0, 1.0-1, false, false",
    "1.0-1, 1.0, true, true",
    "1.0.5-1, 1.0-1, true, true",
    "1.0.5-2, 1.0-1, false, true",
    "1.0-1:20240101T000000Z, 1.0-1, true, true",
    "1.0-1, 1.0-1:20240101T000000Z, false, false",
    "1.0-1:20240101T000000Z, 1.0-1:20240102T000000Z, false, false",
    "'1.0,5.12', '1.0,5.11', true, false"
  })
  void succeedsAsTheTableSays(String version, String wanted, boolean auto, boolean none) {
    Version candidate = Version.parse(version);
    assertThat(candidate.isSuccessorOf(Version.parse(wanted), Constraint.AUTO)).isEqualTo(auto);
    assertThat(candidate.isSuccessorOf(Version.parse(wanted), Constraint.NONE)).isEqualTo(none);
  }

  @ParameterizedTest
  @CsvSource({
    "1.2.3-4, 1.2, RELEASE, true",
    "1.2.3-4, 1.3, RELEASE, false",
    "1.2.3, 1.9, RELEASE_MAJOR, true",
    "2.2.3, 1.2.3, RELEASE_MAJOR, false",
    "1.2.3, 1.2.9, RELEASE_MINOR, true",
    "1.2.3, 1.3.3, RELEASE_MINOR, false",
    "1, 1, RELEASE_MINOR, false",
    "9-4.1, 1-4, BRANCH, true",
    "9-5, 1-4, BRANCH, false",
    "9, 1-4, BRANCH, false"
  })
  void knowsTheOtherConstraints(
      String version, String wanted, Constraint constraint, boolean expected) {
    assertThat(Version.parse(version).isSuccessorOf(Version.parse(wanted), constraint))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1970-01-01T00:00:00Z", "2024-02-29T23:59:59Z", "9999-12-31T23:59:59Z"})
  void carriesATimeToTheSecond(String time) {
    Instant instant = Instant.parse(time);
    Version version = Version.parse("1-2").withTimestamp(instant.plusMillis(7));
    assertThat(version.instant()).contains(instant);
    assertThat(Version.parse(version.toString())).isEqualTo(version);
    assertThat(version.withoutTimestamp()).hasToString("1,5.11-2");
  }

  @Test
  void showsPeopleReleaseAndBranch() {
    Version version = Version.parse("1.0,5.11-0.1:20240102T030405Z");
    assertThat(version.toShortString()).isEqualTo("1.0-0.1");
    assertThat(version.toStringWithoutBuild()).isEqualTo("1.0-0.1:20240102T030405Z");
  }
}
