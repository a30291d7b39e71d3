package emblema.flash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.flash.archive.MadeArchive;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Archives on tapes that are files: {@code -t}, {@code -p}, {@code -b} (spec flash-archive, 8.4).
 */
class FlarTapeTest {
  @TempDir Path directory;

  private CommandRun flar(String... arguments) {
    return CommandRun.of(FlarMain.program(), directory, arguments);
  }

  private void tapeOf(String... names) throws IOException {
    for (int i = 0; i < names.length; i++) {
      Files.write(
          directory.resolve(i == 0 ? "tape" : "tape." + i),
          MadeArchive.with().payload(MadeArchive.cpioOf(names[i])));
    }
  }

  @Test
  void readsTheFileAtAPosition() throws IOException {
    tapeOf("zero", "one", "two");
    assertThat(flar("info", "-l", "-t", "tape").out()).isEqualTo("zero\n");
    assertThat(flar("info", "-l", "-t", "-p", "0", "tape").out()).isEqualTo("zero\n");
    assertThat(flar("info", "-l", "-t", "-p", "2", "-b", "64k", "tape").out()).isEqualTo("two\n");
    assertThat(flar("info", "-t", "-p1", "-k", "content_name", "tape").out()).isEqualTo("made\n");
    CommandRun beyond = flar("info", "-t", "-p", "3", "tape");
    assertThat(beyond.status()).isEqualTo(1);
    assertThat(beyond.err()).contains("no file 3 on tape");
  }

  @Test
  void splitsFromATapeAndCombinesOntoOne() throws IOException {
    tapeOf("zero", "one");
    assertThat(flar("split", "-t", "-p", "1", "-b", "1048576", "-d", "parts", "tape").status())
        .isZero();
    CommandRun combine = flar("combine", "-t", "-p", "5", "-b", "32k", "-d", "parts", "tape");
    assertThat(combine.status()).as(combine.err()).isZero();
    assertThat(flar("info", "-l", "-t", "-p", "5", "tape").out()).isEqualTo("one\n");
    assertThat(directory.resolve("tape.5")).hasSameBinaryContentAs(directory.resolve("tape.1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "k", "64m", "999999999k", "1.5k", ""})
  void refusesWhatIsNoBlockSize(String size) throws IOException {
    tapeOf("zero");
    assertThat(flar("info", "-t", "-b", size, "tape").status()).isEqualTo(2);
  }

  @Test
  void positionAndBlockSizeNeedATape() throws IOException {
    tapeOf("zero");
    for (String command : new String[] {"info", "split", "combine"}) {
      assertThat(flar(command, "-p", "1", "tape").status()).isEqualTo(2);
      assertThat(flar(command, "-b", "64k", "tape").status()).isEqualTo(2);
      assertThat(flar(command, "-t", "-").status()).isEqualTo(2);
      assertThat(flar(command, "-t", "-p", "-1", "tape").status()).isEqualTo(2);
    }
  }

  @Test
  void tellsWhatItDoesNotDoWithRealDevices() throws IOException {
    tapeOf("zero");
    assertThat(flar("split", "-d", "parts", "tape").status()).isZero();
    CommandRun combine = flar("combine", "-t", "-d", "parts", "/dev/null");
    assertThat(combine.status()).isEqualTo(1);
    assertThat(combine.err()).contains("writing to tape devices").contains("dd of=/dev/null");
    CommandRun absent = flar("combine", "-t", "-d", "parts", "/dev/no-such-tape");
    assertThat(absent.err()).contains("writing to tape devices");
    CommandRun wind = flar("info", "-t", "-p", "2", "/dev/null");
    assertThat(wind.status()).isEqualTo(1);
    assertThat(wind.err()).contains("mt -f /dev/null asf 2");
  }

  @Test
  void readsStandardInput() {
    byte[] archive = MadeArchive.with().payload(MadeArchive.cpioOf("piped"));
    CommandRun list =
        CommandRun.withInput(
            FlarMain.program(),
            directory,
            new String(archive, StandardCharsets.US_ASCII),
            "info",
            "-l",
            "-");
    assertThat(list.out()).isEqualTo("piped\n");
  }
}
