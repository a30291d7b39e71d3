package emblema.core.manifest;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.error.MalformedException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Spec manifest, section 8, last paragraph; {@code ~} stands for a line end. */
class PackageRulesTest {
  private static final String OBSOLETE = "set name=pkg.obsolete value=true~";
  private static final String RENAMED = "set name=pkg.renamed value=true~";

  @ParameterizedTest
  @ValueSource(
      strings = {
        OBSOLETE + "set name=x value=y~signature algorithm=x value=y",
        RENAMED + "depend fmri=a type=require~set name=x value=y",
        "set name=pkg.obsolete value=TRUE~dir path=a",
        "dir path=a"
      })
  void takes(String text) {
    assertThatCode(() -> check(text)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        OBSOLETE + "dir path=a|A 'dir' action cannot be present in an obsolete package: dir path=a",
        OBSOLETE
            + "depend fmri=a type=require|A 'depend' action cannot be present in an obsolete"
            + " package: depend fmri=a type=require",
        RENAMED
            + "depend fmri=a type=require~dir path=a|A 'dir' action cannot be present in a renamed"
            + " package: dir path=a",
        RENAMED + "|A renamed package must contain at least one 'depend' action.",
        RENAMED
            + "depend fmri=a type=optional|A renamed package must contain at least one 'depend'"
            + " action.",
        RENAMED + OBSOLETE + "|A package may not  be marked for both obsoletion and renaming."
      })
  void refuses(String text, String message) {
    assertThatThrownBy(() -> check(text))
        .isInstanceOf(MalformedException.class)
        .hasMessage(message);
  }

  private static void check(String text) {
    PackageRules.check(ManifestReader.read(text.replace('~', '\n'), "m"));
  }
}
