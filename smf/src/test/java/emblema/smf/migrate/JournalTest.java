package emblema.smf.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.error.MalformedException;
import emblema.core.io.OsNames;
import emblema.testkit.Seed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The journal as text, and what a run makes of one. */
class JournalTest {
  @TempDir Path directory;

  @Test
  void isWrittenAsDocumented() {
    Journal journal =
        new Journal(Stage.STAMP, "be", 3, List.of(new Journal.Move(7, "/a\tb", "/c\\\udcff")));
    assertThat(journal.text())
        .isEqualTo(
            """
            emblema-migration-journal 1
            run\t%s\tbe
            batch\t3
            move\t7\t/a\\x09b\t/c\\x5c\\xff
            """
                .formatted(Stage.STAMP));
  }

  @Test
  void comesBackUnchangedWhateverTheNames() {
    Random random = Seed.random();
    for (int i = 0; i < 300; i++) {
      List<Journal.Move> moves = new ArrayList<>();
      for (int j = random.nextInt(4); j > 0; j--) {
        moves.add(new Journal.Move(random.nextLong(), name(random), name(random)));
      }
      Journal journal = new Journal(Stage.STAMP, "be-1", random.nextInt(), moves);
      assertThat(Journal.parse("test", journal.text())).isEqualTo(journal);
    }
  }

  private static String name(Random random) {
    byte[] bytes = new byte[random.nextInt(20)];
    random.nextBytes(bytes);
    return OsNames.decode(bytes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "emblema-migration-journal 2\nrun\t20260131T081500Z\tbe\nbatch\t1\n",
        "emblema-migration-journal 1\nrun\t../../x\tbe\nbatch\t1\n",
        "emblema-migration-journal 1\nrun\t20260131T081500Z\t../be\nbatch\t1\n",
        "emblema-migration-journal 1\nrun\t20260131T081500Z\tbe\nbatch\tx\n",
        "emblema-migration-journal 1\nrun\t20260131T081500Z\tbe\nbatch\t1\nmove\t1\ta\n",
      })
  void refusesWhatItDidNotWrite(String text) {
    assertThatThrownBy(() -> Journal.parse("journal", text))
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith("journal:");
  }

  @Test
  void setsADamagedJournalAsideAndGoesOn() {
    try (Stage stage = new Stage(directory)) {
      stage.file("var/lib/emblema/shared-migrate/journal", "nonsense");
      stage.file("opt/.migrate/a", "x");
      stage.run();
      assertThat(stage.content("opt/share/a")).isEqualTo("x");
      assertThat(stage.events).hasSize(1);
      assertThat(stage.content("var/lib/emblema/shared-migrate/journal.damaged"))
          .isEqualTo("nonsense");
      assertThat(stage.path("var/lib/emblema/shared-migrate/journal")).doesNotExist();
    }
  }

  @Test
  void continuesAnInterruptedRunUnderItsStampAndLogsWhatItMoved() {
    try (Stage stage = new Stage(directory)) {
      Path moved = stage.file("opt/share/moved", "moved");
      long inode =
          stage.disk.stat(emblema.core.io.SafePath.of("opt/share/moved")).orElseThrow().inode();
      stage.file(
          "var/lib/emblema/shared-migrate/journal",
          new Journal(
                  "20200101T000000Z",
                  "be-1",
                  4,
                  List.of(new Journal.Move(inode, "/opt/.migrate/moved", "/opt/share/moved")))
              .text());
      stage.file("opt/.migrate/a", "staged");
      stage.file("opt/share/a", "shared");
      stage.run();
      assertThat(moved).hasContent("moved");
      assertThat(stage.content("opt/share/a.be-1.20200101T000000Z")).isEqualTo("staged");
      assertThat(stage.log())
          .contains("\tbe-1\t20200101T000000Z.4\tmoved\t/opt/.migrate/moved\t/opt/share/moved\t")
          .contains("\tbe-1\t20200101T000000Z.5\taside\t/opt/.migrate/a\t");
    }
  }
}
