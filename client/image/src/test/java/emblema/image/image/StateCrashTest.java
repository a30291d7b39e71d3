package emblema.image.image;

import static emblema.image.image.TestImages.NOON;
import static emblema.image.image.TestImages.entry;
import static org.assertj.core.api.Assertions.assertThat;

import emblema.core.fmri.Fmri;
import emblema.core.io.RealDisk;
import emblema.testkit.CrashTest;
import emblema.testkit.Seed;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** There is no moment at which an image has no state, or half of one. */
class StateCrashTest {
  private static final String ONE = "pkg://p/a@1.0,5.11:20250101T000000Z";
  private static final String TWO = "pkg://p/b@2.0,5.11:20250201T000000Z";
  private static final Instant LATER = NOON.plusSeconds(60);

  private static ImageState known(Image image, String fmri) {
    return image
        .state()
        .withKnown(List.of(entry(fmri)), LATER)
        .after(List.of(new PackageChange(null, Fmri.parse(fmri), true)), LATER)
        .withAvoided(Avoided.NONE.with(fmri, Avoided.Reason.AVOID));
  }

  private static void build(Path root) {
    Image image = TestImages.create(root);
    image.save(known(image, ONE), NOON);
  }

  private static Fmri installed(Path root) {
    ImageState state = Image.open(RealDisk.open(root)).state();
    Fmri installed = state.installed().getFirst().fmri();
    assertThat(state.avoided().reasons()).containsKey(installed.toString());
    assertThat(StateSnapshot.of(state.entries()))
        .isEqualTo(Image.open(RealDisk.open(root)).installed());
    return installed;
  }

  @Test
  void aCrashAtAnyWriteLeavesTheOldStateOrTheNew(@TempDir Path scratch) throws Exception {
    new CrashTest(scratch, Seed.next())
        .tree(StateCrashTest::build)
        .action(
            disk -> {
              Image image = Image.open(disk);
              ImageState next =
                  known(image, TWO)
                      .after(List.of(new PackageChange(Fmri.parse(ONE), null, false)), LATER);
              image.save(next, LATER);
            })
        .invariant(root -> assertThat(installed(root)).isIn(Fmri.parse(ONE), Fmri.parse(TWO)))
        .completed(root -> assertThat(installed(root)).isEqualTo(Fmri.parse(TWO)))
        .run();
  }

  @Test
  void aCrashAtAnyWriteLeavesTheOldConfigurationOrTheNew(@TempDir Path scratch) throws Exception {
    new CrashTest(scratch, Seed.next())
        .tree(StateCrashTest::build)
        .action(
            disk -> {
              Image image = Image.open(disk);
              image.save(image.config().withProperty("be-policy", "always-new"));
            })
        .invariant(
            root ->
                assertThat(Image.open(RealDisk.open(root)).config().property("be-policy"))
                    .hasValueSatisfying(value -> assertThat(value).isIn("default", "always-new")))
        .completed(
            root ->
                assertThat(Image.open(RealDisk.open(root)).config().property("be-policy"))
                    .contains("always-new"))
        .run();
  }
}
