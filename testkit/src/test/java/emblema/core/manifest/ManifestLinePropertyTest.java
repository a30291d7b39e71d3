package emblema.core.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import emblema.core.action.Action;
import emblema.core.action.ActionType;
import emblema.core.error.EmblemaException;
import emblema.testkit.Seed;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Looking at lines must find what reading actions finds. */
class ManifestLinePropertyTest {
  private static final List<String> PIECES =
      List.of(
          "file 1234 path=usr/bin/ls mode=0755 owner=root group=bin",
          "file NOHASH path=a preserve=true",
          "file path=a b path=c",
          "file path=\"with space\" mode=0644",
          "dir path=/usr/bin",
          "link path=usr/lib/a target=b variant.arch=i386",
          "hardlink path=x target=y",
          "set name=pkg.fmri value=pkg:/a@1",
          "depend type=require fmri=pkg:/b",
          "dir path=",
          "dir =path",
          "link path=usr/f\u0151 target=x",
          "# comment",
          "# comment that goes on \\",
          "  dir path=indented",
          "dir path=continued \\",
          "nonsense",
          "",
          " ",
          "\t",
          "\u0085",
          "\u2028dir path=after",
          "\u00a0dir path=nbsp",
          "=");
  private static final List<String> ENDS = List.of("\n", "\n", "\n", "\r\n", "\r", "\u000b", "");

  private record Reading(List<Action> actions, @Nullable String failure) {}

  @Test
  void findsWhatReadingFinds() {
    Random random = Seed.random();
    for (int round = 0; round < 2000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(8); i > 0; i--) {
        text.append(pick(PIECES, random)).append(pick(ENDS, random));
      }
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      if (bytes.length > 0 && random.nextInt(20) == 0) {
        bytes[random.nextInt(bytes.length)] = (byte) 0xff;
      }
      assertThat(lines(bytes)).describedAs(text.toString()).isEqualTo(stream(bytes));
    }
  }

  @Test
  void findsLinesLongerThanItsBuffer() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      text.append("file path=f").append(i).append(" pad=").append("x".repeat(i * 5_000));
      text.append('\n');
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    assertThat(lines(bytes)).isEqualTo(stream(bytes));
  }

  @Test
  void readsLongTextsInPiecesAsOnOneThread() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 9_000; i++) {
      text.append("file path=usr/share/some/directory/f").append(i).append(" mode=0644\n");
    }
    byte[] good = text.toString().getBytes(StandardCharsets.UTF_8);
    assertThat(ManifestReader.read(good, "test", 4))
        .isEqualTo(ManifestReader.read(in(good), "test"));
    for (int i = 0; i < 130; i++) {
      text.append("nonsense ").append(i).append("\nfile path=more").append(i).append('\n');
    }
    byte[] bad = text.toString().getBytes(StandardCharsets.UTF_8);
    EmblemaException one =
        catchThrowableOfType(EmblemaException.class, () -> ManifestReader.read(in(bad), "test"));
    EmblemaException several =
        catchThrowableOfType(EmblemaException.class, () -> ManifestReader.read(bad, "test", 4));
    assertThat(message(several)).isEqualTo(message(one));
  }

  @Test
  void plainLinesTellTheTruth() {
    for (String piece : PIECES) {
      byte[] bytes = piece.getBytes(StandardCharsets.UTF_8);
      ManifestReader.lines(
          in(bytes),
          "test",
          line -> {
            ActionType type = line.plainType();
            if (type != null && line.value("path") != null) {
              Action action = line.action();
              assertThat(type).isEqualTo(action.type());
              assertThat(line.value("preserve"))
                  .isEqualTo(action.attributes().first("preserve").orElse(null));
              assertThat(line.mentions("variant."))
                  .isEqualTo(action.attributes().hasNameFrom("variant."));
            }
          });
    }
  }

  @Test
  void theSameTextHasTheSameHashHoweverItIsFound() {
    String line = "link path=usr/f\u0151 target=x";
    assertThat(hashes(line + "\n"))
        .isEqualTo(hashes("\r\n" + line))
        .isEqualTo(hashes("  " + line + "\r"))
        .isNotEqualTo(hashes(line + "y"));
  }

  private static List<Long> hashes(String text) {
    List<Long> hashes = new ArrayList<>();
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ManifestReader.lines(in(bytes), "test", line -> hashes.add(line.hash()));
    return hashes;
  }

  private static String pick(List<String> from, Random random) {
    return from.get(random.nextInt(from.size()));
  }

  private static InputStream in(byte[] bytes) {
    return new ByteArrayInputStream(bytes);
  }

  private static Reading lines(byte[] bytes) {
    List<Action> actions = new ArrayList<>();
    return reading(
        actions, () -> ManifestReader.lines(in(bytes), "test", line -> actions.add(line.action())));
  }

  private static Reading stream(byte[] bytes) {
    List<Action> actions = new ArrayList<>();
    return reading(actions, () -> ManifestReader.stream(in(bytes), "test", actions::add));
  }

  private static Reading reading(List<Action> actions, Runnable reader) {
    EmblemaException failure = catchThrowableOfType(EmblemaException.class, reader::run);
    // Where text stops being UTF-8 the two have read differently far.
    boolean isNotText = failure != null && String.valueOf(failure.getMessage()).contains("UTF-8");
    return new Reading(
        isNotText ? List.of() : actions,
        failure == null ? null : isNotText ? "" : message(failure));
  }

  private static String message(EmblemaException failure) {
    return failure.getMessage() + "\n" + failure.detail();
  }
}
