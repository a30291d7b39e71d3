package emblema.smf.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.error.ConflictException;
import emblema.core.error.MalformedException;
import emblema.core.io.SafePath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Drop-in files: what they mean alone and together, and what their mistakes get. */
class AreasTest {
  @TempDir Path directory;

  private static List<Area> parse(String text) {
    return AreaFile.parse("a.conf", text);
  }

  @Test
  void readsEveryKey() {
    assertThat(
            parse(
                """
                # an application

                [area]
                staging = /opt/.migrate
                shared  = /opt/share
                mount   = required
                create  = no
                owner   = daemon
                group   = 12
                mode    = 2750
                append  = app/*.log
                append  = **/x?
                keep    = app/logs
                """))
        .containsExactly(
            new Area(
                SafePath.of("opt/.migrate"),
                SafePath.of("opt/share"),
                true,
                false,
                "daemon",
                "12",
                02750,
                List.of(new PathPattern("app/*.log"), new PathPattern("**/x?")),
                List.of(SafePath.of("app/logs")),
                "a.conf"));
  }

  @Test
  void readsNothingFromAnEmptyFile() {
    assertThat(parse("")).isEmpty();
    assertThat(parse("# off\n")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "staging=/a| a.conf:1: expected '[area]' before the first key",
        "[other]| a.conf:1: unknown section '[other]', expected '[area]'",
        "[area]\\nstaging| a.conf:2: expected 'key = value'",
        "[area]\\nstaging=/a| a.conf:1: the area has no 'shared'",
        "[area]\\ncolour=red| a.conf:2: unknown key 'colour'",
        "[area]\\nstaging=| a.conf:2: key 'staging' has no value",
        "[area]\\nstaging=/a\\nstaging=/b| a.conf:3: key 'staging' appears twice in one area",
        "[area]\\nstaging=a\\nshared=/b| a.conf:2: 'staging' must be an absolute path below '/'",
        "[area]\\nstaging=/\\nshared=/b| a.conf:2: 'staging' must be an absolute path below '/'",
        "[area]\\nstaging=/a/../etc\\nshared=/b| a.conf:2: path 'a/../etc' is not allowed: it"
            + " contains the name '..'",
        "[area]\\nstaging=/a\\nshared=/b\\nmount=maybe| a.conf:4: 'mount' must be 'required' or"
            + " 'optional'",
        "[area]\\nstaging=/a\\nshared=/b\\nmode=9| a.conf:4: 'mode' must be three or four octal"
            + " digits",
        "[area]\\nstaging=/a\\nshared=/b\\nappend=/x| a.conf:4: pattern '/x' is not relative",
      })
  void saysWhereAFileIsWrong(String text, String message) {
    assertThatThrownBy(() -> parse(text.replace("\\n", "\n")))
        .isInstanceOf(MalformedException.class)
        .hasMessage(message.strip());
  }

  @Test
  void addsUpAreasOfOnePair() {
    List<Area> merged =
        Areas.merge(
            parse(
                """
                [area]
                staging=/s
                shared=/t
                keep=a
                [area]
                staging=/s
                shared=/t
                mount=required
                keep=b
                append=*.log
                """));
    assertThat(merged).hasSize(1);
    assertThat(merged.getFirst().mount()).isTrue();
    assertThat(merged.getFirst().keep()).containsExactly(SafePath.of("a"), SafePath.of("b"));
    assertThat(merged.getFirst().append()).containsExactly(new PathPattern("*.log"));
  }

  @ParameterizedTest
  @CsvSource({
    "/s, /t, /s, /u",
    "/s, /t, /s/below, /u",
    "/s, /t, /t/below, /u",
    "/s, /t, /u, /s/below",
  })
  void refusesRootsThatOverlap(String s1, String t1, String s2, String t2) {
    String text = "[area]\nstaging=%s\nshared=%s\n".formatted(s1, t1);
    String other = "[area]\nstaging=%s\nshared=%s\n".formatted(s2, t2);
    assertThatThrownBy(() -> Areas.merge(parse(text + other)))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("overlap");
  }

  @Test
  void refusesAnAreaInsideItself() {
    assertThatThrownBy(() -> Areas.merge(parse("[area]\nstaging=/s/t\nshared=/s\n")))
        .isInstanceOf(ConflictException.class);
  }

  @Test
  void refusesPairsThatDisagree() {
    String text = "[area]\nstaging=/s\nshared=/t\n";
    assertThatThrownBy(() -> Areas.merge(parse(text + text + "mode=0700\n")))
        .isInstanceOf(ConflictException.class)
        .hasMessage("'a.conf' and 'a.conf' disagree about how '/t' is made");
  }

  @Test
  void letsTwoStagingRootsShareOneSharedRoot() {
    String text = "[area]\nstaging=/s\nshared=/t\n[area]\nstaging=/u\nshared=/t\n";
    assertThat(Areas.merge(parse(text))).hasSize(2);
  }

  @Test
  void hidesAPackagesFileBehindTheAdministrators() throws Exception {
    try (Stage stage = new Stage(directory)) {
      stage.file("usr/d/a.conf", "[area]\nstaging=/a\nshared=/b\n");
      stage.file("usr/d/b.conf", "[area]\nstaging=/c\nshared=/d\n");
      stage.file("usr/d/ignored.example", "nonsense");
      stage.file("etc/d/a.conf", "");
      List<Area> areas =
          Areas.read(stage.disk, List.of(SafePath.of("usr/d"), SafePath.of("etc/d")));
      assertThat(areas).extracting(Area::staging).containsExactly(SafePath.of("c"));
    }
  }

  @Test
  void refusesAFileThatIsNotUtf8() throws Exception {
    try (Stage stage = new Stage(directory)) {
      Files.write(stage.directory("d").resolve("a.conf"), new byte[] {(byte) 0xff});
      assertThatThrownBy(() -> Areas.read(stage.disk, List.of(SafePath.of("d"))))
          .isInstanceOf(MalformedException.class)
          .hasMessageEndingWith("the file is not UTF-8");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "app/*.log, app/a.log, true",
    "app/*.log, app/b/a.log, false",
    "**.log, app/b/a.log, true",
    "a?c, abc, true",
    "a?c, a/c, false",
    "a.c, abc, false",
  })
  void matchesPatterns(String pattern, String path, boolean matches) {
    assertThat(new PathPattern(pattern).matches(SafePath.of(path))).isEqualTo(matches);
  }
}
