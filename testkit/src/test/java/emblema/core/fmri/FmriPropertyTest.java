package emblema.core.fmri;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.core.fmri.Version.Constraint;
import emblema.testkit.Seed;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FmriPropertyTest {
  private static final int ROUNDS = 5_000;
  private final Random random = Seed.random();

  @Test
  void everyFormIsReadBack() {
    for (int i = 0; i < ROUNDS; i++) {
      Fmri fmri = fmri();
      assertThat(Fmri.parse(fmri.toString())).isEqualTo(fmri).hasToString(fmri.toString());
      assertThat(Fmri.parse(fmri.toStringWithoutPublisher()).withPublisher(fmri.publisher()))
          .hasToString(fmri.toString());
      if (fmri.version() != null) {
        assertThat(
                Fmri.fromPathElements(fmri.publisher(), fmri.stemElement(), fmri.versionElement()))
            .hasToString(fmri.toString());
      }
    }
  }

  @Test
  void orderIsTotalAndAgreesWithEquals() {
    for (int i = 0; i < ROUNDS; i++) {
      Fmri a = fmri();
      Fmri b = fmri();
      Fmri c = fmri();
      assertThat(Integer.signum(a.compareTo(b))).isEqualTo(-Integer.signum(b.compareTo(a)));
      assertThat(a.compareTo(b) == 0).isEqualTo(a.equals(b));
      if (a.equals(b)) {
        assertThat(a).hasSameHashCodeAs(b);
      }
      if (a.compareTo(b) <= 0 && b.compareTo(c) <= 0) {
        assertThat(a.compareTo(c)).isLessThanOrEqualTo(0);
      }
    }
  }

  /** Against arithmetic on big integers. */
  @Test
  void dotSequencesCompareAsLists() {
    for (int i = 0; i < ROUNDS; i++) {
      DotSequence a = sequence();
      DotSequence b = sequence();
      List<BigInteger> left = a.components().stream().map(BigInteger::new).toList();
      List<BigInteger> right = b.components().stream().map(BigInteger::new).toList();
      int expected =
          Arrays.compare(left.toArray(BigInteger[]::new), right.toArray(BigInteger[]::new));
      assertThat(Integer.signum(a.compareTo(b))).isEqualTo(Integer.signum(expected));
      boolean prefix = left.size() <= right.size() && left.equals(right.subList(0, left.size()));
      assertThat(a.isPrefixOf(b)).isEqualTo(prefix);
    }
  }

  @Test
  void automaticConstraintMeansThePatternMatches() {
    for (int i = 0; i < ROUNDS; i++) {
      Version version = version();
      Version wanted = version();
      boolean auto = version.isSuccessorOf(wanted, Constraint.AUTO);
      assertThat(VersionPattern.parse(wanted.toString()).matches(version)).isEqualTo(auto);
      assertThat(version.isSuccessorOf(version.withoutTimestamp(), Constraint.AUTO)).isTrue();
      if (auto) {
        assertThat(version).isGreaterThanOrEqualTo(wanted);
      }
    }
  }

  private Fmri fmri() {
    String publisher = random.nextBoolean() ? null : "p" + random.nextInt(2);
    String stem = random.nextBoolean() ? "a" : "a/b" + "+_-.c".substring(random.nextInt(5));
    return new Fmri(publisher, stem, random.nextInt(4) == 0 ? null : version());
  }

  private Version version() {
    Version version =
        new Version(
            sequence(),
            random.nextBoolean() ? Version.DEFAULT_BUILD : sequence(),
            random.nextBoolean() ? null : sequence(),
            null);
    return random.nextBoolean()
        ? version
        : version.withTimestamp(Instant.ofEpochSecond(1_700_000_000L + random.nextInt(3)));
  }

  private DotSequence sequence() {
    String[] numbers = {"0", "1", "2", "10", "00", "99999999999999999999"};
    return new DotSequence(
        String.join(
            ".",
            IntStream.rangeClosed(0, random.nextInt(3))
                .mapToObj(i -> numbers[random.nextInt(numbers.length)])
                .toList()));
  }
}
