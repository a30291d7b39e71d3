package emblema.core.action;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.core.attribute.Attributes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The serialisation of spec manifest, section 4. */
class ActionWriterTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "plain; plain",
        "a b; \"a b\"",
        "it's; \"it's\"",
        "say \"x\"; 'say \"x\"'",
        "it's \"x\"; \"it's \\\"x\\\"\"",
        "~~; \"\"",
        "$(x); \"$(x)\"",
        "a=b; a=b",
        "back\\slash; back\\slash",
        "tab\there; tab\there",
        "#x; #x"
      })
  void quotesAsTheReference(String value, String written) {
    assertThat(
            ActionWriter.write(
                Action.of(ActionType.SET, null, Attributes.of("name", "n", "value", value))))
        .isEqualTo("set name=n value=" + written);
  }

  @Test
  void doesNotQuoteAnExpansionInAList() {
    Attributes attributes = Attributes.of("name", "n", "value", "$(x)", "value", "y");
    assertThat(ActionWriter.write(Action.of(ActionType.SET, null, attributes)))
        .isEqualTo("set name=n value=$(x) value=y");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "a b; file group=g hash=\"a b\" path=x",
        "a=b; file group=g hash=a=b path=x",
        "a\"b; file group=g hash='a\"b' path=x",
        "a'b; file group=g hash=\"a'b\" path=x",
        "NOHASH; file NOHASH group=g path=x"
      })
  void writesAnOddPayloadAsAnAttribute(String payload, String written) {
    assertThat(
            ActionWriter.write(
                Action.of(ActionType.FILE, payload, Attributes.of("path", "x", "group", "g"))))
        .isEqualTo(written);
  }

  @Test
  void putsTheHashBehindAllNamesBeforeIt() {
    assertThat(
            ActionWriter.write(
                Action.of(ActionType.LICENSE, "a b", Attributes.of("license", "x", "abc", "1"))))
        .isEqualTo("license abc=1 hash=\"a b\" license=x");
    assertThat(ActionWriter.write(ActionReader.read("signature hash=a=b algorithm=x a=1")))
        .isEqualTo("signature a=1 algorithm=x hash=a=b value=\"\" version=0");
  }

  @Test
  void sortsByCodePointNotByUtf16() {
    Attributes attributes = Attributes.of("\ud83d\ude00", "1", "\uff5e", "2", "z", "3", "Z", "4");
    assertThat(ActionWriter.write(Action.of(ActionType.UNKNOWN, null, attributes)))
        .isEqualTo("unknown Z=4 z=3 \uff5e=2 \ud83d\ude00=1");
  }

  @Test
  void mendsTheModeOfOldPython() {
    assertThat(ActionWriter.write(ActionReader.read("dir path=a mode=0o755")))
        .isEqualTo("dir mode=0755 path=a");
  }
}
