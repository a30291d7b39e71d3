package emblema.core.manifest;

import com.code_intelligence.jazzer.junit.FuzzTest;
import emblema.core.action.Action;
import emblema.core.action.ActionValidation;
import emblema.core.error.MalformedException;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Any bytes are a manifest or a {@link MalformedException}, and what passes validation is read back
 * as it was. Normal builds run the seeds; {@code JAZZER_FUZZ=1} looks for more.
 */
class ManifestFuzzTest {
  @FuzzTest(maxDuration = "5m")
  void readsOrRefuses(byte[] bytes) {
    List<Action> actions = new ArrayList<>();
    try {
      ManifestReader.stream(new ByteArrayInputStream(bytes), "fuzz", actions::add);
    } catch (MalformedException e) {
      if (e.getMessage() == null || e.getMessage().isEmpty()) {
        throw new AssertionError("an error without words", e);
      }
    }
    List<Action> faithful = actions.stream().filter(ManifestFuzzTest::isFaithful).toList();
    Manifest manifest = new Manifest(faithful);
    Manifest back = ManifestReader.read(ManifestWriter.write(manifest), "back");
    if (!back.equals(manifest)) {
      throw new AssertionError("read back as " + ManifestWriter.write(back));
    }
    if (!ManifestDiff.between(manifest, back).isEmpty()) {
      throw new AssertionError("differs from itself");
    }
  }

  private static boolean isFaithful(Action action) {
    try {
      ActionValidation.check(action, null);
      return !action.attributes().get("mode", "").startsWith("0o");
    } catch (MalformedException e) {
      return false;
    }
  }
}
