package emblema.publisher.master.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.error.MalformedException;
import emblema.core.error.UsageException;
import emblema.core.io.Stat;
import emblema.core.tree.TreeEntry;
import emblema.core.tree.TreeIndex;
import emblema.publisher.master.rule.RuleReader;
import emblema.publisher.master.rule.Rules;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The rules of spec flar-cli, section 3.3, and the classes of spec master-image-diff, section 5.
 */
class SelectionTest {
  private static TreeIndex tree(String... paths) {
    List<TreeEntry> entries = new ArrayList<>();
    for (String path : paths) {
      Stat.Kind kind = path.endsWith("/") ? Stat.Kind.DIRECTORY : Stat.Kind.FILE;
      String name = path.replaceFirst("/$", "");
      entries.add(new TreeEntry(name, kind, 0755, "root", "root", 0, 0, 1, 1, 1, 1, 0, 0, 0, ""));
    }
    return TreeIndex.of(entries);
  }

  private static List<String> selected(SelectionRules rules, TreeIndex tree) {
    TreeIndex kept = new Selection(rules, Set.of(), Rules.NONE).apply(tree);
    List<String> paths = new ArrayList<>();
    for (int i = 0; i < kept.size(); i++) {
      paths.add(kept.entry(i).path());
    }
    return paths;
  }

  private static SelectionRules.Builder rules() {
    return new SelectionRules.Builder();
  }

  @Test
  void theLongestPathDecides() {
    TreeIndex tree = tree("a/", "a/b/", "a/b/x", "a/c");

    assertThat(selected(rules().exclude("/a").include("a/b/").build(), tree))
        .containsExactly("a", "a/b", "a/b/x");
    assertThat(selected(rules().include("a").exclude("a/b").build(), tree))
        .containsExactly("a", "a/c");
  }

  @Test
  void includeWinsAtTheSamePath() {
    assertThat(selected(rules().exclude("a").include("a").build(), tree("a/", "a/x")))
        .containsExactly("a", "a/x");
  }

  @Test
  void ancestorsOfIncludedObjectsComeInBare() {
    TreeIndex tree =
        tree("aaa/", "aaa/bbb/", "aaa/bbb/ccc/", "aaa/bbb/ccc/x", "aaa/bbb/y", "aaa/z");

    assertThat(selected(rules().exclude("aaa").include("aaa/bbb/ccc").build(), tree))
        .containsExactly("aaa", "aaa/bbb", "aaa/bbb/ccc", "aaa/bbb/ccc/x");
  }

  @Test
  void anExcludedDirectoryWithoutInclusionsDoesNotAppear() {
    assertThat(selected(rules().exclude("a").build(), tree("a/", "a/x", "b"))).containsExactly("b");
  }

  @Test
  void prefixesAreWholeNames() {
    assertThat(selected(rules().exclude("a").build(), tree("a", "ab", "a-c")))
        .containsExactly("a-c", "ab");
  }

  @Test
  void aListAddsWhatAClassLeavesOut() {
    TreeIndex tree = tree("var/", "var/tmp/", "var/tmp/keep", "var/tmp/other");

    assertThat(selected(rules().list("var/tmp/keep").build(), tree))
        .containsExactly("var", "var/tmp", "var/tmp/keep");
  }

  @Test
  void anAbsoluteListIsLiteral() {
    TreeIndex tree = tree("a/", "a/x", "b/", "b/y");

    assertThat(selected(rules().list("a").list("b/y").listOnly().build(), tree))
        .containsExactly("a", "b", "b/y");
    assertThatThrownBy(() -> rules().listOnly().build()).isInstanceOf(UsageException.class);
  }

  @Test
  void classesLeaveOutContentsAndKeepTheirDirectories() {
    TreeIndex tree =
        tree(
            "proc/",
            "proc/1",
            "tmp/",
            "tmp/x",
            "etc/",
            "etc/machine-id",
            "opt/",
            "opt/share/",
            "opt/share/x");

    assertThat(selected(SelectionRules.ALL, tree))
        .containsExactly("etc", "opt", "opt/share", "proc", "tmp");
  }

  @Test
  void rulesAddSharedAreasAndVolatilePaths() {
    Rules more = RuleReader.read("shared-root srv\nvolatile opt/app/run/**\n", "r");
    Selection selection = new Selection(SelectionRules.ALL, Set.of(), more);
    TreeIndex kept =
        selection.apply(
            tree("srv/", "srv/x", "opt/", "opt/app/", "opt/app/run/", "opt/app/run/pid"));

    assertThat(kept.size()).isEqualTo(4);
    assertThat(selection.sharedRootOf("srv/x")).contains("srv");
  }

  @Test
  void refusesPathsThatLeaveTheTree() {
    assertThatThrownBy(() -> rules().exclude("a/../../b")).isInstanceOf(UsageException.class);
    assertThatThrownBy(() -> rules().signedLines("+ a\n* b\n", "list"))
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith("list:2:1: ");
  }
}
