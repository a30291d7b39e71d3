package emblema.core.action;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.core.error.MalformedException;
import emblema.core.manifest.Manifest;
import emblema.core.manifest.ManifestDiff;
import emblema.core.manifest.ManifestReader;
import emblema.core.manifest.ManifestWriter;
import emblema.testkit.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ActionTextPropertyTest {
  private static final int ROUNDS = 20_000;

  @Test
  void whatIsFaithfulIsReadBackAsItWas() {
    RandomActions actions = new RandomActions(Seed.random());
    int faithful = 0;
    for (int i = 0; i < ROUNDS; i++) {
      Action action = actions.next();
      if (FaithfulText.problems(action).isEmpty()) {
        faithful++;
        String text = ActionWriter.write(action);
        assertThat(ManifestReader.read(text, "text").actions())
            .as(text)
            .allSatisfy(back -> assertThat(ActionWriter.write(back)).isEqualTo(text))
            .hasSize(1);
      }
    }
    assertThat(faithful).isBetween(ROUNDS / 20, ROUNDS - ROUNDS / 20);
  }

  /** What the writer makes of any action is either read again to the same text, or refused. */
  @Test
  void writtenTextIsAFixedPointOrRefused() {
    RandomActions actions = new RandomActions(Seed.random());
    for (int i = 0; i < ROUNDS; i++) {
      Action action = actions.next();
      String text = ActionWriter.write(action);
      Action back;
      try {
        back = ActionReader.read(text);
      } catch (MalformedException e) {
        assertThat(FaithfulText.problems(action)).as(text).isNotEmpty();
        continue;
      }
      if (!back.equals(action)) {
        assertThat(FaithfulText.problems(action)).as(text).isNotEmpty();
      }
    }
  }

  /** A manifest reads the same however its lines are continued, indented and commented. */
  @Test
  void layoutDoesNotMatter() {
    Random random = Seed.random();
    RandomActions actions = new RandomActions(random);
    for (int round = 0; round < 300; round++) {
      List<Action> list = faithful(actions, random.nextInt(8));
      StringBuilder text = new StringBuilder();
      for (Action action : list) {
        String line = ActionWriter.write(action);
        int space = line.indexOf(' ');
        text.append("  ".repeat(random.nextInt(3)));
        if (random.nextBoolean()) {
          text.append(line, 0, space + 1).append("\\\n\t ").append(line.substring(space + 1));
        } else {
          text.append(line);
        }
        text.append(new String[] {"\n", "\r\n", "\r", "\n\n  # comment\n"}[random.nextInt(4)]);
      }
      assertThat(ManifestReader.read(text.toString(), "text").actions()).isEqualTo(list);
    }
  }

  /** Removing, changing and adding what the difference says turns the one into the other. */
  @Test
  void aDifferenceLeadsFromTheOneToTheOther() {
    Random random = Seed.random();
    RandomActions actions = new RandomActions(random);
    for (int round = 0; round < 300; round++) {
      List<Action> before = lastOfEachKey(faithful(actions, random.nextInt(10)));
      List<Action> after = new ArrayList<>(before);
      after.removeIf(action -> random.nextInt(3) == 0);
      after.addAll(faithful(actions, random.nextInt(4)));
      Manifest target = new Manifest(lastOfEachKey(after));
      ManifestDiff diff = ManifestDiff.between(new Manifest(before), target);
      List<Action> result = new ArrayList<>(before);
      result.removeAll(diff.removed());
      diff.changed()
          .forEach(
              change -> result.replaceAll(a -> a.equals(change.before()) ? change.after() : a));
      result.addAll(diff.added());
      assertThat(ManifestDiff.between(new Manifest(result), target).isEmpty())
          .as(ManifestWriter.write(target))
          .isTrue();
    }
  }

  private static List<Action> lastOfEachKey(List<Action> actions) {
    return ManifestDiff.between(Manifest.EMPTY, new Manifest(actions)).added();
  }

  private static List<Action> faithful(RandomActions actions, int count) {
    List<Action> list = new ArrayList<>();
    while (list.size() < count) {
      Action action = actions.next();
      if (FaithfulText.problems(action).isEmpty()) {
        list.add(action);
      }
    }
    return list;
  }
}
