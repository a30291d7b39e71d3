package emblema.flash.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.error.ConflictException;
import emblema.core.error.MalformedException;
import emblema.core.io.Stat;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChecklistTest {
  private static final ObjectState FILE = new ObjectState(0100644, 0, 3, "", 949356849, 20);

  private static List<Line> read(byte[] bytes) {
    ChecklistReader reader = new ChecklistReader(new ByteArrayInputStream(bytes), "a.flar");
    List<Line> lines = new ArrayList<>();
    for (Line line = reader.next(); line != null; line = reader.next()) {
      lines.add(line);
    }
    return lines;
  }

  private static List<Line> read(String text) {
    return read(text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] write(List<Line> lines) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ChecklistWriter writer = new ChecklistWriter(out);
    for (Line line : lines) {
      writer.write(line);
    }
    writer.finish();
    return out.toByteArray();
  }

  @Test
  void readsTheSampleAndWritesTheSameBytes() throws IOException {
    try (InputStream in = ChecklistTest.class.getResourceAsStream("/20-diff.manifest.txt")) {
      byte[] sample = in.readAllBytes();
      List<Line> lines = read(sample);
      assertThat(lines)
          .startsWith(new Line.Filter(Line.Sign.EXCLUDE, "/proc"))
          .contains(
              new Line.Kept("/etc", new ObjectState(040755, 0, 0, "", 0, ObjectState.ANY_SIZE)),
              new Line.Arriving("/etc/motd"),
              new Line.Leaving(
                  "/usr/lib/old.so", new ObjectState(0100755, 0, 0, "", 949356849, 180)),
              new Line.Listed("/opt/my app"));
      assertThat(write(lines)).isEqualTo(sample);
    }
  }

  @Test
  void keepsEveryKindOfObject() throws IOException {
    List<Line> lines =
        List.of(
            new Line.Filter(Line.Sign.INCLUDE, "/a b"),
            new Line.Filter(Line.Sign.BUILT_IN, "/proc"),
            new Line.Kept("/link", new ObjectState(0120777, 1, 2, "../d x", 0, -1)),
            new Line.Kept("/device", new ObjectState(0020600, -1, -2, "", -5, -1)),
            new Line.Leaving("/old", new ObjectState(0040700, 65534, 65534, "", 0, -1)),
            new Line.Kept("/\udc80bytes", FILE),
            new Line.Listed("/"));
    assertThat(read(write(lines))).isEqualTo(lines);
  }

  @Test
  void writesNumbersLeastSignificantNibbleFirst() throws IOException {
    assertThat(new String(write(List.of(new Line.Kept("/f", FILE))), StandardCharsets.US_ASCII))
        .isEqualTo("checklist\n/f\t4:180000\t00000000\t30000000\t13906983\t20\n");
  }

  @Test
  void readsAnyAlphabetOfNibbles() {
    assertThat(read("checklist\n/f\t4Z1x0000\t00000000\t30000000\t13906983\t20\n\\d/\n"))
        .contains(new Line.Kept("/f", FILE));
  }

  @Test
  void readsASizeThatIsNotCompared() {
    assertThat(read("checklist\n/f\t4:180000\t00000000\t30000000\t13906983\ts20\n\\d/\n"))
        .contains(new Line.Kept("/f", new ObjectState(0100644, 0, 3, "", 949356849, -1)));
  }

  @Test
  void judgesEachLineAgainstTheClone() {
    ObjectState other = new ObjectState(0100644, 0, 3, "", 949356849, 21);
    Line kept = new Line.Kept("/f", FILE);
    assertThat(Verdict.of(kept, Optional.of(FILE))).isEqualTo(Verdict.FINE);
    assertThat(Verdict.of(kept, Optional.of(other))).isEqualTo(Verdict.MODIFIED);
    assertThat(Verdict.of(kept, Optional.empty())).isEqualTo(Verdict.DELETED);
    Line leaving = new Line.Leaving("/f", FILE);
    assertThat(Verdict.of(leaving, Optional.of(FILE))).isEqualTo(Verdict.OLD_FILE);
    assertThat(Verdict.of(leaving, Optional.of(other))).isEqualTo(Verdict.NEW_FILE);
    assertThat(Verdict.of(leaving, Optional.empty())).isEqualTo(Verdict.FINE);
    assertThat(Verdict.of(new Line.Arriving("/f"), Optional.of(other))).isEqualTo(Verdict.FINE);
    assertThat(Verdict.of(new Line.Arriving("/f"), Optional.empty())).isEqualTo(Verdict.FINE);
  }

  @Test
  void comparesWhatAManifestHoldsAndNothingElse() {
    ObjectState directory = ObjectState.of(stat(Stat.Kind.DIRECTORY, 0755, 4096, 7), "");
    assertThat(directory.agreesWith(ObjectState.of(stat(Stat.Kind.DIRECTORY, 0755, 99, 8), "")))
        .as("size and time of directories do not matter")
        .isTrue();
    assertThat(directory.agreesWith(ObjectState.of(stat(Stat.Kind.DIRECTORY, 0750, 4096, 7), "")))
        .isFalse();
    ObjectState file = ObjectState.of(stat(Stat.Kind.FILE, 0644, 5, 7), "");
    assertThat(file.agreesWith(ObjectState.of(stat(Stat.Kind.FILE, 0644, 5, 8), ""))).isFalse();
    assertThat(file.agreesWith(ObjectState.of(stat(Stat.Kind.FILE, 04644, 5, 7), ""))).isFalse();
    assertThat(file.agreesWith(ObjectState.of(stat(Stat.Kind.LINK, 0644, 5, 7), "x"))).isFalse();
    ObjectState link = ObjectState.of(stat(Stat.Kind.LINK, 0777, 5, 7), "x");
    assertThat(link.agreesWith(ObjectState.of(stat(Stat.Kind.LINK, 0777, 5, 8), "x"))).isTrue();
    assertThat(link.agreesWith(ObjectState.of(stat(Stat.Kind.LINK, 0777, 5, 7), "y"))).isFalse();
    assertThat(file.mtime()).isEqualTo(7);
  }

  private static Stat stat(Stat.Kind kind, int mode, long size, long seconds) {
    return new Stat(
        kind, mode, 0, 0, size, 1, 1, 1, 0, size, false, seconds * 1_000_000_000L + 1, 0, 0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "- /proc\n",
        "checklist\n/f\tN\n",
        "checklist\n/f\n",
        "checklist\n/f\t4:18\n\\d/\n",
        "checklist\n/f\t4:180000\t00000000\t30000000\t1390\n\\d/\n",
        "checklist\n/f\t4:180000\t00000000\t30000000\t13906983\t-1\n\\d/\n",
        "checklist\n/f\t4:180000\t00000000\t30000000\td\n\\d/\n",
        "checklist\n../f\tN\n\\d/\n",
        "checklist\n/a/../../f\tN\n\\d/\n",
        "checklist\n/f\tN\n\\d..\n",
        "- ../../etc\nchecklist\n",
      })
  void refusesDamage(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("a.flar: manifest");
  }

  @Test
  void refusesALineThatHasNoEnd() {
    assertThatThrownBy(() -> read("checklist\n/" + "x".repeat(1 << 16)))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("longer than");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a\tb", "/a\nb"})
  void refusesNamesThatItCannotHold(String path) {
    assertThatThrownBy(() -> write(List.of(new Line.Arriving(path))))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("manifest cannot hold");
  }
}
