package emblema.publisher.master;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.error.ConflictException;
import emblema.core.fmri.Fmri;
import emblema.core.manifest.ManifestReader;
import emblema.publisher.master.plan.Plan;
import emblema.store.file.FileRepository;
import emblema.store.publication.Publication;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Cases 8 to 15, 19 and 30 of spec master-image-diff, section 17: moves, conversions, hand-overs.
 */
class TransitionCasesTest {
  @TempDir Path directory;
  private Story story;
  private Tree old;

  @BeforeEach
  void makeMaster() {
    story = new Story(directory);
    old =
        story
            .tree()
            .file("opt/old/keep", "kept")
            .file("opt/old/log/first", "1")
            .file("opt/old/log/second", "2")
            .directory("opt/app/logs")
            .directory("opt/app/empty")
            .file("opt/app/data/seed", "seed")
            .file("etc/a.conf", "colour=blue\nsize=large\n")
            .directory("opt/new");
    story.baseline(old);
  }

  @AfterEach
  void close() {
    story.close();
  }

  private Tree renamed() {
    return story.copy(old).move("opt/old/log", "opt/new/log");
  }

  @Test
  void case08_directoryRenameCarriesSalvageFrom() {
    Plan plan = story.next(old, renamed());

    assertThat(plan.transitions().directoryMoves()).hasSize(1);
    assertThat(story.at("opt/new/log")).contains("salvage-from=opt/old/log");
  }

  @Test
  void case09_anEmptyDirectoryIsOnlySuggested() {
    Tree now = story.copy(old).move("opt/app/empty", "opt/app/spare");
    Plan plan = story.plan(old, now);

    assertThat(plan.findings().suggestions())
        .anyMatch(text -> text.startsWith("moved opt/app/empty -> opt/app/spare"));
    assertThat(plan.transitions().directoryMoves()).isEmpty();
  }

  @Test
  void case09_aRuleMovesAnEmptyDirectory() {
    story.rules("moved opt/app/empty -> opt/app/spare\n");
    story.next(old, story.copy(old).move("opt/app/empty", "opt/app/spare"));

    assertThat(story.at("opt/app/spare")).contains("salvage-from=opt/app/empty");
  }

  @Test
  void case10_theNextReleaseStillHasTheAttribute() {
    Tree second = renamed();
    story.next(old, second);
    story.next(
        second,
        story.copy(second).file("opt/app/data/seed", "seed 3").file("opt/new/log/third", "3"));

    assertThat(story.at("opt/new/log")).contains("salvage-from=opt/old/log");
  }

  @Test
  void case10_aDirectoryThatComesBackEndsTheAttribute() {
    Tree second = renamed();
    story.next(old, second);
    story.next(second, story.copy(second).directory("opt/old/log"));

    assertThat(story.at("opt/new/log")).doesNotContain("salvage-from");
  }

  @Test
  void case10_theAttributeGoesWhenNoMachineMayUpdateFromBeforeTheMove() {
    Tree second = renamed();
    story.next(old, second);
    Tree third = story.copy(second).file("opt/app/data/seed", "seed 3");
    story.choices(Switches.floor("1")).next(second, third);
    assertThat(story.at("opt/new/log")).contains("salvage-from=opt/old/log");
    assertThat(story.lines("master/incorporation"))
        .contains(
            "set name=org.emblema.image.moved value=\"2 opt/old/log -> opt/new/log\"",
            "depend fmri=pkg:/master/incorporation@1.0,5.11-1 type=origin");

    Tree fourth = story.copy(third).file("opt/app/data/seed", "seed 4");
    story.choices(Switches.floor("2")).next(third, fourth);
    assertThat(story.at("opt/new/log")).doesNotContain("salvage-from");
    assertThat(story.lines("master/incorporation")).noneMatch(line -> line.contains("image.moved"));
  }

  @Test
  void case11_aSecondRenameCarriesBothNames() {
    Tree second = renamed();
    story.next(old, second);
    Tree third = story.copy(second).move("opt/new/log", "opt/app/log");
    story.next(second, third);

    assertThat(story.at("opt/app/log"))
        .contains("salvage-from=opt/old/log salvage-from=opt/new/log");
  }

  @Test
  void case12_anEditableFileRemembersItsFirstPlace() {
    story.next(old, story.copy(old).move("etc/a.conf", "etc/app/a.conf"));

    assertThat(story.at("etc/app/a.conf"))
        .contains("preserve=renamenew")
        .contains("original_name=system/unclassified:etc/a.conf");
  }

  @Test
  void case13_movedAgainItKeepsTheFirstName() {
    Tree second = story.copy(old).move("etc/a.conf", "etc/app/a.conf");
    story.next(old, second);
    story.next(second, story.copy(second).move("etc/app/a.conf", "etc/b/a.conf"));

    assertThat(story.at("etc/b/a.conf")).contains("original_name=system/unclassified:etc/a.conf");
  }

  @Test
  void case13_changedLaterItStillKeepsTheName() {
    Tree second = story.copy(old).move("etc/a.conf", "etc/app/a.conf");
    story.next(old, second);
    story.next(second, story.copy(second).file("etc/app/a.conf", "colour=red\n"));

    assertThat(story.at("etc/app/a.conf")).contains("original_name=system/unclassified:etc/a.conf");
  }

  @Test
  void case12_aChangedEditableFileIsOnlySuggested() {
    Tree now =
        story
            .copy(old)
            .remove("etc/a.conf")
            .file("etc/app/a.conf", "colour=blue\nsize=large\ndepth=3\n");

    assertThat(story.plan(old, now).findings().suggestions())
        .anyMatch(text -> text.startsWith("moved etc/a.conf -> etc/app/a.conf"));
    story.rules("moved etc/a.conf -> etc/app/a.conf\n").next(old, now);
    assertThat(story.at("etc/app/a.conf")).contains("original_name=system/unclassified:etc/a.conf");
  }

  @Test
  void case14_aDirectoryThatMovesToASharedAreaGetsAStagingDirectory() {
    Tree now = story.copy(old).remove("opt/app/logs").link("opt/app/logs", "../share/app/logs");
    Plan plan = story.next(old, now);

    assertThat(story.at("opt/app/logs"))
        .isEqualTo("link path=opt/app/logs target=../share/app/logs");
    assertThat(story.at("opt/.migrate/app/logs"))
        .startsWith("dir ")
        .contains("mode=0755")
        .contains("reboot-needed=true")
        .endsWith("salvage-from=opt/app/logs");
    assertThat(story.lines("application/app"))
        .contains("depend fmri=pkg:/emblema-shared-migrate type=require");
    assertThat(plan.findings().risks()).anyMatch(risk -> risk.contains("emblema-shared-migrate"));
  }

  @Test
  void case14_stagingStaysInLaterReleases() {
    Tree second = story.copy(old).remove("opt/app/logs").link("opt/app/logs", "../share/app/logs");
    story.next(old, second);
    story.next(second, story.copy(second).file("opt/app/data/seed", "seed 3"));

    assertThat(story.at("opt/.migrate/app/logs")).contains("salvage-from=opt/app/logs");
    assertThat(story.lines("application/app"))
        .contains("depend fmri=pkg:/emblema-shared-migrate type=require");
  }

  @Test
  void case14_packagedFilesCannotMoveToASharedArea() {
    Tree now = story.copy(old).remove("opt/app/data").link("opt/app/data", "../share/app/data");

    assertThatThrownBy(() -> story.plan(old, now))
        .satisfies(
            e ->
                assertThat(((ConflictException) e).detail().orElseThrow())
                    .contains("'opt/app/data/seed' is packaged"));
  }

  @Test
  void case14_aRuleSharesADirectory() {
    story.rules("shared opt/app/logs -> opt/share/app/logs\n");
    story.next(old, story.copy(old));

    assertThat(story.at("opt/app/logs"))
        .isEqualTo("link path=opt/app/logs target=../../opt/share/app/logs");
    assertThat(story.at("opt/.migrate/app/logs")).contains("salvage-from=opt/app/logs");
  }

  @Test
  void case14_aDanglingLinkInPlaceOfADirectoryNeedsARule() {
    Tree now = story.copy(old).remove("opt/app/logs").link("opt/app/logs", "/nowhere");

    assertThatThrownBy(() -> story.plan(old, now))
        .satisfies(
            e ->
                assertThat(((ConflictException) e).detail().orElseThrow())
                    .contains("'opt/app/logs' became a link to '/nowhere'"));
    story.rules("discard opt/app/logs\n");
    assertThat(story.next(old, now).published()).isNotEmpty();
  }

  @Test
  void case15_aDirectoryThatBecomesALinkInsideSalvagesIntoTheTarget() {
    Tree now =
        story
            .copy(old)
            .remove("opt/app/logs")
            .directory("var/log/app")
            .link("opt/app/logs", "../../var/log/app");
    story.next(old, now);

    assertThat(story.at("opt/app/logs"))
        .isEqualTo("link path=opt/app/logs target=../../var/log/app");
    assertThat(story.at("var/log/app")).contains("salvage-from=opt/app/logs");
  }

  @Test
  void case15_aDirectoryWithProgramsThatBecomesALinkNeedsAReboot() {
    Tree programs = story.copy(old).program("opt/app/bin/run", "run").directory("opt/tools");
    story.next(old, programs);
    Tree now = story.copy(programs).remove("opt/app/bin").link("opt/app/bin", "../tools");
    story.next(programs, now);

    assertThat(story.at("opt/app/bin"))
        .isEqualTo("link path=opt/app/bin reboot-needed=true target=../tools");
    assertThat(story.at("opt/tools")).contains("salvage-from=opt/app/bin");
  }

  @Test
  void case15_everyActionBelowTheNewLinkIsGone() {
    Tree now = story.copy(old).move("opt/app/data", "opt/data").link("opt/app/data", "../data");
    story.next(old, now);

    assertThat(story.at("opt/app/data")).startsWith("link ");
    assertThat(story.at("opt/app/data/seed")).isEmpty();
    assertThat(story.at("opt/data/seed")).isNotEmpty();
  }

  @Test
  void aLinkThatNothingPlacesGoesWhereItsTargetIs() {
    Tree now = story.copy(old).link("usr/bin/seed", "../../opt/app/data/seed");
    story.next(old, now);

    assertThat(story.lines("application/app")).anyMatch(line -> line.contains("path=usr/bin/seed"));
  }

  @Test
  void case19_anExcludedPathIsHandedOverToTheMachines() {
    story.exclude("opt/app/data/seed").next(old, story.copy(old));

    assertThat(story.at("opt/app/data/seed")).contains("preserve=abandon");
  }

  @Test
  void case19_theHandOverStaysForMachinesThatSkipReleases() {
    story.exclude("opt/app/data/seed");
    story.next(old, story.copy(old));
    Tree third = story.copy(old).file("opt/old/keep", "kept 3").remove("opt/app/data/seed");
    story.next(old, third);

    assertThat(story.at("opt/app/data/seed")).contains("preserve=abandon");
  }

  @Test
  void case19_removalIsAChoice() {
    story.exclude("opt/app/data/seed").choices(Switches::removeExcluded);
    Plan plan = story.next(old, story.copy(old));

    assertThat(story.at("opt/app/data/seed")).isEmpty();
    assertThat(plan.findings().risks()).anyMatch(risk -> risk.contains("machines will remove it"));
  }

  @Test
  void case30_aForeignPackageBelowANewLinkIsFoundBeforePublication() {
    try (FileRepository foreign = FileRepository.create(directory.resolve("foreign"))) {
      try (Publication publication = foreign.publish(Story.CLOCK)) {
        publication.add(
            Fmri.parse("pkg://other.org/plugin@1.0,5.11-1"),
            ManifestReader.read(
                "dir path=opt/app/logs/plugin owner=root group=root mode=0755\n", "p"),
            action -> {
              throw new AssertionError();
            });
        publication.commit();
      }
      story.reference(foreign);
      Tree now = story.copy(old).remove("opt/app/logs").link("opt/app/logs", "../share/app/logs");

      assertThatThrownBy(() -> story.plan(old, now))
          .satisfies(
              e ->
                  assertThat(((ConflictException) e).detail().orElseThrow())
                      .contains(
                          "delivers dir 'opt/app/logs/plugin', but 'opt/app/logs' becomes a link"));
    }
  }
}
