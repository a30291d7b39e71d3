package emblema.core.manifest;

/** Manifests to text: one canonical action a line, LF ends (spec manifest, sections 4 and 5). */
public final class ManifestWriter {
  private ManifestWriter() {}

  public static String write(Manifest manifest) {
    throw new UnsupportedOperationException("not yet");
  }
}
