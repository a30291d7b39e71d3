package emblema.core.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.core.action.Action;
import emblema.core.action.ActionReader;
import emblema.core.manifest.ManifestDiff.Change;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Spec manifest, sections 6.3, 17, 18 and 20. */
class ManifestDiffTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dir path=a mode=0755|dir path=a mode=0755|false",
        "dir path=a mode=0755|dir path=a mode=755|true",
        "dir path=a x=1|dir path=a|true",
        "set name=n value=1 value=2|set name=n value=2 value=1|false",
        "set name=n value=1 value=1|set name=n value=1|true",
        "file a path=p|file a path=p|false",
        "file a path=p|file b path=p|true",
        "file a path=p chash=x elfhash=y|file a path=p chash=z|false",
        "file a path=p pkg.csize=1|file a path=p pkg.csize=2|true",
        "file a path=p|file a path=p pkg.content-hash=file:sha512t_256:00|true",
        "file a path=p pkg.content-hash=file:sha512t_256:00"
            + "|file b path=p pkg.content-hash=file:sha512t_256:00|false",
        "file a path=p pkg.content-hash=file:sha256:00 pkg.content-hash=file:sha512t_256:00"
            + "|file a path=p pkg.content-hash=file:sha256:11"
            + " pkg.content-hash=file:sha512t_256:00|false",
        "file a path=p pkg.content-hash=file:unknown:00"
            + "|file a path=p pkg.content-hash=file:unknown:11|false",
        "file a path=p pkg.content-hash=gzip:sha512t_256:00"
            + "|file a path=p pkg.content-hash=gzip:sha512t_256:11|false",
        "signature a algorithm=x value=y|signature algorithm=x value=y|true"
      })
  void knowsWhetherAnActionChanged(String before, String after, boolean expected) {
    Action left = ActionReader.read(before);
    Action right = ActionReader.read(after);
    assertThat(ManifestDiff.isDifferent(left, right)).isEqualTo(expected);
    assertThat(ManifestDiff.isDifferent(right, left)).isEqualTo(expected);
  }

  @Test
  void matchesByTypeAndKey() {
    ManifestDiff diff =
        ManifestDiff.between(
            manifest("dir path=a\nfile x path=b\nfile y path=gone\nset name=n value=1\n"),
            manifest("set name=n value=2\nlink path=a target=b\nfile x path=b\n"));
    assertThat(diff.removed())
        .containsExactly(ActionReader.read("dir path=a"), ActionReader.read("file y path=gone"));
    assertThat(diff.added()).containsExactly(ActionReader.read("link path=a target=b"));
    assertThat(diff.changed())
        .containsExactly(
            new Change(
                ActionReader.read("set name=n value=1"), ActionReader.read("set name=n value=2")));
  }

  @Test
  void matchesMediatedLinksByVersionAndImplementationToo() {
    ManifestDiff diff =
        ManifestDiff.between(
            manifest("link path=a target=1 mediator=m mediator-version=1\n"),
            manifest(
                "link path=a target=1 mediator=m mediator-version=1\n"
                    + "link path=a target=2 mediator=m mediator-version=2\n"));
    assertThat(diff.changed()).isEmpty();
    assertThat(diff.removed()).isEmpty();
    assertThat(diff.added()).hasSize(1);
  }

  @Test
  void takesTheLastOfTwoWithOneKey() {
    ManifestDiff diff =
        ManifestDiff.between(manifest("dir path=a mode=1\ndir path=a mode=2\n"), Manifest.EMPTY);
    assertThat(diff.removed()).containsExactly(ActionReader.read("dir path=a mode=2"));
  }

  @Test
  void findsNothingBetweenEqualManifests() {
    Manifest manifest = manifest("unknown a=b\ndepend fmri=a fmri=b type=require-any\n");
    assertThat(ManifestDiff.between(manifest, manifest).isEmpty()).isTrue();
  }

  private static Manifest manifest(String text) {
    return ManifestReader.read(text, "test");
  }
}
