package emblema.publisher.master;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.publisher.depend.ElfMaker;
import emblema.publisher.master.plan.Plan;
import emblema.publisher.master.plan.PlannedPackage;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Dependencies by analysis, and case 23 of spec master-image-diff, section 17: what the start of
 * the system rests on.
 */
class NeedCasesTest {
  private static final String RULES =
      """
      package app    opt/app/**
      package perl   usr/bin/perl usr/lib/perl/**
      package base   **
      """;
  private static final String LIBRARIES = "usr/lib/x86_64-linux-gnu/";

  @TempDir Path directory;
  private Story story;
  private Tree old;

  @BeforeEach
  void makeMaster() {
    story = new Story(directory).rules(RULES);
    old =
        story
            .tree()
            .program(LIBRARIES + "libc-2.36.so", ElfMaker.of().bytes())
            .link(LIBRARIES + "libc.so.6", "libc-2.36.so")
            .program(LIBRARIES + "libstart.so", ElfMaker.of("libdeep.so").bytes())
            .program(LIBRARIES + "libdeep.so", ElfMaker.of("libc.so.6").bytes())
            .program(LIBRARIES + "libother.so", ElfMaker.of("libc.so.6").bytes())
            .program(LIBRARIES + "libnss_mine.so.2", ElfMaker.of("libname.so").bytes())
            .program(LIBRARIES + "libname.so", ElfMaker.of().bytes())
            .program(LIBRARIES + "security/pam_mine.so", ElfMaker.of("liblogin.so").bytes())
            .program(LIBRARIES + "security/pam_other.so", ElfMaker.of().bytes())
            .program(LIBRARIES + "liblogin.so", ElfMaker.of().bytes())
            .file("etc/nsswitch.conf", "passwd: files [NOTFOUND=return] mine # other\n")
            .file("etc/pam.d/login", "auth required pam_mine.so nullok\n#auth x pam_other.so\n")
            .program("usr/lib/init/first", ElfMaker.of("libstart.so").bytes())
            .link("sbin/init", "../usr/lib/init/first")
            .program("usr/bin/perl", ElfMaker.of("libc.so.6").bytes())
            .program("opt/app/bin/server", ElfMaker.of("libother.so", "libgone.so").bytes())
            .program("opt/app/bin/script", "#!/usr/bin/perl -w\n");
    story.baseline(old);
  }

  @AfterEach
  void close() {
    story.close();
  }

  @Test
  void sharedObjectsAndInterpretersBecomeDependenciesWithoutVersions() {
    assertThat(story.lines("app"))
        .filteredOn(line -> line.startsWith("depend"))
        .containsExactlyInAnyOrder(
            "depend fmri=pkg:/base type=require",
            "depend fmri=pkg:/perl type=require",
            "depend fmri=pkg:/master/incorporation type=require");
    assertThat(story.lines("perl")).contains("depend fmri=pkg:/base type=require");
    assertThat(story.lines("base"))
        .filteredOn(line -> line.startsWith("depend"))
        .containsExactly("depend fmri=pkg:/master/incorporation type=require");
  }

  @Test
  void whatNothingDeliversIsNoted() {
    Plan plan = story.plan(old, story.copy(old).file("opt/app/data", "new"));

    assertThat(plan.findings().notes())
        .contains("nothing delivers 'libgone.so', which opt/app/bin/server needs");
  }

  @Test
  void aChangedLibraryDoesNotRippleIntoThePackagesOfItsUsers() {
    Plan plan =
        story.next(
            old,
            story
                .copy(old)
                .program(LIBRARIES + "libother.so", ElfMaker.of("libc.so.6").mark("2").bytes()));

    assertThat(plan.published())
        .extracting(PlannedPackage::stem)
        .containsExactly("base", "master/incorporation");
  }

  @Test
  void case23_whatProcessOneLoadsNeedsAReboot() {
    for (String path :
        new String[] {
          "sbin/init",
          "usr/lib/init/first",
          LIBRARIES + "libstart.so",
          LIBRARIES + "libdeep.so",
          LIBRARIES + "libc.so.6",
          LIBRARIES + "libc-2.36.so"
        }) {
      assertThat(story.at(path)).as(path).contains("reboot-needed=true");
    }
    for (String path :
        new String[] {LIBRARIES + "libother.so", "usr/bin/perl", "opt/app/bin/server"}) {
      assertThat(story.at(path)).as(path).doesNotContain("reboot-needed");
    }
  }

  @Test
  void case23_modulesThatTheConfigurationNamesNeedAReboot() {
    for (String path :
        new String[] {
          LIBRARIES + "libnss_mine.so.2",
          LIBRARIES + "libname.so",
          LIBRARIES + "security/pam_mine.so",
          LIBRARIES + "liblogin.so"
        }) {
      assertThat(story.at(path)).as(path).contains("reboot-needed=true");
    }
    assertThat(story.at(LIBRARIES + "security/pam_other.so")).doesNotContain("reboot-needed");
  }

  @Test
  void case23_aRuleTakesALibraryOutOfTheClosure() {
    story.rules("reboot off **/libdeep.so\n" + RULES);
    story.next(old, story.copy(old));

    assertThat(story.at(LIBRARIES + "libdeep.so")).doesNotContain("reboot-needed");
    assertThat(story.at(LIBRARIES + "libstart.so")).contains("reboot-needed=true");
  }
}
