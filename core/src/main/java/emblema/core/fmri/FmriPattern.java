package emblema.core.fmri;

import org.jspecify.annotations.Nullable;

/**
 * What a user names packages by: globs, trailing name components, whole names ({@code pkg:/name}),
 * publishers, versions, {@code @latest} (spec client-cli section 4, planner-solver section 2).
 */
public record FmriPattern(
    String text, @Nullable String publisher, String name, boolean wholeName, @Nullable String version) {

  public static FmriPattern parse(String text) {
    throw new UnsupportedOperationException("not yet");
  }

  public boolean hasWildcard() {
    throw new UnsupportedOperationException("not yet");
  }

  /** Whether the pattern asks for the newest version only. */
  public boolean isLatest() {
    return "latest".equals(version);
  }

  public boolean matchesName(String stem) {
    throw new UnsupportedOperationException("not yet");
  }

  public boolean matchesVersion(Version version) {
    throw new UnsupportedOperationException("not yet");
  }

  /** Publisher, name and version together ({@code @latest} counts as any version). */
  public boolean matches(Fmri fmri) {
    throw new UnsupportedOperationException("not yet");
  }
}
