package emblema.publisher.master;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import emblema.core.error.ConflictException;
import emblema.core.error.EmblemaException;
import emblema.core.io.Disk;
import emblema.core.io.RealDisk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.core.manifest.ManifestWriter;
import emblema.publisher.master.plan.Plan;
import emblema.publisher.master.plan.PlannedPackage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cases 21 to 24, 26, 28 and 29 of spec master-image-diff, section 17: what objects are. */
class ContentCasesTest {
  private static final String PASSWD =
      "root:x:0:0:root:/root:/bin/sh\ndaemon:x:1:1::/:/bin/false\n";
  private static final String GROUP = "root:x:0:\ndaemon:x:1:\n";

  @TempDir Path directory;
  private Story story;
  private Tree old;

  @BeforeEach
  void makeMaster() {
    story = new Story(directory);
    old =
        story
            .tree()
            .file("usr/lib/x86_64-linux-gnu/libc.so.6", "libc 1")
            .file("usr/bin/tool", "tool")
            .file("etc/passwd", PASSWD)
            .file("etc/group", GROUP)
            .file("etc/shadow", "root:$6$salt$secret:19000:0:99999:7:::\ndaemon:*:19000::::::\n");
    story.baseline(old);
  }

  @AfterEach
  void close() {
    story.close();
  }

  @Test
  void case21_aNewSystemUserBecomesActionsAndTheFileStays() {
    String before = story.at("etc/passwd");
    Tree now =
        story
            .copy(old)
            .file("etc/passwd", PASSWD + "web:x:150:150:Web server:/srv/web:/bin/false\n")
            .file("etc/group", GROUP + "web:x:150:\nlog:x:151:web\n");
    story.next(old, now);

    assertThat(before).contains("preserve=true");
    assertThat(story.at("etc/passwd")).isEqualTo(before);
    assertThat(story.lines("system/accounts"))
        .contains(
            "group gid=150 groupname=web",
            "group gid=151 groupname=log",
            "user gcos-field=\"Web server\" group=web group-list=log home-dir=/srv/web"
                + " login-shell=/bin/false password=*LK* uid=150 username=web");
  }

  @Test
  void case21_passwordsAreNeverPublished() throws IOException {
    String sha1 = story.at("etc/shadow").split(" ")[1];
    try (InputStream stored = story.repository().payload(Story.PUBLISHER, sha1);
        InputStream content = new GZIPInputStream(stored)) {
      assertThat(new String(content.readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo("root:*:19000:0:99999:7:::\ndaemon:*:19000::::::\n");
    }
  }

  @Test
  void case21_aHumanAccountIsRefusedUnlessARuleTakesIt() {
    Tree now =
        story.copy(old).file("etc/passwd", PASSWD + "anna:x:1000:1:Anna:/home/anna:/bin/sh\n");

    assertThatThrownBy(() -> story.plan(old, now))
        .satisfies(e -> assertThat(detail(e)).contains("human account 'anna' (uid 1000)"));
    story.rules("system-account anna\n");
    story.next(old, now);
    assertThat(story.lines("system/accounts")).anyMatch(line -> line.contains("username=anna"));
  }

  @Test
  void case22_fifosAndDevicesBecomeATmpfilesFragment() throws IOException {
    assumeTrue(RealDisk.open(directory).isPrivileged());
    Tree now = story.copy(old).directory("var/spool/app");
    try (Disk disk = RealDisk.open(now.root())) {
      disk.makeNode(SafePath.of("var/spool/app/queue"), Stat.Kind.FIFO, 0620, 0);
      disk.makeNode(SafePath.of("var/spool/app/null"), Stat.Kind.CHARACTER, 0666, (1L << 32) | 3);
      disk.setMode(SafePath.of("var/spool/app/queue"), 0620);
      disk.setMode(SafePath.of("var/spool/app/null"), 0666);
    }
    story.next(old, now);

    String fragment = story.at("usr/lib/tmpfiles.d/emblema-system-unclassified.conf");
    try (InputStream stored = story.repository().payload(Story.PUBLISHER, fragment.split(" ")[1]);
        InputStream content = new GZIPInputStream(stored)) {
      assertThat(new String(content.readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo(
              "c /var/spool/app/null 0666 root root - 1:3\n"
                  + "p /var/spool/app/queue 0620 root root\n");
    }
    assertThat(story.at("var/spool/app/queue")).isEmpty();
  }

  @Test
  void case23_theCLibraryNeedsAReboot() {
    story.next(old, story.copy(old).file("usr/lib/x86_64-linux-gnu/libc.so.6", "libc 2"));

    assertThat(story.at("usr/lib/x86_64-linux-gnu/libc.so.6")).contains("reboot-needed=true");
    assertThat(story.at("usr/bin/tool")).doesNotContain("reboot-needed");
  }

  @Test
  void case23_rulesOverrideThePatterns() {
    story.rules("reboot off usr/lib/**\nreboot on usr/bin/tool\n");
    story.next(old, story.copy(old));

    assertThat(story.at("usr/lib/x86_64-linux-gnu/libc.so.6")).doesNotContain("reboot-needed");
    assertThat(story.at("usr/bin/tool")).contains("reboot-needed=true");
  }

  @Test
  void transformsOfTheWholeLanguageShapePackages() {
    story.rules(
        """
        <transform file path=usr/bin/(.*) -> emit link path=bin/%<1> target=../usr/bin/%<1>>
        <transform file path=usr/bin/.* -> set %(action.name).of %{pkg.fmri}>
        <transform set name=pkg.summary -> edit value ^ "The ">
        """);
    story.next(old, story.copy(old));

    assertThat(story.at("bin/tool")).isEqualTo("link path=bin/tool target=../usr/bin/tool");
    assertThat(story.at("usr/bin/tool")).contains("file.of=pkg://example.com/system/unclassified");
    assertThat(story.lines("system/unclassified"))
        .contains("set name=pkg.summary value=\"The system/unclassified of master\"");
  }

  @Test
  void aTransformMayStopThePlan() {
    story.rules("<transform file path=usr/bin/.* -> exit 3 no tools, please>\n");

    assertThatThrownBy(() -> story.plan(old, story.copy(old)))
        .hasMessage("a transform stopped the plan at package 'system/unclassified'")
        .satisfies(e -> assertThat(detail(e)).isEqualTo("no tools, please"));
  }

  @Test
  void case24_identityIsReportedAndNotDelivered() {
    Tree now = story.copy(old).file("etc/machine-id", "0123").file("usr/bin/tool", "tool 2");
    Plan plan = story.next(old, now);

    assertThat(plan.findings().risks()).anyMatch(risk -> risk.startsWith("'etc/machine-id' tells"));
    assertThat(story.at("etc/machine-id")).isEmpty();
  }

  @Test
  void case26_threadsDoNotChangeThePlan() {
    Tree now = story.copy(old);
    for (int i = 0; i < 600; i++) {
      now.file("usr/share/many/" + i, "content " + i % 7);
    }
    String one = text(story.threads(1).plan(old, now));
    String eight = text(story.threads(8).plan(old, now));

    assertThat(one).isEqualTo(eight).contains("usr/share/many/599");
  }

  private static String text(Plan plan) {
    StringBuilder text = new StringBuilder();
    for (PlannedPackage each : plan.packages()) {
      text.append(each.fmri()).append(' ').append(each.status()).append('\n');
      text.append(ManifestWriter.write(each.contents().get()));
    }
    return text.append(plan.findings().notes()).append(plan.findings().risks()).toString();
  }

  @Test
  void case29_awkwardNamesAreQuoted() {
    Tree now =
        story
            .copy(old)
            .file("usr/share/a b", "1")
            .file("usr/share/a=b", "2")
            .file("usr/share/a\"b", "3")
            .file("usr/share/a'b", "4")
            .file("usr/share/Grüße", "5")
            .link("usr/share/link", "a b");
    story.next(old, now);

    assertThat(story.at("usr/share/a b")).contains("path=\"usr/share/a b\"");
    assertThat(story.at("usr/share/a=b")).contains("path=usr/share/a=b");
    assertThat(story.at("usr/share/a\"b")).contains("path='usr/share/a\"b'");
    assertThat(story.at("usr/share/a'b")).contains("path=\"usr/share/a'b\"");
    assertThat(story.at("usr/share/Grüße")).contains("path=usr/share/Grüße");
    assertThat(story.at("usr/share/link")).endsWith("target=\"a b\"");
  }

  @Test
  void case29_namesThatAManifestCannotSayAreRefused() throws IOException {
    Tree now = story.copy(old);
    try (Disk disk = RealDisk.open(now.root())) {
      disk.create(SafePath.of("usr/bin/bad\udcff"), 0644).close();
      disk.create(SafePath.of("usr/bin/two\nlines"), 0644).close();
    }

    assertThatThrownBy(() -> story.plan(old, now))
        .satisfies(
            e ->
                assertThat(detail(e))
                    .contains("name 'usr/bin/bad?' is not UTF-8")
                    .contains("name 'usr/bin/two?lines' contains the control character U+000A"));
  }

  @Test
  void case29_aHardLinkOfAnAwkwardNameFindsItsLeader() {
    Story links = new Story(directory.resolve("links"));
    Tree tree = links.tree().file("usr/a b/x y", "1").hardLink("usr/c/z", "usr/a b/x y");
    links.baseline(tree);

    assertThat(links.at("usr/c/z")).isEqualTo("hardlink path=usr/c/z target=\"../a b/x y\"");
    links.close();
  }

  private static String detail(Throwable e) {
    return ((EmblemaException) e).detail().orElseThrow();
  }

  @Test
  void refusesAnOldTreeThatIsNotWhatWasPublished() {
    Tree drifted = story.copy(old).file("usr/bin/tool", "changed by hand");

    assertThatThrownBy(() -> story.plan(drifted, story.copy(old)))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("is not what was published last: 1 paths differ")
        .satisfies(e -> assertThat(detail(e)).isEqualTo("content usr/bin/tool"));
  }
}
