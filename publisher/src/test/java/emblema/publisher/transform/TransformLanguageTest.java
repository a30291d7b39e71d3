package emblema.publisher.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.error.MalformedException;
import emblema.core.manifest.Manifest;
import emblema.core.manifest.ManifestReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The worked examples of spec pkgmogrify, section 8, and what surrounds them. */
class TransformLanguageTest {
  private static final String INPUT =
      """
      set name=pkg.fmri value=pkg:/x@1
      file a path=usr/share/locale/de/foo.mo
      file b path=usr/share/locale/fr/foo.mo locale.fr=oui
      file c path=etc/foo group=bin mode=0644
      driver name=d alias=a alias=b
      depend fmri=__TBD path=usr/bin/foo mode=0755 type=require
      """;

  @TempDir Path directory;

  private Outcome outcome(String input, Macros macros) {
    Sources sources = new Sources(new Sources.Settings(directory, List.of(), macros, true));
    sources.read("in", new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
    return Mogrifier.of(sources).apply();
  }

  private Outcome.Complete complete(String... rules) {
    return (Outcome.Complete)
        outcome(INPUT + String.join("\n", rules) + "\n", Macros.of(List.of("CONS=base")));
  }

  private String apply(String... rules) {
    return complete(rules).lines().stream()
        .map(OutputLine::text)
        .collect(Collectors.joining("\n", "", "\n"));
  }

  @Test
  void setsDefaultsThatAreMissingFromWhatThePathMatched() {
    assertThat(
            apply("<transform file path=usr/share/locale/([^/]+).* -> default locale.%<1> true>"))
        .contains("file a locale.de=true path=")
        .contains("file b locale.fr=oui path=");
  }

  @Test
  void addsValuesToWhatIsThere() {
    assertThat(apply("<transform file path=usr/share/locale/([^/]+).* -> add locale.%<1> true>"))
        .contains("file a locale.de=true path=")
        .contains("file b locale.fr=oui locale.fr=true path=");
    assertThat(apply("<transform file path=etc -> add x 1>", "<transform file x=1 -> add x 2>"))
        .contains("path=etc/foo x=1 x=2\n");
  }

  @Test
  void editsWithWhatTheGroupsMatched() {
    assertThat(apply("<transform file path=usr/share/locale/([^/]+).* -> edit path %<1> LANG>"))
        .contains("file a path=usr/share/locale/LANG/foo.mo\n");
    assertThat(apply("<transform file path=etc -> edit mode 06>")).contains(" mode=44 ");
    assertThat(apply("<transform file path=etc -> edit path '(e)(tc)' '\\2\\1'>"))
        .contains("path=tce/foo");
    assertThat(apply("<transform file path=etc -> edit path (?P<a>e)(tc) \"\\g<2>\\g<a>\">"))
        .contains("path=tce/foo");
    assertThat(apply("<transform file path=etc -> edit path (e)(tc) \\2\\1>"))
        .contains("path=21/foo");
  }

  @Test
  void countsGroupsInTheOrderOfTheExpressions() {
    assertThat(
            apply(
                "<transform depend fmri=__TBD mode=0(.)55 path=([^/]*)/([^/]*)/ -> default p"
                    + " %<2>/%<3>>"))
        .contains("p=usr/bin");
  }

  @Test
  void refusesGroupsThatDoNotExistOrTookNoPart() {
    assertThatThrownBy(() -> apply("<transform file path=(local/)?usr/* -> default refs %<1>>"))
        .isInstanceOf(MalformedException.class)
        .hasMessage("in:2: the group of '%<1>' took no part in the match");
    assertThatThrownBy(() -> apply("<transform file path=etc -> default refs %<0>>"))
        .hasMessageContaining("in:4: there is no group for '%<0>'");
  }

  @Test
  void printsListsWithTheirModifiers() {
    assertThat(
            complete("<transform driver -> print %(alias;sep=\", \";prefix=\"a='\";suffix=\"'\")>")
                .printed())
        .containsExactly("a='a', a='b'");
    assertThat(complete("<transform -> print>").printed()).hasSize(7).containsOnly("");
  }

  @Test
  void emitsLinesOnceAndActionsThroughAllRules() {
    assertThat(apply("<transform file path=etc -> emit>")).contains("path=etc/foo\n\ndriver");
    assertThat(apply("<transform file path=etc -> emit # c %(path)>"))
        .contains("path=etc/foo\n# c etc/foo\n");
    assertThat(
            apply(
                "<transform file path=etc -> emit set name=saw value=1>",
                "<transform set name=saw -> set value 2>"))
        .contains("set name=saw value=2\n");
    assertThat(apply("<transform file -> emit set name=one value=1>").split("name=one", -1))
        .hasSize(2);
    assertThat(
            apply(
                "<transform file path=etc -> drop>",
                "<transform file -> emit set name=saw value=%(path)>"))
        .contains("saw value=usr/share/locale/fr/foo.mo")
        .doesNotContain("etc/foo");
    assertThat(
            apply(
                "<transform file path=(etc)/(.*) -> emit link path=%<1>/lnk-%<2> target=%(path)>"))
        .contains("link path=etc/lnk-foo target=etc/foo\n");
  }

  @Test
  void replacesAnActionByAnother() {
    assertThat(
            apply(
                "<transform set name=pkg.fmri -> emit depend type=require fmri=%(value)>",
                "<transform set name=pkg.fmri -> drop>"))
        .startsWith("depend fmri=pkg:/x@1 type=require\nfile a");
  }

  @Test
  void knowsThePackageAfterItsFile() {
    assertThat(
            apply(
                "<transform pkg pkg.fmri=.* -> set foo bar>",
                "<transform pkg foo=bar -> emit set name=z value=%{foo}>"))
        .endsWith("set name=z value=bar\n");
    assertThat(
            apply(
                "<transform pkg -> default pkg.obsolete false>",
                "<transform pkg pkg.obsolete=false -> emit depend type=require"
                    + " fmri=$(CONS)/%{pkg.fmri.name}>"))
        .endsWith("depend fmri=base/x type=require\n");
  }

  @Test
  void deletesValuesAndKeepsQuotes() {
    assertThat(apply("<transform file path=etc -> delete group .*>")).doesNotContain("group");
    assertThat(apply("<transform driver -> delete alias b>")).contains("driver alias=a name=d");
    assertThat(apply("<transform file path=etc -> set a \"x y\">")).contains(" a=\"x y\" ");
  }

  @Test
  void matchesOnlyIfAllValuesDo() {
    assertThat(apply("<transform driver alias=a -> set x 1>")).doesNotContain("x=1");
    assertThat(apply("<transform driver alias=[ab] -> set x 1>")).contains("x=1");
    assertThat(apply("<transform file path=etc-> drop>")).doesNotContain("etc/foo");
  }

  @Test
  void stopsWithAStatusAndAMessage() {
    assertThat(outcome(INPUT + "<transform file -> exit 5 boo %(path)>\n", Macros.NONE))
        .isEqualTo(new Outcome.Stopped(5, "boo usr/share/locale/de/foo.mo"));
    assertThat(outcome(INPUT + "<transform file -> abort>\n", Macros.NONE))
        .isEqualTo(new Outcome.Stopped(0, ""));
  }

  @Test
  void refusesRulesThatEmitWhatTheyMatchForEver() {
    assertThatThrownBy(() -> apply("<transform set -> emit set name=%(name).x value=1>"))
        .hasMessageContaining("in:1: the rule matches what it emits, again and again");
    assertThatThrownBy(
            () ->
                apply(
                    "<transform set -> emit set name=%(name).x value=1>",
                    "<transform set -> emit set name=%(name).y value=1>"))
        .isInstanceOf(MalformedException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          <transform file -> set a>             | 'set' takes 2 arguments, found 1
          <transform file -> set a x y>         | 'set' takes 2 arguments, found 3
          <transform file -> drop it>           | 'drop' takes 0 arguments, found 1
          <transform file -> exit x>            | 'x' is not an exit status
          <transform file -> exit 256>          | '256' is not an exit status
          <transform file -> set a "b>          | a quote is not closed
          <transform file -> edit path ( b>     | is not a regular expression
          <transform file -> edit path a \\\\1> | refers to group '1', which does not exist
          <transform file -> delete path (?(1)> | conditional groups are not supported
          <transform file d="x y" -> drop>      | cannot hold a blank
          <transform file path=a path=b -> drop>| 'path' is matched twice
          <transform file ->>                   | missing operation in transform
          <transform file                       | expected '<transform … -> …>' in one line
          <unclude x>                           | unknown command
          <transform file -> set "a b" c>       | 'a b' cannot be the name of an attribute
          <transform file -> emit nonsense x=1> | cannot emit 'nonsense x=1'
          filet path=x                          | unknown action type 'filet'
          """)
  void namesFileAndLineOfWhatIsWrong(String line, String reason) {
    assertThatThrownBy(() -> apply("# a comment", line))
        .isInstanceOf(MalformedException.class)
        .hasMessageMatching("(?s)in:[1-8]: .*")
        .hasMessageContaining(reason);
  }

  @Test
  void joinsLinesAndReplacesMacrosUntilNoneIsLeft() {
    Outcome.Complete result =
        (Outcome.Complete)
            outcome(
                "set name=a \\\n  value=$(A)\n$(OFF)set name=b value=1\n$(GONE)\n$(X)dir path=d\n",
                Macros.of(List.of("A=$(B)$(B)", "B=2", "OFF=#", "GONE=")));
    assertThat(result.lines().stream().map(OutputLine::text))
        .containsExactly("set name=a value=22", "#set name=b value=1", "$(X)dir path=d");
    assertThatThrownBy(result::manifest).hasMessage("in:5: the macro '$(X)' is not defined");
    assertThatThrownBy(() -> outcome("set a=$(A)\n", Macros.of(List.of("A=$(B)", "B=$(A)"))))
        .hasMessageMatching("in:1: the macro '[AB]' contains itself");
    assertThatThrownBy(() -> Macros.of(List.of("=x"))).hasMessageContaining("define a macro");
  }

  @Test
  void refusesFilesThatIncludeThemselves() throws IOException {
    Files.writeString(directory.resolve("a"), "\n<include b>\n");
    Files.writeString(directory.resolve("b"), "<include \"a\">\n");
    Sources sources = new Sources(Sources.Settings.of(directory));
    assertThatThrownBy(() -> sources.read("a")).hasMessage("b:1: the file 'a' includes itself");
  }

  @Test
  void refusesTextThatIsNotUtf8() throws IOException {
    Files.write(directory.resolve("bad"), new byte[] {'#', '\n', (byte) 0xff, '\n'});
    Sources sources = new Sources(Sources.Settings.of(directory));
    assertThatThrownBy(() -> sources.read("bad"))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("the text is not UTF-8");
  }

  @Test
  void appliesOneSetOfRulesToManyManifests() {
    Sources sources = new Sources(Sources.Settings.of(directory));
    String rules = "<transform file -> default owner %{pkg.fmri.name}>\n";
    sources.read("rules", new ByteArrayInputStream(rules.getBytes(StandardCharsets.UTF_8)));
    Mogrifier mogrifier = Mogrifier.of(sources);
    for (String name : List.of("one", "two")) {
      Manifest manifest =
          ManifestReader.read("set name=pkg.fmri value=" + name + "@1\nfile x path=y\n", name);
      Outcome.Complete result = (Outcome.Complete) mogrifier.apply(manifest, name);
      assertThat(result.manifest().actions().get(1).attributes().get("owner", "")).isEqualTo(name);
    }
  }

  @Test
  void refusesToPublishWhatRulesMadeWrong() {
    Sources sources = new Sources(Sources.Settings.of(directory));
    String rules = "<transform file -> delete path .>\n";
    sources.read("rules", new ByteArrayInputStream(rules.getBytes(StandardCharsets.UTF_8)));
    Manifest manifest = ManifestReader.read("file x path=y\n", "p5m");
    Outcome.Complete result = (Outcome.Complete) Mogrifier.of(sources).apply(manifest, "p5m");
    assertThat(result.lines().getFirst().text()).isEqualTo("file x");
    assertThatThrownBy(result::manifest)
        .hasMessageContaining("p5m: what transforms made of this is wrong");
  }
}
