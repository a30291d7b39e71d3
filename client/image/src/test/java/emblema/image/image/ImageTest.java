package emblema.image.image;

import static emblema.image.image.PackageFlag.FROZEN;
import static emblema.image.image.PackageFlag.INSTALLED;
import static emblema.image.image.PackageFlag.KNOWN;
import static emblema.image.image.PackageFlag.MANUAL;
import static emblema.image.image.PackageFlag.UPGRADABLE;
import static emblema.image.image.TestImages.NOON;
import static emblema.image.image.TestImages.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.error.ConflictException;
import emblema.core.error.LockedException;
import emblema.core.error.NotFoundException;
import emblema.core.fmri.Fmri;
import emblema.core.io.FileLock;
import emblema.core.io.RealDisk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageTest {
  private static final String ONE = "pkg://p/a@1.0,5.11:20250101T000000Z";
  private static final String TWO = "pkg://p/a@2.0,5.11:20250201T000000Z";
  private static final Instant LATER = NOON.plusSeconds(60);

  private static final Clock CLOCK = Clock.fixed(NOON, ZoneOffset.UTC);

  @TempDir Path root;
  private Image image;

  @BeforeEach
  void create() {
    image = TestImages.create(root);
  }

  private Image reopened() {
    return Image.open(RealDisk.open(root));
  }

  @Test
  void aNewImageKnowsNothing() {
    assertThat(reopened().state().entries()).isEmpty();
    assertThat(reopened().state().lastModified()).isEqualTo(NOON);
    assertThat(reopened().config().publishers()).isEmpty();
    assertThat(reopened().config().variants())
        .containsEntry("variant.arch", "i386")
        .containsEntry("variant.opensolaris.zone", "global");
  }

  @Test
  void refusesToMakeAnImageWhereOneIs() {
    assertThatThrownBy(() -> TestImages.create(root))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("there is already an image at: " + root);
  }

  @Test
  void saysWhereThereIsNoImage(@TempDir Path empty) {
    assertThatThrownBy(() -> Image.open(RealDisk.open(empty)))
        .isInstanceOf(NotFoundException.class)
        .hasMessage("No image rooted at '" + empty + "'");
  }

  @Test
  void keepsTheStateThroughSaveAndRead() {
    ImageState state =
        image
            .state()
            .withKnown(List.of(entry(ONE), entry(TWO)), LATER)
            .after(List.of(new PackageChange(null, Fmri.parse(ONE), true)), LATER)
            .withAvoided(Avoided.NONE.with("x", Avoided.Reason.AVOID))
            .withFrozen(Frozen.NONE.with(new Frozen.Freeze(Fmri.parse("pkg:/a@1.0"), "why", NOON)));
    image.save(state, LATER);

    ImageState read = reopened().state();
    assertThat(read.isSameAs(state.withFrozen(read.frozen()))).isTrue();
    assertThat(read.lastModified()).isEqualTo(LATER);
    assertThat(read.installed("a").orElseThrow().flags())
        .containsExactlyInAnyOrder(
            KNOWN, INSTALLED, UPGRADABLE, PackageFlag.CATALOG_V1, MANUAL, FROZEN);
    assertThat(read.installed("a").orElseThrow().lastInstall()).isEqualTo(LATER);
    assertThat(read.avoided().contains("x")).isTrue();
    assertThat(read.frozen().of("a").orElseThrow().comment()).isEqualTo("why");
    assertThat(read.versions("a")).extracting(StateEntry::summary).containsOnly("A summary");
    assertThat(root.resolve("var/pkg/state-new")).doesNotExist();
  }

  @Test
  void anUpdateKeepsTheInstallTimeAndTheManualFlag() {
    ImageState state =
        image
            .state()
            .withKnown(List.of(entry(ONE), entry(TWO)), NOON)
            .after(List.of(new PackageChange(null, Fmri.parse(ONE), true)), NOON)
            .after(List.of(new PackageChange(Fmri.parse(ONE), Fmri.parse(TWO), false)), LATER);
    StateEntry now = state.installed("a").orElseThrow();
    assertThat(now.fmri()).isEqualTo(Fmri.parse(TWO));
    assertThat(now.lastInstall()).isEqualTo(NOON);
    assertThat(now.lastUpdate()).isEqualTo(LATER);
    assertThat(now.has(MANUAL)).isTrue();
    assertThat(state.entry(Fmri.parse(ONE)).orElseThrow().lastInstall()).isNull();
    assertThat(state.installed()).hasSize(1);
  }

  @Test
  void forgetsAnUninstalledPackageThatNobodyOffers() {
    ImageState state =
        image
            .state()
            .withKnown(List.of(entry(ONE)), NOON)
            .after(List.of(new PackageChange(null, Fmri.parse(ONE), true)), NOON)
            .withKnown(List.of(), LATER);
    assertThat(state.installed("a")).isPresent();
    assertThat(state.installed("a").orElseThrow().has(KNOWN)).isFalse();
    ImageState gone = state.after(List.of(new PackageChange(Fmri.parse(ONE), null, false)), LATER);
    assertThat(gone.entries()).isEmpty();
  }

  @Test
  void theSnapshotFollowsTheStateAndIsIgnoredWhenStaleOrDamaged() throws Exception {
    ImageState state =
        image
            .state()
            .withKnown(List.of(entry(ONE)), LATER)
            .after(List.of(new PackageChange(null, Fmri.parse(ONE), true)), LATER);
    image.save(state, LATER);
    StateSnapshot expected = StateSnapshot.of(state.entries());
    StateStore store = new StateStore(image.disk(), image.layout());
    assertThat(store.snapshot()).contains(expected);
    assertThat(expected.rows().getFirst().has(MANUAL)).isTrue();

    Path file = root.resolve("var/pkg/state/emblema.snapshot");
    byte[] good = Files.readAllBytes(file);
    for (int i = 0; i < good.length; i++) {
      byte[] bad = good.clone();
      bad[i] ^= 4;
      Files.write(file, bad);
      assertThat(store.snapshot()).as("byte %s", i).isEmpty();
    }
    Files.write(file, good);
    Path attributes = root.resolve("var/pkg/state/installed/catalog.attrs");
    Files.writeString(attributes, Files.readString(attributes).replace("12", "13"));
    assertThat(store.snapshot()).isEmpty();
    assertThat(reopened().installed()).isEqualTo(expected);
  }

  @Test
  void aSecondClientIsToldWhoHoldsTheLock() {
    try (FileLock held = image.lock("pkg", CLOCK)) {
      assertThat(held).isNotNull();
      assertThatThrownBy(() -> reopened().lock("pkg", CLOCK))
          .isInstanceOf(LockedException.class)
          .hasMessage("image '" + root + "' is in use by another process");
    }
    reopened().lock("pkg", CLOCK).close();
    assertThat(root.resolve("var/pkg/lock")).isEmptyFile();
  }

  @Test
  void readsTheStateThatACrashBetweenRenamesLeft() throws Exception {
    image.save(image.state().withKnown(List.of(entry(ONE)), LATER), LATER);
    Path meta = root.resolve("var/pkg");
    Files.move(meta.resolve("state"), meta.resolve("state-new"));
    Image found = reopened();
    assertThat(found.state().entries()).hasSize(1);
    found.save(found.state().withKnown(List.of(entry(TWO)), LATER), LATER);
    assertThat(reopened().state().entries())
        .extracting(StateEntry::fmri)
        .containsExactly(Fmri.parse(TWO));
    assertThat(meta.resolve("state-new")).doesNotExist();
  }

  @Test
  void readsTheStateThatACrashOfTheReferenceLeftInLostAndFound() throws Exception {
    image.save(image.state().withKnown(List.of(entry(ONE)), LATER), LATER);
    Path lost = root.resolve("var/pkg/lost+found/var/pkg");
    Files.createDirectories(lost);
    Files.move(root.resolve("var/pkg/state"), lost.resolve("state-20261120T120000Z"));
    assertThat(reopened().state().entries()).hasSize(1);
  }

  @Test
  void saysThatTheStateIsDamaged() throws Exception {
    Files.writeString(root.resolve("var/pkg/state/known/catalog.base.C"), "{\"p\":");
    assertThatThrownBy(() -> reopened().state())
        .hasMessageContaining("the package state in '" + root + "/var/pkg/state' is damaged");
  }
}
