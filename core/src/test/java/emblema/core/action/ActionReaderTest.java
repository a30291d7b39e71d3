package emblema.core.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import emblema.core.error.MalformedException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The syntax and construction rules of spec manifest, sections 2 and 3. */
class ActionReaderTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "dir path; 8; missing value",
        "dir path=x y; 12; missing value",
        "dir pa\"th=x; 6; quote in key",
        "dir path=\"x; 11; unfinished quoted value",
        "dir =x; 4; missing key",
        "file abc= path=x; 9; missing value",
        "dir path=; 9; missing value",
        "dir path=x y z=1; 12; whitespace in key",
        "dir; 3; no attributes",
        "dir path=x 'y'=1; 11; quote in key",
        "file 'a b' path=x; 5; quote in key",
        "dir path=\"x\\; 12; unfinished quoted value"
      })
  void saysWhereTheSyntaxIsWrong(String text, int position, String reason) {
    MalformedException error =
        catchThrowableOfType(MalformedException.class, () -> ActionReader.read(text));
    assertThat(error.reason()).isEqualTo(reason);
    assertThat(error.column()).isEqualTo(position + 1);
    assertThat(error.detail()).contains(text + "\n" + " ".repeat(position) + "^");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "bogus foo=bar; unknown action type 'bogus' in action 'bogus foo=bar'",
        "~ dir path=a~; ~unknown action type '' in action ' dir path=a'~",
        "~\ufeffdir path=a~; ~unknown action type '\ufeffdir' in action '\ufeffdir path=a'~",
        "dir path = x; invalid action, 'dir path = x': action type doesn't allow payload",
        "dir path=x hash=y; invalid action, 'dir path=x hash=y': action type doesn't allow payload",
        "file a hash=b path=x; invalid action, 'file a hash=b path=x': hash attribute not identical"
            + " to positional hash",
        "dir data=x path=y; invalid key: 'data'",
        "driver alias=pci8086,1; invalid action, 'driver alias=pci8086,1': no value specified for"
            + " key attribute 'name'",
        "dir mode=0755; invalid action, 'dir mode=0755': no value specified for key attribute"
            + " 'path'",
        "dir path=a path=b; invalid action, 'dir path=a path=b': path attribute may only be"
            + " specified once",
        "dir path=/; invalid action, 'dir path=/': Empty or invalid path attribute",
        "dir path=///; invalid action, 'dir path=///': Empty or invalid path attribute",
        "dir path=\"\"; invalid action, 'dir path=\"\"': Empty or invalid path attribute",
        "set name=a b=c; invalid action, 'set name=a b=c': Missing \"name\" or \"value\" attribute",
        "set name=a name=b value=c; invalid action, 'set name=a name=b value=c': name attribute may"
            + " only be specified once",
        "signature value=x; invalid action, 'signature value=x': Missing algorithm attribute",
        "depend fmri=a fmri=b; invalid action, 'depend fmri=a fmri=b': fmri attribute may only be"
            + " specified once"
      })
  void refusesWhatMakesNoAction(String text, String message) {
    assertThatThrownBy(() -> ActionReader.read(text))
        .isInstanceOf(MalformedException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "x'y; x'y",
        "a=b=c; a=b=c",
        "a\\nb; a\\nb",
        "\"a\\nb\"; a\\nb",
        "\"a\\\"b\"; a\"b",
        "\"a\\\\b\"; a\\b",
        "'a\\'b'; a'b",
        "'a\\\"b'; a\\\"b",
        "\"a\" \"b\"; ab",
        "\"a\"\"b\"; ab",
        "\"a\"'b'; ab",
        "\"tab\there\"; tab\there",
        "#x; #x"
      })
  void readsValues(String written, String value) {
    assertThat(ActionReader.read("set name=n value=" + written).attributes().all("value"))
        .containsExactly(value);
  }

  @Test
  void readsAnEmptyQuotedValue() {
    assertThat(ActionReader.read("set name=n value=\"\"").attributes().all("value"))
        .containsExactly("");
  }

  @Test
  void beginsANewAttributeRightAfterAQuote() {
    assertThat(ActionReader.read("dir path=\"a\"b=c").attributes().first("b")).contains("c");
  }

  @Test
  void makesAListOfARepeatedName() {
    assertThat(ActionReader.read("set value=b name=x value=a").attributes().all("value"))
        .isEqualTo(List.of("b", "a"));
  }

  @Test
  void takesAPayloadInPlaceOrByName() {
    assertThat(ActionReader.read("file abc path=x").payload()).isEqualTo("abc");
    assertThat(ActionReader.read("file path=x hash=\"a b\"").payload()).isEqualTo("a b");
    assertThat(ActionReader.read("file abc path=x hash=abc").payload()).isEqualTo("abc");
    assertThat(ActionReader.read("file abc path=x hash=abc").attributes().has("hash")).isFalse();
    assertThat(ActionReader.read("file path=x").payload()).isEqualTo("NOHASH");
    assertThat(ActionReader.read("license license=x").payload()).isEqualTo("NOHASH");
    assertThat(ActionReader.read("signature algorithm=sha256").payload()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "set pkg.summary=foo; set name=pkg.summary value=foo",
        "set name=a; set name=name value=a",
        "set a=1 a=2; set name=a value=1 value=2",
        "signature algorithm=x; signature algorithm=x value=\"\" version=0",
        "driver name=d clone_perms=\"x 0666 root\"; driver clone_perms=\"d x 0666 root\" name=d",
        "dir path=//a//b/; dir path=a//b/",
        "depend type=require-any fmri=b fmri=a; depend fmri=b fmri=a type=require-any",
        "dir\tpath=a  mode=0755 ; dir mode=0755 path=a",
        "unknown any=thing; unknown any=thing"
      })
  void completesWhatItMakes(String text, String written) {
    assertThat(ActionWriter.write(ActionReader.read(text))).isEqualTo(written);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 50_000})
  void readsLinesOfManyAttributes(int count) {
    StringBuilder line = new StringBuilder("unknown");
    for (int i = count; i > 0; i--) {
      line.append(" a").append(i).append("=v");
    }
    assertThat(ActionReader.read(line.toString()).attributes().names()).hasSize(count);
  }
}
