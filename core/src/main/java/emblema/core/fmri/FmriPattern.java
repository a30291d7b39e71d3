package emblema.core.fmri;

import emblema.core.error.MalformedException;
import org.jspecify.annotations.Nullable;

/**
 * What a user names packages by: globs, trailing name components, whole names ({@code pkg:/name}),
 * publishers, versions, {@code @latest} (spec fmri-version, sections 4, 5.3, 8 and 9).
 *
 * @param text what the user typed
 * @param publisher compared literally, or null
 * @param wholeName whether the name must be equal, not only end alike
 * @param version null where none is asked for, also for {@code name@}
 */
public record FmriPattern(
    String text,
    @Nullable String publisher,
    String name,
    boolean wholeName,
    @Nullable VersionPattern version) {

  /** Unlike an FMRI the pattern ends its name at the first {@code @}. */
  public static FmriPattern parse(String text) {
    String trimmed = text.stripTrailing();
    int at = trimmed.indexOf('@');
    FmriParts parts = FmriParts.split(at < 0 ? trimmed : trimmed.substring(0, at));
    String name = parts.name();
    boolean glob = name != null && isGlob(name);
    if (name == null) {
      throw illegal(text, glob, "Missing '/' after publisher name");
    }
    if (name.isEmpty()) {
      throw illegal(text, glob, "Missing package name");
    }
    if (glob ? !PackageName.isPattern(name) : !PackageName.isValid(name)) {
      throw illegal(text, glob, "Invalid Package Name: " + name);
    }
    VersionPattern version = null;
    if (at >= 0 && at + 1 < trimmed.length()) {
      try {
        version = VersionPattern.parse(trimmed.substring(at + 1));
      } catch (MalformedException e) {
        throw illegal(text, glob, e.reason());
      }
    }
    return new FmriPattern(text, parts.publisher(), name, parts.scheme(), version);
  }

  private static MalformedException illegal(String text, boolean glob, String reason) {
    String what = glob ? "Illegal matching pattern" : "Illegal FMRI";
    return new MalformedException(what + " '" + text + "': " + reason);
  }

  /** Whether the name holds {@code *} or {@code ?}, so that many names are meant to match. */
  public boolean hasWildcard() {
    return isGlob(name);
  }

  /** Whether the pattern asks for the newest version only. */
  public boolean isLatest() {
    return version != null && version.isLatest();
  }

  public boolean matchesName(String stem) {
    if (hasWildcard()) {
      return Glob.matches(name, stem);
    }
    return stem.equals(name)
        || (!wholeName
            && stem.length() > name.length()
            && stem.endsWith(name)
            && stem.charAt(stem.length() - name.length() - 1) == '/');
  }

  public boolean matchesVersion(Version candidate) {
    return version == null || version.matches(candidate);
  }

  /** Publisher, name and version together ({@code @latest} counts as any version). */
  public boolean matches(Fmri fmri) {
    return (publisher == null || publisher.equals(fmri.publisher()))
        && matchesName(fmri.stem())
        && (version == null || (fmri.version() != null && version.matches(fmri.version())));
  }

  private static boolean isGlob(String name) {
    return name.indexOf('*') >= 0 || name.indexOf('?') >= 0;
  }

  @Override
  public String toString() {
    return text;
  }
}
