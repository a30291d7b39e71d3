package emblema.publisher.master;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.publisher.depend.ElfMaker;
import emblema.publisher.master.plan.Choices;
import emblema.publisher.master.plan.Plan;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Service actuators (spec master-image-diff, section 9). */
class ServiceCasesTest {
  private static final String UNITS = "usr/lib/systemd/system/";

  @TempDir Path directory;
  private Story story;
  private Tree old;
  private Tree now;

  @BeforeEach
  void makeMasters() {
    story = new Story(directory).rules("package base **\n");
    old =
        story
            .tree()
            .program("usr/bin/server", ElfMaker.of("libserver.so").bytes())
            .program("usr/lib/libserver.so", ElfMaker.of().bytes())
            .program("usr/bin/once", "once")
            .program("lib/svc/method/db", "method 1")
            .file("etc/server/server.conf", "a=1")
            .file("etc/other.conf", "a=1")
            .file("usr/share/man/man1/x.1", "x")
            .file(
                UNITS + "server.service",
                """
                [Service]
                # a comment
                ExecStart=-/usr/bin/server --config=/etc/other.conf \\
                    --more
                """)
            .file(UNITS + "once.service", "[Service]\nType=oneshot\nExecStart=once\n")
            .file(UNITS + "many@.service", "[Service]\nExecStart=/usr/bin/server %i\n")
            .file(UNITS + "man-db.service", "[Service]\nType=oneshot\nExecStart=/usr/bin/mandb\n")
            .file(
                "lib/svc/manifest/site/db.xml",
                """
                <?xml version="1.0"?>
                <!DOCTYPE service_bundle SYSTEM "/nowhere/service_bundle.dtd.1">
                <service_bundle type="manifest" name="db">
                  <service name="site/db" type="service" version="1">
                    <create_default_instance enabled="true"/>
                    <exec_method type="method" name="start" exec="/lib/svc/method/db start"/>
                  </service>
                </service_bundle>
                """)
            .file("lib/svc/manifest/site/broken.xml", "<service_bundle>");
    story.baseline(old);
    now =
        story
            .copy(old)
            .program("usr/lib/libserver.so", ElfMaker.of().mark("2").bytes())
            .program("usr/bin/once", "once 2")
            .program("lib/svc/method/db", "method 2")
            .file("etc/server/server.conf", "a=2")
            .file("etc/other.conf", "a=2")
            .file("usr/share/man/man1/x.1", "x 2");
  }

  @AfterEach
  void close() {
    story.close();
  }

  @Test
  void theyAreSuggestedAtFirst() {
    Plan plan = story.next(old, now);

    assertThat(plan.findings().suggestions())
        .contains(
            "--actuators=emit   # refresh_fmri systemd:server.service for etc/other.conf,"
                + " etc/server/server.conf",
            "--actuators=emit   # restart_fmri svc:/site/db:default for lib/svc/method/db",
            "--actuators=emit   # restart_fmri systemd:man-db.service for usr/share/man/man1/x.1",
            "--actuators=emit   # restart_fmri systemd:server.service for usr/lib/libserver.so")
        .noneMatch(line -> line.contains("once"));
    assertThat(story.at("usr/lib/libserver.so")).doesNotContain("_fmri");
    assertThat(plan.findings().risks())
        .anyMatch(risk -> risk.contains("'lib/svc/manifest/site/broken.xml' cannot be read"));
  }

  @Test
  void theyAreWrittenWhenAskedFor() {
    story.choices(Switches.actuators(Choices.Actuators.EMIT));
    story.next(old, now);

    assertThat(story.at("usr/lib/libserver.so")).endsWith("restart_fmri=systemd:server.service");
    assertThat(story.at("etc/other.conf")).contains("refresh_fmri=systemd:server.service");
    assertThat(story.at("lib/svc/method/db")).contains("restart_fmri=svc:/site/db:default");
    assertThat(story.at("usr/bin/server")).as("unchanged").doesNotContain("_fmri");
  }

  @Test
  void theyStayForMachinesThatSkipReleasesAsLongAsTheyAreTrue() {
    story.choices(Switches.actuators(Choices.Actuators.EMIT));
    story.next(old, now);
    Tree third = story.copy(now).file("usr/share/man/man1/x.1", "x 3");
    story.next(now, third);
    assertThat(story.at("usr/lib/libserver.so")).contains("restart_fmri=systemd:server.service");

    Tree fourth = story.copy(third).remove(UNITS + "server.service");
    story.next(third, fourth);
    assertThat(story.at("usr/lib/libserver.so")).doesNotContain("_fmri");
  }

  @Test
  void newAndChangedDefinitionsAreReadAgain() {
    story.choices(Switches.actuators(Choices.Actuators.EMIT));
    now.file(UNITS + "new.service", "[Service]\nExecStart=/usr/bin/server\n")
        .file("lib/svc/manifest/site/broken.xml", "<service_bundle/>");
    story.next(old, now);

    assertThat(story.at(UNITS + "new.service")).contains("refresh_fmri=systemd:daemon-reload");
    assertThat(story.at("lib/svc/manifest/site/broken.xml"))
        .contains("restart_fmri=svc:/system/manifest-import:default");
  }

  @Test
  void whatNeedsARebootRestartsNothing() {
    story
        .choices(Switches.actuators(Choices.Actuators.EMIT))
        .rules("reboot on usr/lib/libserver.so\npackage base **\n");
    story.next(old, now);

    assertThat(story.at("usr/lib/libserver.so"))
        .contains("reboot-needed=true")
        .doesNotContain("_fmri");
  }

  @Test
  void offIsSilent() {
    story.choices(Switches.actuators(Choices.Actuators.OFF));

    assertThat(story.plan(old, now).findings().suggestions()).isEmpty();
  }
}
