package emblema.flash.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.error.MalformedException;
import emblema.core.error.NotFoundException;
import emblema.core.error.UsageException;
import emblema.core.event.Event;
import emblema.core.event.EventSink;
import emblema.core.io.Disk;
import emblema.core.io.MountPoint;
import emblema.core.io.RealDisk;
import emblema.core.io.SafePath;
import emblema.flash.tree.TreeSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules of spec flar-cli, 3.3, on the tree of the examples. */
class SelectionTest {
  @TempDir Path directory;
  private final List<String> warnings = new ArrayList<>();
  private final EventSink events =
      event -> {
        if (event instanceof Event.Warning warning) {
          warnings.add(warning.text());
        }
      };

  private List<String> excluded = List.of();
  private List<String> included = List.of();
  private List<ListSource> excludeLists = List.of();
  private List<ListSource> filters = List.of();
  private Optional<ListSource> files = Optional.empty();
  private boolean isAbsolute;
  private boolean leavesTemporary = true;
  private Disk image = RealDisk.open(Path.of("/"));

  @BeforeEach
  void makeTree() throws IOException {
    for (String file : List.of("aaa/bbb/ccc/ddd", "aaa/bbb/fff", "aaa/eee", "ggg")) {
      file(file);
    }
    image.close();
    image = RealDisk.open(directory);
  }

  @AfterEach
  void close() {
    image.close();
  }

  private void file(String path) throws IOException {
    Files.createDirectories(directory.resolve(path).getParent());
    Files.writeString(directory.resolve(path), path);
  }

  private static ListSource list(String text) {
    return new ListSource(
        "list", () -> new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private Selection selection(MountPoint... mounts) {
    return Selection.of(
        new SelectionOptions(
            excluded, included, excludeLists, filters, files, isAbsolute, leavesTemporary),
        image,
        new NeverArchived(List.of(mounts)),
        events);
  }

  private List<String> paths(MountPoint... mounts) {
    return paths(selection(mounts));
  }

  private List<String> paths(Selection selection) {
    List<String> paths = new ArrayList<>();
    new TreeSource(image, SafePath.ROOT, selection, events)
        .each((member, content) -> paths.add(member.path()));
    return paths;
  }

  @Test
  void takesEverythingWithoutRules() {
    assertThat(paths())
        .containsExactly(
            "aaa", "aaa/bbb", "aaa/bbb/ccc", "aaa/bbb/ccc/ddd", "aaa/bbb/fff", "aaa/eee", "ggg");
  }

  @Test
  void theLongestPrefixDecidesWhateverTheOrder() {
    excluded = List.of("/aaa");
    included = List.of("/aaa/bbb/ccc");
    assertThat(paths()).containsExactly("aaa", "aaa/bbb", "aaa/bbb/ccc", "aaa/bbb/ccc/ddd", "ggg");
    excluded = List.of("/aaa/bbb");
    included = List.of("/aaa");
    assertThat(paths()).containsExactly("aaa", "aaa/eee", "ggg");
  }

  @Test
  void anExcludedDirectoryDoesNotAppearAtAll() {
    excluded = List.of("aaa/");
    assertThat(paths()).containsExactly("ggg");
  }

  @Test
  void includingWinsOverExcludingTheSamePathWithAWarning() {
    excluded = List.of("/aaa");
    included = List.of("//aaa/./");
    assertThat(paths()).hasSize(7);
    assertThat(warnings).anyMatch(text -> text.contains("both excluded and included"));
    files = Optional.of(list("aaa"));
    included = List.of();
    filters = List.of(list("- ggg\n+ ggg\n"));
    assertThat(paths()).hasSize(7);
  }

  @Test
  void pathsBelowTheRootOfThisMachineMeanTheImage() {
    excluded = List.of(directory + "/aaa/bbb", directory + "-other/ggg");
    assertThat(paths()).containsExactly("aaa", "aaa/eee", "ggg");
    assertThat(warnings).anyMatch(text -> text.contains("-other/ggg' does not exist"));
  }

  @Test
  void refusesPathsThatClimb() {
    excluded = List.of("/aaa/../../etc");
    assertThatThrownBy(this::selection).isInstanceOf(UsageException.class);
  }

  @Test
  void warnsOfExclusionsThatDoNotExistAndRefusesSuchInclusions() {
    excluded = List.of("/none");
    assertThat(paths()).hasSize(7);
    assertThat(warnings).anyMatch(text -> text.contains("'/none' does not exist"));
    included = List.of("/none");
    assertThatThrownBy(this::selection).isInstanceOf(NotFoundException.class);
    included = List.of();
    files = Optional.of(list("/none\n"));
    assertThatThrownBy(this::selection).isInstanceOf(NotFoundException.class);
  }

  @Test
  void listsAreLiteralWithOrWithoutALastLineFeed() throws IOException {
    file("a b # *");
    excludeLists = List.of(list("\n/a b # *\n\naaa/bbb"));
    assertThat(paths()).containsExactly("aaa", "aaa/eee", "ggg");
  }

  @Test
  void filtersNameTheLineThatIsWrong() {
    for (String wrong : List.of("/aaa", "+/aaa", "? /aaa", "+ ", "# note")) {
      filters = List.of(list("- /aaa\n" + wrong + "\n"));
      assertThatThrownBy(this::selection)
          .as(wrong)
          .isInstanceOf(MalformedException.class)
          .hasMessageContaining("list:2");
    }
  }

  @Test
  void anAbsoluteListTakesItsNamesOnlyAndTheDirectoriesAbove() {
    isAbsolute = true;
    files = Optional.of(list("/aaa/bbb/ccc\n/ggg\n"));
    assertThat(paths()).containsExactly("aaa", "aaa/bbb", "aaa/bbb/ccc", "ggg");
    files = Optional.of(list("aaa\n"));
    assertThat(paths()).containsExactly("aaa");
  }

  @Test
  void exclusionsRemoveFromAnAbsoluteListAndInclusionsOnlyProtect() {
    isAbsolute = true;
    files = Optional.of(list("/aaa/bbb/ccc/ddd\n/aaa/bbb/fff\n/aaa/eee\n"));
    excluded = List.of("/aaa/bbb");
    included = List.of("/aaa/bbb/fff", "/ggg");
    assertThat(paths()).containsExactly("aaa", "aaa/bbb", "aaa/bbb/fff", "aaa/eee");
  }

  @Test
  void leavesOutTheContentsOfTemporaryDirectoriesUnlessAskedFor() throws IOException {
    for (String file :
        List.of("tmp/a", "var/tmp/b", "var/tmp/log", "proc/1/stat", "lost+found/x")) {
      file(file);
    }
    assertThat(paths()).contains("tmp", "var/tmp", "proc", "lost+found").doesNotContain("tmp/a");
    assertThat(paths()).noneMatch(path -> path.matches("(var/tmp|proc|lost.found)/.*"));
    included = List.of("/var/tmp/log");
    assertThat(paths()).contains("var/tmp", "var/tmp/log").doesNotContain("var/tmp/b");
    files = Optional.of(list("/lost+found/x\n"));
    assertThat(paths()).contains("lost+found/x");
    leavesTemporary = false;
    assertThat(paths()).contains("tmp/a", "var/tmp/b").doesNotContain("proc/1");
  }

  @Test
  void leavesOutWhatOthersHaveMountedButNotLocalFileSystems() throws IOException {
    file("home/x");
    file("export/y");
    file("mnt/far/z");
    List<String> paths =
        paths(
            new MountPoint("/", directory + "/home", "nfs4"),
            new MountPoint("/", directory + "/mnt/far", "fuse.sshfs"),
            new MountPoint("/", directory + "/export", "ext4"));
    assertThat(paths).contains("home", "mnt/far", "export/y").doesNotContain("home/x", "mnt/far/z");
  }

  @Test
  void forcedNamesComeWhateverTheRulesSay() {
    excluded = List.of("/aaa");
    Selection selection = selection();
    selection.force("/aaa/bbb/fff");
    assertThat(paths(selection)).containsExactly("aaa", "aaa/bbb", "aaa/bbb/fff", "ggg");
  }

  @Test
  void tellsWhatTheSoftwareLeftOutFromWhatTheUserDid() {
    excluded = List.of("/aaa");
    Selection selection = selection();
    assertThat(selection.isLeftOutBySoftware("tmp/x")).isTrue();
    assertThat(selection.isLeftOutBySoftware("a/lost+found/x")).isTrue();
    assertThat(selection.isLeftOutBySoftware("aaa/eee")).isFalse();
    assertThat(selection.covers("aaa")).isFalse();
    assertThat(selection.covers("tmp")).isFalse();
    assertThat(selection.covers("usr")).isTrue();
  }
}
