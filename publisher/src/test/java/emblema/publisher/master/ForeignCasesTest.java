package emblema.publisher.master;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.error.ConflictException;
import emblema.core.hash.Digest;
import emblema.publisher.depend.ElfMaker;
import emblema.publisher.master.select.FileClass;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A master that is an image with packages of others (spec master-image-diff, section 5.3). */
class ForeignCasesTest {
  private static final byte[] LIBRARY = ElfMaker.of().bytes();
  private static final String ELSEWHERE = "usr/lib/libvendor.so";

  @TempDir Path directory;
  private Story story;
  private Tree master;

  @BeforeEach
  void makeMaster() {
    story = new Story(directory);
    String file = " owner=root group=root mode=0755\n";
    master =
        story
            .tree()
            .program(ELSEWHERE, LIBRARY)
            .file("opt/vendor/etc/conf", "edited here")
            .file("opt/vendor/plugin/ours", "ours")
            .program("opt/app/bin/server", ElfMaker.of("libvendor.so").bytes())
            .file(
                "var/pkg/state/installed/catalog.base.C",
                """
                {"_SIGNATURE": {"sha-1": "0"},
                 "vendor.org": {"lib/vendor": [{"version": "1.0,5.11-1"}]},
                 "example.com": {"app/server": [{"version": "2.0,5.11-1"}]}}
                """)
            .file(
                "var/pkg/publisher/vendor.org/pkg/lib%2Fvendor/1.0%2C5.11-1",
                "dir path=opt/vendor"
                    + file
                    + "dir path=opt/vendor/etc"
                    + file
                    + "file "
                    + Digest.SHA1.hex(LIBRARY)
                    + " path="
                    + ELSEWHERE
                    + file
                    + "file "
                    + Digest.SHA1.hex("default".getBytes(StandardCharsets.UTF_8))
                    + " path=opt/vendor/etc/conf preserve=true"
                    + file)
            .file(
                "var/pkg/publisher/example.com/pkg/app%2Fserver/2.0%2C5.11-1",
                "file NOHASH path=opt/app/bin/server" + file);
  }

  @AfterEach
  void close() {
    story.close();
  }

  @Test
  void whatOthersDeliverStaysTheirs() {
    story.baseline(master);

    assertThat(story.at(ELSEWHERE)).isEmpty();
    assertThat(story.at("opt/vendor/etc")).isEmpty();
    assertThat(story.at("opt/vendor/etc/conf")).isEmpty();
    assertThat(story.at("opt/vendor/plugin/ours")).isNotEmpty();
    assertThat(story.at("opt/vendor")).startsWith("dir ");
  }

  @Test
  void whatOursNeedOfOthersIsADependencyWithoutPublisherAndVersion() {
    story.baseline(master);

    assertThat(story.lines("app/server")).contains("depend fmri=pkg:/lib/vendor type=require");
  }

  @Test
  void theNextReleaseIsComparedWithoutWhatOthersDeliver() {
    story.baseline(master);
    Tree now = story.copy(master).file("opt/vendor/plugin/ours", "ours 2");

    assertThat(story.next(master, now).published()).hasSize(2);
  }

  @Test
  void aChangedForeignFileStopsAndOffersWaysOut() {
    Tree changed = story.copy(master).program(ELSEWHERE, "mended");

    assertThatThrownBy(() -> story.baseline(changed))
        .satisfies(
            e ->
                assertThat(((ConflictException) e).detail().orElseThrow())
                    .contains("'" + ELSEWHERE + "' belongs to 'lib/vendor@1.0-1' of 'vendor.org'")
                    .contains("-x " + ELSEWHERE)
                    .contains("'republish lib/vendor'"));
  }

  @Test
  void aChangedForeignFileThatIsLeftOutIsNoMatter() {
    Tree changed = story.copy(master).program(ELSEWHERE, "mended");
    story.exclude(ELSEWHERE).baseline(changed);

    assertThat(story.at(ELSEWHERE)).isEmpty();
  }

  @Test
  void aRuleRepublishesAForeignPackage() {
    Tree changed = story.copy(master).program(ELSEWHERE, "mended");
    story.rules("republish lib/vendor\n").baseline(changed);

    assertThat(story.lines("lib/vendor")).anyMatch(line -> line.contains("path=" + ELSEWHERE));
    assertThat(story.lines("lib/vendor")).anyMatch(line -> line.contains("opt/vendor/etc/conf"));
  }

  @Test
  void withTheClassOffEverythingIsOurs() {
    story.without(FileClass.FOREIGN).baseline(master);

    assertThat(story.at(ELSEWHERE)).isNotEmpty();
  }

  @Test
  void theImagesOwnPackagesSayWhereObjectsGo() {
    story.baseline(master);

    assertThat(story.lines("app/server"))
        .anyMatch(line -> line.contains("path=opt/app/bin/server"));
  }
}
