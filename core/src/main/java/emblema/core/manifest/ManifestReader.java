package emblema.core.manifest;

import emblema.core.action.Action;
import java.io.InputStream;
import java.util.function.Consumer;

/** Manifest text to actions (spec manifest, section 1). All errors of a text are gathered. */
public final class ManifestReader {
  private ManifestReader() {}

  /**
   * @param source named in errors, for example the file
   */
  public static Manifest read(String text, String source) {
    throw new UnsupportedOperationException("not yet");
  }

  /** Hands each action over as it is read; memory is bounded by the longest line. UTF-8. */
  public static void stream(InputStream in, String source, Consumer<Action> each) {
    throw new UnsupportedOperationException("not yet");
  }
}
