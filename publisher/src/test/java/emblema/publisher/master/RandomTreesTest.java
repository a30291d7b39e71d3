package emblema.publisher.master;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.core.error.NothingToDoException;
import emblema.core.tree.TreeChange;
import emblema.core.tree.TreeDiff;
import emblema.core.tree.TreeDigest;
import emblema.core.tree.TreeIndex;
import emblema.publisher.master.ledger.Ledger;
import emblema.publisher.master.ledger.LedgerReader;
import emblema.testkit.Seed;
import java.nio.file.Path;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for any two trees. */
class RandomTreesTest {
  private static final int ROUNDS = 8;

  @TempDir Path directory;

  private static Tree grow(Tree tree, Random random, int objects) {
    for (int i = 0; i < objects; i++) {
      String path =
          "usr/d" + random.nextInt(4) + "/e" + random.nextInt(3) + "/f" + random.nextInt(12);
      if (random.nextInt(6) == 0) {
        tree.directory(path + "-dir");
      } else {
        tree.file(path, "content " + random.nextInt(20));
      }
    }
    return tree;
  }

  @Test
  void theDifferenceAppliedToTheOldTreeGivesTheNewOne() {
    Random random = new Random(Seed.next());
    try (Story story = new Story(directory)) {
      for (int round = 0; round < ROUNDS; round++) {
        Tree old = grow(story.tree(), random, 30);
        Tree now = grow(story.copy(old), random, 10).remove("usr/d" + firstOf(old));
        TreeIndex before = story.read(old, false).delivered();
        TreeIndex after = story.read(now, false).delivered();
        TreeMap<String, String> paths = new TreeMap<>();
        for (int i = 0; i < before.size(); i++) {
          paths.put(before.entry(i).path(), fact(before, i));
        }
        for (TreeChange change : TreeDiff.between(before, after)) {
          if (change.after() == null) {
            paths.remove(change.path());
          } else {
            paths.put(change.path(), fact(after, after.find(change.path())));
          }
        }
        TreeMap<String, String> wanted = new TreeMap<>();
        for (int i = 0; i < after.size(); i++) {
          wanted.put(after.entry(i).path(), fact(after, i));
        }
        assertThat(paths).isEqualTo(wanted);
        assertThat(TreeDigest.of(before).equals(TreeDigest.of(after)))
            .isEqualTo(TreeDiff.between(before, after).stream().noneMatch(TreeChange::matters));
      }
    }
  }

  private static int firstOf(Tree tree) {
    for (int i = 0; i < 4; i++) {
      if (tree.root().resolve("usr/d" + i).toFile().isDirectory()) {
        return i;
      }
    }
    return 0;
  }

  private static String fact(TreeIndex index, int position) {
    var entry = index.entry(position);
    return entry.kind() + entry.modeText() + (entry.isFile() ? index.hash(position) : "");
  }

  @Test
  void whatIsPublishedIsTheNewTree() {
    Random random = new Random(Seed.next());
    try (Story story = new Story(directory).choices(Switches::removeAnything)) {
      Tree last = grow(story.tree(), random, 30);
      story.baseline(last);
      for (int round = 0; round < ROUNDS / 2; round++) {
        Tree next = grow(story.copy(last), random, 8);
        try {
          story.next(last, next);
        } catch (NothingToDoException e) {
          // the same content may have been written again
        }
        Ledger ledger =
            LedgerReader.read(story.repository(), Story.PUBLISHER, "master/incorporation");
        TreeIndex wanted = story.read(next, false).delivered();
        assertThat(TreeDiff.between(ledger.tree(), wanted)).noneMatch(TreeChange::matters);
        last = next;
      }
    }
  }
}
