package emblema.core.manifest;

import emblema.core.action.Action;
import emblema.core.action.ActionWriter;

/** Manifests to text: one canonical action a line, LF ends (spec manifest, sections 4 and 5). */
public final class ManifestWriter {
  private ManifestWriter() {}

  public static String write(Manifest manifest) {
    StringBuilder text = new StringBuilder();
    for (Action action : manifest.actions()) {
      text.append(ActionWriter.write(action)).append('\n');
    }
    return text.toString();
  }
}
