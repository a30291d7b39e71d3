package emblema.core.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import emblema.core.action.Action;
import emblema.core.error.MalformedException;
import emblema.core.error.StorageException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines and errors of spec manifest, section 1; {@code ~} stands for a line end. */
class ManifestReaderTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '^',
      value = {
        "dir path=a \\~   mode=0755; dir mode=0755 path=a",
        "dir path=a\\~ mode=0755; dir path=amode=0755",
        "set name=d value=\"foo \" \\~   \"bar baz\"; set name=d value=\"foo bar baz\"",
        "set name=d value=\"foo \\~   bar\"; set name=d value=\"foo bar\"",
        "dir path=a\\\\~dir pth=b; dir path=a\\dir pth=b",
        "\u2003\u00a0dir path=a; dir path=a",
        "dir path=a~~~  # comment~#~dir path=b; dir path=a~dir path=b",
        "file NOHASH path=a opensolaris.zone=global; file NOHASH opensolaris.zone=global path=a"
            + " variant.opensolaris.zone=global",
        "set name=authority value=p; set name=publisher value=p"
      })
  void joinsLines(String text, String written) {
    Manifest manifest = ManifestReader.read(text.replace('~', '\n'), "m");
    assertThat(ManifestWriter.write(manifest)).isEqualTo(written.replace('~', '\n') + "\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n\n",
        "#",
        "# comment \\\ndir path=a",
        "dir path=a \\",
        "dir path=a \\\n",
        "  \\\n  \n"
      })
  void findsNothingIn(String text) {
    assertThat(ManifestReader.read(text, "m").actions()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '^',
      value = {
        "dir path=a \\~# comment; 2; 13; whitespace in key",
        "dir path=a \\~~mode=0755; 3; 10; no attributes",
        "dir path=a \\ ~; 1; 13; whitespace in key",
        "dir path=a # x; 1; 13; whitespace in key",
        "dir path=ok~bogus a=b; 2; 0; unknown action type 'bogus' in action 'bogus a=b'",
        "dir path=a \\~\\~=b; 3; 12; missing key"
      })
  void namesTheLastPhysicalLine(String text, int line, int column, String reason) {
    MalformedException error =
        catchThrowableOfType(
            MalformedException.class, () -> ManifestReader.read(text.replace('~', '\n'), "m"));
    String place = column == 0 ? "m:" + line : "m:" + line + ":" + column;
    assertThat(error).hasMessage(place + ": " + reason);
    assertThat(error.line()).isEqualTo(line);
    assertThat(error.column()).isEqualTo(column);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\n", "\r", "\r\n", "\u000b", "\f", "\u001c", "\u001d", "\u001e", "\u0085", "\u2028",
        "\u2029"
      })
  void endsALineAtEveryUnicodeBoundary(String end) {
    String text = "dir path=a" + end + end + "bogus" + end;
    MalformedException error =
        catchThrowableOfType(MalformedException.class, () -> ManifestReader.read(text, "m"));
    assertThat(error).hasMessage("m:3:6: no attributes");
  }

  @Test
  void doesNotTakeAByteOrderMarkForSpace() {
    assertThatThrownBy(() -> ManifestReader.read("\ufeffdir path=a", "m"))
        .hasMessageContaining("unknown action type '\ufeffdir'");
  }

  @Test
  void gathersAllErrors() {
    MalformedException error =
        catchThrowableOfType(
            MalformedException.class,
            () -> ManifestReader.read("bogus a=b\ndir path=a\ndir path\n\ndir x=\"\n", "m"));
    assertThat(error).hasMessage("m: 3 errors");
    assertThat(error.line()).isEqualTo(1);
    assertThat(error.detail())
        .contains(
            "m:1: unknown action type 'bogus' in action 'bogus a=b'\n"
                + "m:3:9: missing value\n"
                + "dir path\n"
                + "        ^\n"
                + "m:5:8: unfinished quoted value\n"
                + "dir x=\"\n"
                + "       ^");
  }

  @Test
  void keepsOnlySomeOfVeryManyErrors() {
    MalformedException error =
        catchThrowableOfType(
            MalformedException.class, () -> ManifestReader.read("x\n".repeat(10_000), "m"));
    assertThat(error).hasMessage("m: 10000 errors");
    assertThat(error.detail().orElse("")).endsWith("and 9900 more");
  }

  @Test
  void showsThePartOfALongLineThatIsWrong() {
    String line = "dir path=" + "x".repeat(50_000) + " y z=" + "v".repeat(50_000);
    MalformedException error =
        catchThrowableOfType(MalformedException.class, () -> ManifestReader.read(line, "m"));
    assertThat(error.column()).isEqualTo(9 + 50_000 + 2 + 1);
    String[] shown = error.detail().orElse("").split("\n", -1);
    assertThat(shown[0]).hasSizeLessThan(170).startsWith("…x").endsWith("v…");
    assertThat(shown[0].substring(0, shown[1].length() - 1)).endsWith("x y");
  }

  @Test
  void quotesNoMoreThanTheStartOfALongAction() {
    String line = "bogus a=" + "x".repeat(100_000);
    assertThatThrownBy(() -> ManifestReader.read(line, "m"))
        .message()
        .hasSizeLessThan(2100)
        .startsWith("m:1: unknown action type 'bogus' in action 'bogus a=xxx");
  }

  @Test
  void handsOverTheGoodLinesBeforeItFails() {
    List<Action> seen = new ArrayList<>();
    InputStream text = stream("dir path=a\nbad\ndir path=b\n");
    assertThatThrownBy(() -> ManifestReader.stream(text, "m", seen::add))
        .isInstanceOf(MalformedException.class);
    assertThat(seen).extracting(Action::key).containsExactly("a", "b");
  }

  @Test
  void readsAStreamAsItReadsText() {
    String text = "set name=a value=Gr\u00fc\u00dfe\r\n" + "dir path=\ud83d\ude00\n".repeat(3000);
    assertThat(ManifestReader.read(stream(text), "m")).isEqualTo(ManifestReader.read(text, "m"));
  }

  @Test
  void refusesBytesThatAreNotUtf8() {
    InputStream text =
        new ByteArrayInputStream(
            "dir path=a\ndir path=\u00fc\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> ManifestReader.read(text, "m"))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("the text is not UTF-8");
  }

  @Test
  void refusesAnEndlessLine() {
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return 'x';
          }

          @Override
          public int read(byte[] bytes, int offset, int length) {
            Arrays.fill(bytes, offset, offset + length, (byte) 'x');
            return length;
          }
        };
    assertThatThrownBy(() -> ManifestReader.read(endless, "m"))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("longer than");
  }

  @Test
  void namesTheSourceThatCannotBeRead() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("broken");
          }
        };
    assertThatThrownBy(() -> ManifestReader.read(broken, "m"))
        .isInstanceOf(StorageException.class)
        .hasMessage("cannot read the manifest 'm'");
  }

  @Test
  void severalThreadsTogetherReadWhatOneReads() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 5000; i++) {
      switch (i % 7) {
        case 0 -> text.append("dir path=d").append(i).append(" \\\n  mode=0755\n");
        case 1 -> text.append("# comment\n\n");
        case 2 -> text.append("set name=ü").append(i).append(" value=\"a b\"\n");
        default -> text.append("file NOHASH path=f").append(i).append(" mode=0644\n");
      }
    }
    for (int length : new int[] {text.indexOf("\n", 100) + 1, text.length()}) {
      String piece = text.substring(0, length);
      byte[] utf8 = piece.getBytes(StandardCharsets.UTF_8);
      SortedMap<Integer, Action> taken = new ConcurrentSkipListMap<>();
      ManifestReader.inParallel(utf8, "m", 4, taken::put);
      List<Action> wanted = ManifestReader.read(piece, "m").actions();
      assertThat(List.copyOf(taken.values())).isEqualTo(wanted);
      assertThat(ManifestReader.read(utf8, "m", 4).actions()).isEqualTo(wanted);
    }
  }

  @Test
  void severalThreadsTogetherTellTheErrorsThatOneTells() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 20000; i++) {
      text.append(i % 50 == 0 ? "nonsense " : "dir path=").append(i).append('\n');
    }
    byte[] utf8 = text.toString().getBytes(StandardCharsets.UTF_8);
    MalformedException one =
        catchThrowableOfType(
            MalformedException.class, () -> ManifestReader.read(text.toString(), "m"));
    AtomicInteger good = new AtomicInteger();
    assertThatThrownBy(
            () -> ManifestReader.inParallel(utf8, "m", 4, (line, action) -> good.incrementAndGet()))
        .isInstanceOf(MalformedException.class)
        .hasMessage(one.getMessage());
    assertThatThrownBy(() -> ManifestReader.read(utf8, "m", 4)).hasMessage(one.getMessage());
    assertThat(good).hasValue(19600);
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
