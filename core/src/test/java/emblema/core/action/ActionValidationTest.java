package emblema.core.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import emblema.core.attribute.Attributes;
import emblema.core.error.MalformedException;
import emblema.core.fmri.Fmri;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of spec manifest, section 8, and ours beyond them. */
class ActionValidationTest {
  private static final String FILE = "file x group=g owner=o path=p ";

  @ParameterizedTest
  @ValueSource(strings = {"644", "0644", "4755", "04755", "064", "0o644", "0777"})
  void takesModes(String mode) {
    assertThat(ActionValidation.problems(ActionReader.read(FILE + "mode=" + mode))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"64", "14755", "0899", "rwx", "+644", "-644", "0o", "644444"})
  void refusesModes(String mode) {
    assertThat(ActionValidation.problems(ActionReader.read(FILE + "mode=" + mode)))
        .containsExactly(
            "'"
                + mode
                + "' is not a valid mode; value must be of the form '644', '0644', or '04755'.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "file x group=g owner=o path=p| mode is required; value must be of the form '644', '0644',"
            + " or '04755'.",
        "dir group=g mode=0755 mode=0755 owner=o path=p| mode may only be specified once",
        "dir group=g mode=0755 owner=o owner=p path=p| owner may only be specified once",
        "dir group=g mode=0755 path=p| owner is required",
        "dir group=g mode=0755 owner=\" \" path=p| owner is required",
        "file x group=g mode=0755 owner=o path=p pkg.size=x| pkg.size must be an integer",
        "dir facet.x=true facet.x=all group=g mode=0755 owner=o path=p| facet.x may only be"
            + " specified once",
        "dir group=g mode=0755 owner=o path=p reboot-needed=true reboot-needed=x| reboot-needed may"
            + " only be specified once",
        "file x group=g mode=0755 owner=o path=p preserve-version=1| preserve must be 'true' if a"
            + " preserve-version is specified",
        "file x group=g mode=0755 owner=o path=p preserve=true preserve-version=-1|"
            + " preserve-version must specify the release",
        "file x group=g mode=0755 owner=o path=p preserve=true preserve-version=1-2|"
            + " preserve-version must not specify the branch",
        "file x group=g mode=0755 owner=o path=p preserve=true"
            + " preserve-version=1:20240101T000000Z| preserve-version must not specify the"
            + " timestamp",
        "link path=a| target is required",
        "link path=a target=b mediator=x| a mediator-version or mediator-implementation must be"
            + " provided if a mediator is specified",
        "link path=a target=b mediator-priority=site| a mediator must be provided when"
            + " mediator-version, mediator-implementation, or mediator-priority is specified",
        "link path=a target=b mediator=x_y mediator-version=1| 'x_y' is not a valid mediator; only"
            + " alphanumeric characters are allowed",
        "hardlink path=a target=b mediator=x mediator-version=1.a| '1.a' is not a valid"
            + " mediator-version: Bad Version: 1.a",
        "link path=a target=b mediator=x mediator-implementation=a@b| 'a@b' is not a valid"
            + " mediator-implementation; only alphanumeric characters and a version dot-sequence"
            + " following a single '@' are allowed: Bad Version: b",
        "link path=a target=b mediator=x mediator-implementation=a_b| 'a_b' is not a valid"
            + " mediator-implementation; only alphanumeric characters and a version dot-sequence"
            + " following a single '@' are allowed",
        "link path=a target=b mediator=x mediator-version=1 mediator-priority=no| 'no' is not a"
            + " valid mediator-priority; valid values are 'site' or 'vendor'",
        "depend fmri=a type=bogus| Unknown type 'bogus' in depend action",
        "depend fmri=a| type is required",
        "depend fmri=a fmri=b type=require| fmri may only be specified once",
        "depend fmri=a type=conditional| predicate is required",
        "depend fmri=a predicate=b type=require| a predicate may only be specified for conditional"
            + " dependencies",
        "depend fmri=a root-image=true type=require| the root-image attribute is only valid for"
            + " origin dependencies",
        "depend fmri=a@ type=require| invalid fmri value 'a@': Illegal FMRI 'a@': Version cannot be"
            + " empty",
        "depend fmri=a predicate=_b type=conditional| invalid predicate value '_b': Illegal FMRI"
            + " '_b': Invalid Package Name: _b",
        "set name=pkg.summary value=a value=b| value may only be specified once",
        "set name=pkg.additional-update-on-uninstall value=_a| Illegal FMRI '_a': Invalid Package"
            + " Name: _a",
        "user username=u| group is required",
        "user group=g uid=x username=u| uid must be an integer",
        "group gid=x groupname=g| gid must be an integer",
        "license x license=l must-accept=true must-accept=no| must-accept may only be specified"
            + " once",
        "legacy name=a name=b pkg=p| name may only be specified once",
        "signature algorithm=x| value is required",
        "unknown a=b| invalid action for publication"
      })
  void findsWhatIsWrong(String text, String problem) {
    assertThat(ActionValidation.problems(ActionReader.read(text))).contains(problem);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file x group=g mode=0644 owner=o path=p preserve=bogus",
        "file x group=g mode=0644 owner=o path=p preserve=true preserve-version=1.2",
        "depend fmri=__TBD type=require",
        "depend fmri=a fmri=b type=require-any",
        "depend fmri=a predicate=b type=conditional",
        "depend fmri=a root-image=true type=origin",
        "link mediator=m mediator-implementation=a@1.2 mediator-priority=vendor path=a target=b",
        "set name=x value=a value=b",
        "driver alias=a alias=b name=d",
        "group groupname=g",
        "user group=g uid=12 username=u"
      })
  void takesWhatTheReferenceTakes(String text) {
    assertThat(ActionValidation.problems(ActionReader.read(text))).isEmpty();
  }

  @Test
  void namesTheActionThePackageAndEveryProblem() {
    assertThatThrownBy(
            () ->
                ActionValidation.check(
                    ActionReader.read("dir mode=9 path=p"), Fmri.parse("pkg://x/a@1")))
        .isInstanceOf(MalformedException.class)
        .hasMessage(
            "the action 'dir mode=9 path=p' in package 'pkg://x/a@1,5.11' has invalid attributes")
        .extracting(e -> ((MalformedException) e).detail().orElse(""))
        .isEqualTo(
            "owner is required\ngroup is required\n'9' is not a valid mode; value must be of the"
                + " form '644', '0644', or '04755'.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\tb",
        "a\nb",
        "a\rb",
        "a\u0085b",
        "a\u2028b",
        "q\\\"'",
        "end\\",
        "a\\\\ b",
        "lone\udc80"
      })
  void refusesWhatTheManifestFormatCannotHold(String value) {
    Action action = Action.of(ActionType.SET, null, Attributes.of("name", "n", "value", value));
    assertThatThrownBy(() -> ActionValidation.check(action, null))
        .isInstanceOf(MalformedException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"plain", "two words", "it's", "\"x\"", "it's \"x\"", "a\\b", "", "=", "é😀"})
  void takesWhatComesBackUnchanged(String value) {
    Action action = Action.of(ActionType.SET, null, Attributes.of("name", "n", "value", value));
    assertThatCode(() -> ActionValidation.check(action, null)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "a/../b", "a//b", "a/.", "a/", "a/\0b"})
  void refusesAPathThatIsNotPlain(String path) {
    Action action =
        Action.of(
            ActionType.DIR,
            null,
            Attributes.of("path", path, "owner", "o", "group", "g", "mode", "755"));
    assertThatThrownBy(() -> ActionValidation.check(action, null))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void refusesADependencyThatIsNotResolved() {
    assertThatThrownBy(
            () -> ActionValidation.check(ActionReader.read("depend fmri=__TBD type=require"), null))
        .isInstanceOf(MalformedException.class);
  }
}
