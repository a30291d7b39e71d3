package emblema.core.fmri;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A package version: {@code release[,build][-branch][:timestamp]} (spec fmri-version). Comparison is
 * the reference's: release, then branch, then timestamp as the spec orders them.
 *
 * @param timestamp {@code YYYYMMDDTHHMMSSZ} or null
 */
public record Version(
    DotSequence release,
    @Nullable DotSequence build,
    @Nullable DotSequence branch,
    @Nullable String timestamp)
    implements Comparable<Version> {

  public static Version parse(String text) {
    throw new UnsupportedOperationException("not yet");
  }

  /** How a version meets a wanted one (spec fmri-version): the reference's CONSTRAINT_* rules. */
  public enum Constraint {
    /** Same or newer. */
    NONE,
    /** Part by part over the parts present in the wanted version. */
    AUTO
    // the other named constraints of the reference belong here
  }

  /** Whether this version satisfies {@code wanted} under the constraint. */
  public boolean isSuccessorOf(Version wanted, Constraint constraint) {
    throw new UnsupportedOperationException("not yet");
  }

  public Version withTimestamp(Instant when) {
    throw new UnsupportedOperationException("not yet");
  }

  public Version withoutTimestamp() {
    return new Version(release, build, branch, null);
  }

  public Optional<Instant> instant() {
    throw new UnsupportedOperationException("not yet");
  }

  /** Without the build release, as people are shown it: {@code 1.0-0.1}. */
  public String toShortString() {
    throw new UnsupportedOperationException("not yet");
  }

  @Override
  public int compareTo(Version other) {
    throw new UnsupportedOperationException("not yet");
  }

  /** The canonical text; {@link #parse} reads it back. */
  @Override
  public String toString() {
    throw new UnsupportedOperationException("not yet");
  }
}
