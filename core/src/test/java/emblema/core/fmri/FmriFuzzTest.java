package emblema.core.fmri;

import com.code_intelligence.jazzer.junit.FuzzTest;
import emblema.core.error.MalformedException;
import java.nio.charset.StandardCharsets;

/**
 * Any text is an FMRI or a {@link MalformedException}; what is one is read back from each of its
 * forms. Normal builds run the seeds; {@code JAZZER_FUZZ=1} looks for more.
 */
class FmriFuzzTest {
  @FuzzTest(maxDuration = "5m")
  void readsOrRefuses(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    try {
      FmriPattern.parse(text).matches(Fmri.parse("pkg://p/a/b@1.0,5.11-1:20240102T030405Z"));
    } catch (MalformedException e) {
      requireWords(e);
    }
    Fmri fmri;
    try {
      fmri = Fmri.parse(text);
    } catch (MalformedException e) {
      requireWords(e);
      return;
    }
    requireEqual(fmri, Fmri.parse(fmri.toString()));
    if (fmri.version() != null) {
      requireEqual(
          fmri.withPublisher(null),
          Fmri.fromPathElements(null, fmri.stemElement(), fmri.versionElement()));
    }
  }

  private static void requireWords(MalformedException error) {
    if (error.getMessage() == null || error.getMessage().isEmpty()) {
      throw new AssertionError("an error without words", error);
    }
  }

  private static void requireEqual(Fmri expected, Fmri actual) {
    boolean preferred = expected.publisher() != null && expected.publisher().startsWith("_PRE_");
    if (!preferred
        && (!expected.equals(actual) || !expected.toString().equals(actual.toString()))) {
      throw new AssertionError(expected + " came back as " + actual);
    }
  }
}
