package emblema.image.plan;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.core.action.FileAction;
import emblema.core.attribute.Attributes;
import emblema.image.plan.Preserve.Outcome;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every cell of planner-solver, section 9; where ours differs, the test says so. */
class PreserveTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // new | same,orig | same,edited | same,missing | other,orig | other,edited | other,missing
        "''           | KEEP | KEEP | REPLACE | REPLACE | REPLACE | REPLACE",
        "true         | KEEP | KEEP | REPLACE | REPLACE | KEEP | REPLACE",
        "renameold    | KEEP | REPLACE_KEEPING_OLD | REPLACE | REPLACE | REPLACE_KEEPING_OLD"
            + " | REPLACE",
        "renamenew    | KEEP | WRITE_BESIDE | REPLACE | REPLACE | WRITE_BESIDE | REPLACE",
        "legacy       | REPLACE_KEEPING_LEGACY | REPLACE_KEEPING_LEGACY | REPLACE"
            + " | REPLACE_KEEPING_LEGACY | REPLACE_KEEPING_LEGACY | REPLACE",
        "abandon      | NOTHING | NOTHING | NOTHING | NOTHING | NOTHING | NOTHING",
        "install-only | NOTHING | NOTHING | NOTHING | NOTHING | NOTHING | NOTHING"
      })
  void upgrades(
      String preserve,
      Outcome sameOriginal,
      Outcome sameEdited,
      Outcome sameMissing,
      Outcome otherOriginal,
      Outcome otherEdited,
      Outcome otherMissing) {
    for (String old : new String[] {"", "true", "renameold", "renamenew", "abandon"}) {
      FileAction before = file(old, "one");
      FileAction same = file(preserve, "one");
      FileAction other = file(preserve, "two");
      assertThat(upgrade(before, same, OnDisk.ORIGINAL)).isEqualTo(sameOriginal);
      assertThat(upgrade(before, same, OnDisk.EDITED)).isEqualTo(sameEdited);
      assertThat(upgrade(before, same, OnDisk.MISSING)).isEqualTo(sameMissing);
      assertThat(upgrade(before, same, OnDisk.NOT_A_FILE)).isEqualTo(sameMissing);
      assertThat(upgrade(before, other, OnDisk.ORIGINAL)).isEqualTo(otherOriginal);
      assertThat(upgrade(before, other, OnDisk.EDITED)).isEqualTo(otherEdited);
      assertThat(upgrade(before, other, OnDisk.MISSING)).isEqualTo(otherMissing);
    }
  }

  /** The reference loses the edited content; so it goes to lost+found, or stays if it may. */
  @Test
  void upgradesLegacyToLegacyWithoutLosingEdits() {
    FileAction before = file("legacy", "one");
    FileAction same = file("legacy", "one");
    FileAction other = file("legacy", "two");
    assertThat(upgrade(before, same, OnDisk.ORIGINAL)).isEqualTo(Outcome.KEEP);
    assertThat(upgrade(before, same, OnDisk.EDITED)).isEqualTo(Outcome.KEEP);
    assertThat(upgrade(before, same, OnDisk.MISSING)).isEqualTo(Outcome.REPLACE);
    assertThat(upgrade(before, other, OnDisk.ORIGINAL)).isEqualTo(Outcome.REPLACE);
    assertThat(upgrade(before, other, OnDisk.EDITED)).isEqualTo(Outcome.SALVAGE_AND_REPLACE);
    assertThat(upgrade(before, other, OnDisk.MISSING)).isEqualTo(Outcome.REPLACE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // preserve | new package: missing | present | path new in an upgrade: missing | present
        // without preserve the reference destroys what is there
        "''           | REPLACE | SALVAGE_AND_REPLACE | REPLACE | SALVAGE_AND_REPLACE",
        "true         | REPLACE | SALVAGE_AND_REPLACE | REPLACE | KEEP",
        "renameold    | REPLACE | SALVAGE_AND_REPLACE | REPLACE | REPLACE_KEEPING_OLD",
        "renamenew    | REPLACE | SALVAGE_AND_REPLACE | REPLACE | WRITE_BESIDE",
        "legacy       | NOTHING | SALVAGE_ONLY | NOTHING | NOTHING",
        "abandon      | NOTHING | NOTHING | NOTHING | NOTHING",
        "install-only | REPLACE | NOTHING | REPLACE | NOTHING"
      })
  void installs(
      String preserve,
      Outcome newMissing,
      Outcome newPresent,
      Outcome upgradeMissing,
      Outcome upgradePresent) {
    FileAction file = file(preserve, "one");
    assertThat(Preserve.onPlacing(null, file, Transition.NEW_PACKAGE, OnDisk.MISSING))
        .isEqualTo(newMissing);
    assertThat(Preserve.onPlacing(null, file, Transition.NEW_PACKAGE, OnDisk.EDITED))
        .isEqualTo(newPresent);
    assertThat(Preserve.onPlacing(null, file, Transition.UPGRADE, OnDisk.MISSING))
        .isEqualTo(upgradeMissing);
    assertThat(Preserve.onPlacing(null, file, Transition.UPGRADE, OnDisk.EDITED))
        .isEqualTo(upgradePresent);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // preserve | original | edited | missing, with other content
        "''           | REPLACE | REPLACE | REPLACE",
        "true         | KEEP | KEEP | REPLACE",
        "renameold    | KEEP | KEEP | REPLACE",
        "renamenew    | KEEP | KEEP | REPLACE",
        "abandon      | NOTHING | NOTHING | NOTHING",
        "install-only | NOTHING | NOTHING | NOTHING"
      })
  void downgrades(String preserve, Outcome original, Outcome edited, Outcome missing) {
    FileAction before = file(preserve, "two");
    FileAction after = file(preserve, "one");
    assertThat(downgrade(before, after, OnDisk.ORIGINAL)).isEqualTo(original);
    assertThat(downgrade(before, after, OnDisk.EDITED)).isEqualTo(edited);
    assertThat(downgrade(before, after, OnDisk.MISSING)).isEqualTo(missing);
  }

  @ParameterizedTest
  @CsvSource({"true", "renameold", "renamenew"})
  void movesAnEditedFileAsideWhenItsFormatGoesBack(String preserve) {
    FileAction before = file(preserve, "two", "preserve-version", "1.1");
    FileAction after = file(preserve, "one", "preserve-version", "1.0");
    assertThat(downgrade(before, after, OnDisk.EDITED)).isEqualTo(Outcome.REPLACE_KEEPING_UPDATE);
    assertThat(downgrade(before, after, OnDisk.ORIGINAL)).isEqualTo(Outcome.KEEP);
    assertThat(downgrade(before, after, OnDisk.MISSING)).isEqualTo(Outcome.REPLACE);
    assertThat(downgrade(after, before, OnDisk.EDITED)).isEqualTo(Outcome.KEEP);
  }

  @ParameterizedTest
  @CsvSource({"''", "true", "renameold", "renamenew"})
  void findsItsOwnWorkDone(String preserve) {
    FileAction before = file(preserve, "one");
    FileAction after = file(preserve, "two");
    for (Transition transition : Transition.values()) {
      assertThat(Preserve.onPlacing(before, after, transition, OnDisk.DELIVERED))
          .isEqualTo(Outcome.KEEP);
      assertThat(Preserve.onPlacing(null, after, transition, OnDisk.DELIVERED))
          .isEqualTo(Outcome.KEEP);
    }
  }

  @Test
  void takesAnElfFileForAnOrdinaryOne() {
    FileAction before = file("true", "one", "elfhash", "x");
    FileAction after = file("true", "two", "elfhash", "y");
    assertThat(upgrade(before, after, OnDisk.EDITED)).isEqualTo(Outcome.REPLACE);
    assertThat(Preserve.isEditable(after)).isFalse();
    assertThat(Preserve.isEditable(file("False", "x"))).isFalse();
    assertThat(Preserve.isEditable(file("true", "x"))).isTrue();
  }

  @Test
  void repairsWithoutTouchingEdits() {
    for (String preserve : new String[] {"true", "renameold", "renamenew", "install-only"}) {
      FileAction file = file(preserve, "one");
      assertThat(Preserve.onPlacing(file, file, Transition.REPAIR, OnDisk.EDITED))
          .isEqualTo(Outcome.KEEP);
      assertThat(Preserve.onPlacing(file, file, Transition.REPAIR, OnDisk.MISSING))
          .isEqualTo(Outcome.REPLACE);
    }
    FileAction plain = file("", "one");
    assertThat(Preserve.onPlacing(plain, plain, Transition.REPAIR, OnDisk.EDITED))
        .isEqualTo(Outcome.REPLACE);
    assertThat(Preserve.onPlacing(plain, plain, Transition.REPAIR, OnDisk.ORIGINAL))
        .isEqualTo(Outcome.KEEP);
  }

  /** Unlike the reference, which deletes an edited file that an upgrade drops. */
  @ParameterizedTest
  @CsvSource({
    "'', DELETE, DELETE",
    "false, DELETE, DELETE",
    "true, DELETE, SALVAGE",
    "renameold, DELETE, SALVAGE",
    "renamenew, DELETE, SALVAGE",
    "legacy, DELETE, SALVAGE",
    "abandon, LEAVE, LEAVE",
    "install-only, LEAVE, LEAVE"
  })
  void removes(String preserve, Preserve.Removal original, Preserve.Removal edited) {
    FileAction file = file(preserve, "one");
    assertThat(Preserve.onRemoving(file, OnDisk.ORIGINAL)).isEqualTo(original);
    assertThat(Preserve.onRemoving(file, OnDisk.EDITED)).isEqualTo(edited);
  }

  @Test
  void namesWhatIsMovedAside() {
    assertThat(Outcome.REPLACE_KEEPING_OLD.suffix()).isEqualTo(".old");
    assertThat(Outcome.WRITE_BESIDE.suffix()).isEqualTo(".new");
    assertThat(Outcome.REPLACE_KEEPING_LEGACY.suffix()).isEqualTo(".legacy");
    assertThat(Outcome.REPLACE_KEEPING_UPDATE.suffix()).isEqualTo(".update");
    assertThat(Outcome.KEEP.suffix()).isEmpty();
  }

  private static Outcome upgrade(@Nullable FileAction before, FileAction after, OnDisk disk) {
    return Preserve.onPlacing(before, after, Transition.UPGRADE, disk);
  }

  private static Outcome downgrade(FileAction before, FileAction after, OnDisk disk) {
    return Preserve.onPlacing(before, after, Transition.DOWNGRADE, disk);
  }

  private static FileAction file(String preserve, String content, String... more) {
    Attributes.Builder attributes =
        Attributes.builder()
            .add("path", "etc/x.conf")
            .add("mode", "0644")
            .add("pkg.content-hash", "file:sha512t_256:" + content);
    if (!preserve.isEmpty()) {
      attributes.add("preserve", preserve);
    }
    for (int i = 0; i < more.length; i += 2) {
      attributes.add(more[i], more[i + 1]);
    }
    return new FileAction(content, attributes.build());
  }
}
