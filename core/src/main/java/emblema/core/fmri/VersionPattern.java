package emblema.core.fmri;

import emblema.core.error.MalformedException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The version of a user's pattern (spec fmri-version, section 4). A star stands for a whole part
 * only: {@code 1.0-*} matches, while {@code 1.*} matches nothing and {@code 1} is what its author
 * meant.
 */
public final class VersionPattern {
  private static final String ANY = "*";
  private static final String LATEST = "latest";

  private final String text;
  private final @Nullable Version plain;
  private final String release;
  private final String branch;
  private final String timestamp;

  private VersionPattern(
      String text, @Nullable Version plain, String release, String branch, String timestamp) {
    this.text = text;
    this.plain = plain;
    this.release = release;
    this.branch = branch;
    this.timestamp = timestamp;
  }

  /** Reads {@code latest}, a version, or a version with stars; {@code Bad Version: …} otherwise. */
  public static VersionPattern parse(String text) {
    if (text.equals(LATEST)) {
      return new VersionPattern(text, null, ANY, ANY, ANY);
    }
    if (text.indexOf('*') < 0 && text.indexOf('?') < 0) {
      return new VersionPattern(text, Version.parse(text), ANY, ANY, ANY);
    }
    VersionParts parts = VersionParts.split(text);
    if (parts.release().isEmpty()) {
      throw new MalformedException("Versions must have a release value");
    }
    check(parts.release());
    check(Objects.requireNonNullElse(parts.build(), ANY));
    String branch = Objects.requireNonNullElse(parts.branch(), ANY);
    check(branch);
    return new VersionPattern(
        text, null, parts.release(), branch, Objects.requireNonNullElse(parts.timestamp(), ANY));
  }

  /** Whether the newest version only is asked for; every version {@link #matches}. */
  public boolean isLatest() {
    return text.equals(LATEST);
  }

  /** Whether the version satisfies every part that the pattern names. */
  public boolean matches(Version version) {
    if (plain != null) {
      return version.isSuccessorOf(plain, Version.Constraint.AUTO);
    }
    return partMatches(release, version.release())
        && partMatches(branch, version.branch())
        && (timestamp.equals(ANY) || timestamp.equals(version.timestamp()));
  }

  /** A star among other components is taken literally and so never equals a number. */
  private static boolean partMatches(String pattern, @Nullable DotSequence part) {
    if (pattern.equals(ANY)) {
      return true;
    }
    return part != null && pattern.indexOf('*') < 0 && new DotSequence(pattern).isPrefixOf(part);
  }

  private static void check(String part) {
    for (String component : part.split("\\.", -1)) {
      if (!component.equals(ANY) && !isNumber(component)) {
        throw new MalformedException("Bad Version: " + part);
      }
    }
  }

  private static boolean isNumber(String component) {
    try {
      return new DotSequence(component).text().equals(component);
    } catch (MalformedException e) {
      return false;
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof VersionPattern that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** What the user typed; no build release is added. */
  @Override
  public String toString() {
    return text;
  }
}
