package emblema.image.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.error.ConflictException;
import emblema.core.error.EmblemaException;
import emblema.core.io.SafePath;
import emblema.core.manifest.Varcets;
import emblema.image.image.MediatorSetting;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EvaluationTest {
  private final PlanFixture packages = new PlanFixture();

  private static String file(String path, String content, String... more) {
    return "file "
        + content
        + " path="
        + path
        + " mode=0644 owner=root group=root pkg.size=10 pkg.csize=5 "
        + String.join(" ", more);
  }

  private static String dir(String path, String... more) {
    return "dir path=" + path + " mode=0755 owner=root group=root " + String.join(" ", more);
  }

  @Test
  void installsByTypeAndDirectoriesBeforeWhatTheyHold() {
    packages.add(
        "a@1",
        "license l license=Free",
        "link path=usr/bin/l target=x",
        "hardlink path=usr/bin/c target=b",
        "hardlink path=usr/bin/b target=x",
        file("usr/bin/x", "1"),
        dir("usr/bin"),
        dir("usr"),
        "user username=u group=g uid=12",
        "group groupname=g gid=12",
        "set name=pkg.summary value=x");
    assertThat(PlanFixture.lines(packages.plan("", "a@1")))
        .containsExactly(
            "+ group g",
            "+ user u",
            "+ dir usr",
            "+ dir usr/bin",
            "+ file usr/bin/x",
            "+ hardlink usr/bin/b",
            "+ hardlink usr/bin/c",
            "+ link usr/bin/l to x",
            "+ license Free");
  }

  @Test
  void removesInReverseOrderWithTheDirectoriesThatNothingNeeds() {
    packages
        .add("a@1", dir("usr"), dir("usr/a"), file("usr/a/deep/f", "1"), file("usr/b/g", "2"))
        .add("b@1", dir("usr"), file("usr/b/h", "3"));
    assertThat(PlanFixture.lines(packages.plan("a@1 b@1", "b@1")))
        .containsExactly(
            "- file usr/b/g", "- file usr/a/deep/f", "- dir usr/a/deep (implicit)", "- dir usr/a");
  }

  @Test
  void doesOnlyWhatChanged() {
    packages
        .add("a@1", dir("usr"), file("usr/same", "1"), file("usr/new", "2"), file("usr/old", "3"))
        .add("a@2", dir("usr"), file("usr/same", "1"), file("usr/new", "4"), file("usr/add", "5"));
    Plan plan = packages.plan("a@1", "a@2");
    assertThat(PlanFixture.lines(plan))
        .containsExactly("- file usr/old", "+ file usr/add", "~ file usr/new");
    assertThat(plan.space()).isEqualTo(new SpaceNeed(20, 10, 1));
    assertThat(plan.isUpdating()).isTrue();
    assertThat(plan.steps().get(2))
        .isInstanceOfSatisfying(
            Step.PutFile.class, put -> assertThat(put.transition()).isEqualTo(Transition.UPGRADE));
  }

  @Test
  void makesAnUpdateOfAPathThatMovesBetweenPackages() {
    packages
        .add("a@1", file("x", "1"), file("y", "2"))
        .add("b@1", file("z", "3"))
        .add("a@2", file("z", "3"))
        .add("b@2", file("x", "1"), file("y", "4"));
    assertThat(PlanFixture.lines(packages.plan("a@1 b@1", "a@2 b@2"))).containsExactly("~ file y");
  }

  @Test
  void carriesAFileAlongThatMovesByItsOriginalName() {
    packages
        .add("a@1", file("etc/x.conf", "1", "preserve=true"))
        .add("a@2", dir("usr"))
        .add("b@2", file("etc/new/y.conf", "2", "preserve=true", "original_name=a:etc/x.conf"));
    Plan plan = packages.plan("a@1", "a@2 b@2");
    assertThat(PlanFixture.lines(plan))
        .containsExactly(
            "> file etc/x.conf as moved-1", "+ dir usr", "~ file etc/new/y.conf from moved-1");
    packages.add("a@3", file("etc/x.conf", "3", "preserve=true", "original_name=a:etc/x.conf"));
    assertThat(PlanFixture.lines(packages.plan("a@1", "a@3"))).containsExactly("~ file etc/x.conf");
  }

  @Test
  void followsAnOriginalNameOverSeveralVersions() {
    packages
        .add("a@1", file("old/x.conf", "1", "preserve=true", "original_name=z:first"))
        .add("b@2", file("new/x.conf", "1", "preserve=true", "original_name=z:first"));
    assertThat(PlanFixture.lines(packages.plan("a@1", "b@2")))
        .contains("> file old/x.conf as moved-1", "~ file new/x.conf from moved-1");
  }

  @Test
  void turnsADirectoryIntoALinkAndSavesWhatIsInIt() {
    packages
        .add("app@1", dir("opt/app"), dir("opt/app/logs"))
        .add(
            "app@2",
            dir("opt/app"),
            "link path=opt/app/logs target=../share/app/logs",
            dir("opt/.migrate/app/logs", "reboot-needed=true salvage-from=/opt/app/logs"));
    Plan plan = packages.plan("app@1", "app@2");
    assertThat(PlanFixture.lines(plan))
        .containsExactly(
            "- dir opt/app/logs",
            "+ dir opt/.migrate/app/logs",
            "< opt/app/logs into opt/.migrate/app/logs",
            "+ link opt/app/logs to ../share/app/logs");
    assertThat(plan.isRebootNeeded()).isTrue();
    assertThat(packages.plan("", "app@2").isRebootNeeded()).isFalse();
  }

  @Test
  void givesSalvagedObjectsToTheMostSpecificClaimByWholeNames() {
    packages
        .add("a@1", dir("var/app"), dir("var/app/logs"), dir("var/app2"))
        .add(
            "a@2",
            dir("srv/app", "salvage-from=var/app"),
            dir("srv/logs", "salvage-from=var/app/logs/"));
    Salvage salvage = packages.plan("a@1", "a@2").salvage();
    assertThat(salvage.destination(SafePath.of("var/app/x"))).contains(SafePath.of("srv/app/x"));
    assertThat(salvage.destination(SafePath.of("var/app"))).contains(SafePath.of("srv/app"));
    assertThat(salvage.destination(SafePath.of("var/app/logs/old")))
        .contains(SafePath.of("srv/logs/old"));
    assertThat(salvage.destination(SafePath.of("var/app2"))).isEmpty();
  }

  @Test
  void makesHardLinksToUpdatedFilesAgain() {
    packages
        .add("a@1", file("usr/x", "1"))
        .add("a@2", file("usr/x", "2"))
        .add("b@1", "hardlink path=usr/bin/y target=../x");
    assertThat(PlanFixture.lines(packages.plan("a@1 b@1", "a@2 b@1")))
        .containsExactly("~ file usr/x", "~ hardlink usr/bin/y");
  }

  @Test
  void refusesTwoFilesAtOnePathAndNamesTheirPackages() {
    packages.add("a@1", file("x", "1")).add("b@1", file("x", "2"));
    assertThatThrownBy(() -> packages.plan("a@1", "a@1 b@1"))
        .isInstanceOf(ConflictException.class)
        .hasMessage("the requested change would install conflicting actions")
        .satisfies(
            e ->
                assertThat(((EmblemaException) e).detail().orElseThrow())
                    .isEqualTo(
                        """
                        the following packages all deliver file actions to 'x':
                          pkg://test/a@1,5.11
                          pkg://test/b@1,5.11\
                        """));
  }

  @Test
  void refusesDifferentTypesAndDifferentAttributesAtOnePath() {
    packages
        .add("a@1", dir("x"), dir("y"))
        .add("b@1", file("x", "2"))
        .add("c@1", "dir path=y mode=755 owner=root group=root")
        .add("d@1", "dir path=y mode=0700 owner=root group=root");
    assertThatThrownBy(() -> packages.plan("a@1", "a@1 b@1"))
        .satisfies(
            e ->
                assertThat(((EmblemaException) e).detail().orElseThrow())
                    .startsWith("the following packages deliver conflicting action types to 'x':"));
    assertThat(PlanFixture.lines(packages.plan("a@1", "a@1 c@1"))).containsExactly("+ dir y");
    assertThatThrownBy(() -> packages.plan("a@1", "a@1 d@1"))
        .satisfies(
            e ->
                assertThat(((EmblemaException) e).detail().orElseThrow())
                    .contains(
                        "dir 'y' with different mode:", "mode=0700 from pkg://test/d@1,5.11"));
  }

  @Test
  void toleratesAConflictThatTheImageHasAlreadyAndMendsItWhenOneSideGoes() {
    packages
        .add("a@1", file("x", "1"), file("other", "1"))
        .add("a@2", file("x", "1"), file("other", "2"))
        .add("a@3", file("other", "2"))
        .add("b@1", file("x", "2"));
    assertThat(PlanFixture.lines(packages.plan("a@1 b@1", "a@2 b@1")))
        .containsExactly("~ file other");
    assertThat(PlanFixture.lines(packages.plan("a@2 b@1", "a@3 b@1"))).containsExactly("~ file x");
  }

  @Test
  void refusesToInstallBelowALinkOfAnotherPackage() {
    packages.add("a@1", "link path=d target=/etc").add("b@1", file("d/passwd", "2"));
    for (String before : new String[] {"a@1", "b@1", ""}) {
      assertThatThrownBy(() -> packages.plan(before, "a@1 b@1"))
          .isInstanceOf(ConflictException.class)
          .satisfies(
              e ->
                  assertThat(((EmblemaException) e).detail().orElseThrow())
                      .contains("'d' is a link of", "directory for 'd/passwd'"));
    }
  }

  @Test
  void refusesPathsThatLeaveTheImageOrAreReserved() {
    packages.add("a@1", file("../../etc/passwd", "1")).add("b@1", file("var/pkg/state/x", "1"));
    assertThatThrownBy(() -> packages.plan("", "a@1"))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("pkg://test/a@1")
        .hasMessageContaining("'..'");
    assertThatThrownBy(() -> packages.plan("", "b@1"))
        .isInstanceOf(ConflictException.class)
        .satisfies(
            e ->
                assertThat(((EmblemaException) e).detail().orElseThrow())
                    .contains("'var/pkg/state/x' is reserved"));
  }

  @Test
  void letsAnOverlayCoverAFileAndGiveItBack() {
    packages
        .add("base@1", file("etc/motd", "1", "preserve=true overlay=allow"))
        .add("over@1", file("etc/motd", "2", "preserve=true overlay=true"));
    assertThat(PlanFixture.lines(packages.plan("", "base@1 over@1")))
        .containsExactly("+ file etc/motd");
    assertThat(PlanFixture.lines(packages.plan("base@1", "base@1 over@1")))
        .containsExactly("+ file etc/motd");
    assertThat(PlanFixture.lines(packages.plan("base@1 over@1", "base@1"))).isEmpty();
    assertThat(PlanFixture.lines(packages.plan("base@1 over@1", "over@1"))).isEmpty();
  }

  @Test
  void choosesMediatedLinksAndChangesThemWithTheChoice() {
    packages
        .add("r18@1", "link path=usr/bin/ruby target=ruby18 mediator=ruby mediator-version=1.8")
        .add(
            "r19@1",
            "link path=usr/bin/ruby target=ruby19 mediator=ruby mediator-version=1.9",
            "link path=usr/bin/rb target=ruby19 mediator=ruby mediator-version=1.9");
    Plan plan = packages.plan("", "r18@1 r19@1");
    assertThat(PlanFixture.lines(plan))
        .containsExactlyInAnyOrder("+ link usr/bin/ruby to ruby19", "+ link usr/bin/rb to ruby19");
    assertThat(plan.changedMediators()).containsExactly("ruby");
    assertThat(plan.mediators().get("ruby"))
        .isEqualTo(new MediatorSetting("1.9", "system", null, null, "system"));
    packages.mediator("ruby", new MediatorSetting("1.9", "system", null, null, "system"));
    plan = packages.plan("r18@1 r19@1", "r18@1");
    assertThat(PlanFixture.lines(plan))
        .containsExactly("- link usr/bin/rb", "~ link usr/bin/ruby to ruby18");
    assertThat(plan.affected()).containsExactly(PlanFixture.fmri("r18@1"));
  }

  @Test
  void keepsToTheMediatorVersionThatTheAdministratorSet() {
    packages
        .add("r18@1", "link path=usr/bin/ruby target=ruby18 mediator=ruby mediator-version=1.8")
        .add("r19@1", "link path=usr/bin/ruby target=ruby19 mediator=ruby mediator-version=1.9")
        .mediator("ruby", new MediatorSetting("1.8", "local", null, null, "system"));
    assertThat(PlanFixture.lines(packages.plan("r18@1", "r18@1 r19@1"))).isEmpty();
    assertThat(PlanFixture.lines(packages.plan("r18@1 r19@1", "r19@1")))
        .containsExactly("- link usr/bin/ruby");
  }

  @Test
  void leavesOutWhatVariantsAndFacetsSwitchOff() {
    packages
        .varcets(new Varcets(Map.of("variant.arch", "i386"), Map.of("facet.doc", false)))
        .add(
            "a@1",
            file("i", "1", "variant.arch=i386"),
            file("s", "1", "variant.arch=sparc"),
            file("d", "1", "facet.doc=true"));
    assertThat(PlanFixture.lines(packages.plan("", "a@1"))).containsExactly("+ file i");
  }

  @Test
  void asksForActuatorsAsTheirTableSays() {
    packages
        .add("a@1", file("x", "1", "reboot-needed=true restart_fmri=svc:/a suspend_fmri=svc:/s"))
        .add("a@2", file("x", "2", "reboot-needed=true refresh_fmri=svc:/b suspend_fmri=svc:/s"));
    Actuators install = packages.plan("", "a@1").actuators();
    assertThat(install.rebootNeeded()).isFalse();
    assertThat(install.services()).containsOnlyKeys("restart_fmri");
    Actuators update = packages.plan("a@1", "a@2").actuators();
    assertThat(update.rebootNeeded()).isTrue();
    assertThat(update.services()).containsOnlyKeys("refresh_fmri", "restart_fmri", "suspend_fmri");
    Actuators removal = packages.plan("a@1", "").actuators();
    assertThat(removal.rebootNeeded()).isTrue();
    assertThat(removal.services()).containsOnlyKeys("restart_fmri");
  }

  @Test
  void asksForALicenceOnce() {
    packages
        .add("a@1", "license l1 license=EULA must-accept=true must-display=true")
        .add("a@2", "license l1 license=EULA must-accept=true must-display=true extra=x")
        .add("a@3", "license l2 license=EULA must-accept=true");
    assertThat(packages.plan("", "a@1").licences())
        .singleElement()
        .satisfies(
            licence -> {
              assertThat(licence.mustAccept()).isTrue();
              assertThat(licence.mustDisplay()).isTrue();
            });
    assertThat(packages.plan("a@1", "a@2").licences())
        .singleElement()
        .satisfies(licence -> assertThat(licence.mustAccept()).isFalse());
    assertThat(packages.plan("a@2", "a@3").licences())
        .singleElement()
        .satisfies(licence -> assertThat(licence.mustAccept()).isTrue());
  }

  @Test
  void tellsReleaseNotesToThoseWhoComeFromBefore() {
    packages
        .add("a@1", file("x", "1"))
        .add("a@2", file("note", "1", "release-note=feature/pkg/self@1.5"));
    assertThat(packages.plan("a@1", "a@2").notes()).hasSize(1);
    assertThat(packages.plan("", "a@2").notes()).isEmpty();
  }

  @Test
  void changesNothingWhereNothingChanges() {
    packages.add("a@1", file("x", "1"));
    assertThat(packages.plan("a@1", "a@1").isEmpty()).isTrue();
  }

  @Test
  void neverRemovesTheImagesOwnDirectories() {
    packages.add("a@1", dir("var"), dir("var/pkg"), file("var/sadm/install/x", "1"));
    assertThat(PlanFixture.lines(packages.plan("a@1", "")))
        .containsExactly("- file var/sadm/install/x");
  }
}
