package emblema.publisher.master;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.action.DependAction;
import emblema.core.error.ConflictException;
import emblema.core.error.NothingToDoException;
import emblema.publisher.master.plan.Plan;
import emblema.publisher.master.plan.PlannedPackage;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Cases 1 to 7, 16 to 18, 20 and 25 of spec master-image-diff, section 17: single paths and
 * packages.
 */
class ChangeCasesTest {
  private static final String RULES =
      """
      package app/web  opt/web/**
      package app/db   opt/db/**
      package base     **
      """;

  @TempDir Path directory;
  private Story story;
  private Tree old;

  @BeforeEach
  void makeMaster() {
    story = new Story(directory).rules(RULES);
    old =
        story
            .tree()
            .file("opt/web/bin/server", "server 1")
            .file("opt/web/share/page", "page")
            .file("opt/db/bin/engine", "engine 1")
            .file("usr/bin/tool", "tool")
            .file("etc/app.conf", "port=1\n");
    story.baseline(old);
  }

  @AfterEach
  void close() {
    story.close();
  }

  @Test
  void case01_identicalTreesPublishNothing() {
    assertThatThrownBy(() -> story.plan(old, story.copy(old)))
        .isInstanceOfSatisfying(
            NothingToDoException.class, e -> assertThat(e.exitCode()).isEqualTo(4));
  }

  @Test
  void case02_timesAlonePublishNothing() {
    Tree now = story.copy(old).touch("usr/bin/tool", Instant.parse("2025-05-05T05:05:05Z"));

    assertThatThrownBy(() -> story.plan(old, now)).isInstanceOf(NothingToDoException.class);
  }

  @Test
  void case03_bytesOfOneFileGiveOnePackageAndTheIncorporation() {
    Plan plan = story.next(old, story.copy(old).file("opt/web/bin/server", "server 2"));

    assertThat(plan.published())
        .extracting(PlannedPackage::stem)
        .containsExactly("app/web", "master/incorporation");
    assertThat(plan.count(PlannedPackage.Status.UNCHANGED)).isEqualTo(2);
    assertThat(story.version("app/db")).isEqualTo("1.0-1");
    assertThat(story.version("app/web")).isEqualTo("1.0-2");
  }

  @Test
  void case04_modeIsAReasonForANewVersion() {
    Plan plan = story.next(old, story.copy(old).mode("usr/bin/tool", "rwxr-x---"));

    assertThat(plan.published()).extracting(PlannedPackage::stem).contains("base");
    assertThat(story.at("usr/bin/tool")).contains("mode=0750");
  }

  @Test
  void case05_anotherNumberForTheSameNameStops() {
    Story other = new Story(directory.resolve("accounts")).rules(RULES);
    Tree before = accounts(other.tree(), 101);
    other.baseline(before);
    Tree after = accounts(other.copy(before), 102);

    assertThatThrownBy(() -> other.plan(before, after))
        .isInstanceOf(ConflictException.class)
        .satisfies(
            e ->
                assertThat(((ConflictException) e).detail().orElseThrow())
                    .contains("user 'svc' had number 101 and has 102"));
    other.choices(Switches::allowIdDrift);
    assertThat(other.next(before, after).findings().risks())
        .anyMatch(risk -> risk.contains("'svc'"));
    other.close();
  }

  private static Tree accounts(Tree tree, int uid) {
    return tree.file(
            "etc/passwd", "root:x:0:0:root:/root:/bin/sh\nsvc:x:" + uid + ":0::/:/bin/false\n")
        .file("etc/group", "root:x:0:\n");
  }

  @Test
  void case06_aDeletedFileLeavesItsPackage() {
    story.next(old, story.copy(old).remove("opt/web/share/page"));

    assertThat(story.at("opt/web/share/page")).isEmpty();
    assertThat(story.lines("app/web")).anyMatch(line -> line.contains("path=opt/web/bin/server"));
  }

  @Test
  void case07_aPackageWithoutObjectsBecomesObsolete() {
    Plan plan = story.next(old, story.copy(old).remove("opt/db"));

    assertThat(plan.count(PlannedPackage.Status.OBSOLETE)).isEqualTo(1);
    assertThat(story.manifest("app/db").isObsolete()).isTrue();
    assertThat(story.manifest("master/incorporation").dependencies())
        .filteredOn(depend -> depend.fmris().getFirst().contains("app/db"))
        .extracting(DependAction::dependencyType)
        .containsExactly("incorporate");
  }

  @Test
  void case07_theMarkerStaysIncorporatedInLaterReleases() {
    Tree second = story.copy(old).remove("opt/db");
    story.next(old, second);
    story.next(second, story.copy(second).file("usr/bin/tool", "tool 3"));

    assertThat(story.lines("master/incorporation"))
        .anyMatch(line -> line.contains("fmri=pkg:/app/db@1.0,5.11-2"));
  }

  @Test
  void case16_anExcludedLeaderIsReplacedWithoutADanglingTarget() {
    Story links = new Story(directory.resolve("links")).rules(RULES);
    Tree before =
        links
            .tree()
            .file("usr/bin/a", "program")
            .hardLink("usr/bin/b", "usr/bin/a")
            .hardLink("usr/lib/c", "usr/bin/a");
    links.baseline(before);
    assertThat(links.at("usr/bin/a")).startsWith("file ");
    assertThat(links.at("usr/lib/c")).isEqualTo("hardlink path=usr/lib/c target=../bin/a");

    links.exclude("usr/bin/a").next(before, before);

    assertThat(links.at("usr/bin/a")).contains("preserve=abandon");
    assertThat(links.at("usr/bin/b")).startsWith("file ").doesNotContain("preserve");
    assertThat(links.at("usr/lib/c")).isEqualTo("hardlink path=usr/lib/c target=../bin/b");
    links.close();
  }

  @Test
  void case16_aLeaderStaysLeaderWhenASmallerNameIsAdded() {
    Story links = new Story(directory.resolve("links")).rules(RULES);
    Tree before = links.tree().file("usr/bin/m", "program").hardLink("usr/bin/n", "usr/bin/m");
    links.baseline(before);
    Tree after =
        links
            .tree()
            .file("usr/bin/m", "program")
            .hardLink("usr/bin/n", "usr/bin/m")
            .hardLink("usr/bin/a", "usr/bin/m");
    links.next(before, after);

    assertThat(links.at("usr/bin/m")).startsWith("file ");
    assertThat(links.at("usr/bin/a")).isEqualTo("hardlink path=usr/bin/a target=m");
    links.close();
  }

  @Test
  void case17_hardLinksAcrossPackagesAreRefused() {
    Tree now = story.copy(old).hardLink("opt/db/bin/server", "opt/web/bin/server");
    now.remove("opt/db/bin/server").hardLink("opt/db/bin/server", "opt/web/bin/server");

    assertThatThrownBy(() -> story.plan(old, now))
        .satisfies(
            e ->
                assertThat(((ConflictException) e).detail().orElseThrow())
                    .contains("several packages by rules (app/db, app/web)")
                    .contains("opt/db/bin/server, opt/web/bin/server"));
  }

  @Test
  void case18_aFileThatSwitchesPackagesGivesBothANewVersion() {
    story.rules("package app/db opt/web/share/**\n" + RULES);
    Plan plan = story.next(old, story.copy(old));

    assertThat(plan.published())
        .extracting(PlannedPackage::stem)
        .containsExactly("app/db", "app/web", "master/incorporation");
    assertThat(story.lines("app/db")).anyMatch(line -> line.contains("path=opt/web/share/page"));
    assertThat(story.lines("app/web")).noneMatch(line -> line.contains("path=opt/web/share/page"));
  }

  @Test
  void case18_aPackageWhoseFilesAllMovedIsRenamed() {
    story.rules("package app/store opt/db/**\n" + RULES);
    story.next(old, story.copy(old));

    assertThat(story.manifest("app/db").isRenamed()).isTrue();
    assertThat(story.lines("app/db")).contains("depend fmri=pkg:/app/store type=require");
    assertThat(story.lines("app/store"))
        .anyMatch(
            line ->
                line.startsWith("depend fmri=pkg:/app/db@1.0,5.11-2")
                    && line.endsWith("type=optional"));
  }

  @Test
  void case20_aMassDeletionStops() {
    Story big = new Story(directory.resolve("big")).rules(RULES);
    Tree before = big.tree();
    for (int i = 0; i < 50; i++) {
      before.file("usr/share/data/" + i, "data " + i);
    }
    big.baseline(before);
    Tree after = big.copy(before);
    for (int i = 0; i < 20; i++) {
      after.remove("usr/share/data/" + i);
    }

    assertThatThrownBy(() -> big.plan(before, after))
        .isInstanceOfSatisfying(
            ConflictException.class,
            e -> {
              assertThat(e.exitCode()).isEqualTo(1);
              assertThat(e.detail().orElseThrow()).contains("20 of 53 delivered paths vanish");
            });
    big.choices(Switches::removeAnything);
    assertThat(big.next(before, after).published()).isNotEmpty();
    big.close();
  }

  @Test
  void case25_theBranchRisesThoughTheUpstreamVersionFalls() {
    story.rules(RULES + "meta app/web human-version=9.1\n");
    Tree second = story.copy(old).file("opt/web/bin/server", "server 9.1");
    story.next(old, second);
    story.rules(RULES + "meta app/web human-version=3.0\n");
    story.next(second, story.copy(second).file("opt/web/bin/server", "server 3.0"));

    assertThat(story.version("app/web")).isEqualTo("1.0-3");
    assertThat(story.manifest("app/web").value("pkg.human-version")).contains("3.0");
  }
}
