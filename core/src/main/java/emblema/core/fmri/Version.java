package emblema.core.fmri;

import emblema.core.error.MalformedException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A package version: {@code release[,build][-branch][:timestamp]} (spec fmri-version, sections 1 to
 * 3). Order, equality and hash are over release, branch and timestamp in this order; the build
 * release never counts, and what is absent is smaller than what is present.
 *
 * @param build {@code 5.11} where the text says nothing
 * @param timestamp {@code YYYYMMDDTHHMMSSZ} or null
 */
public record Version(
    DotSequence release,
    DotSequence build,
    @Nullable DotSequence branch,
    @Nullable String timestamp)
    implements Comparable<Version> {

  /** The build release of a version that names none. */
  public static final DotSequence DEFAULT_BUILD = new DotSequence("5.11");

  public Version {
    if (timestamp != null && !Timestamps.isValid(timestamp)) {
      throw new MalformedException("Time must be ISO8601 format.");
    }
  }

  public static Version parse(String text) {
    return parse(text, DEFAULT_BUILD);
  }

  /**
   * @param defaultBuild the build release where the text names none
   */
  public static Version parse(String text, DotSequence defaultBuild) {
    if (text.isEmpty()) {
      throw new MalformedException("Version cannot be empty");
    }
    VersionParts parts = VersionParts.split(text);
    if (parts.release().isEmpty()) {
      throw new MalformedException("Versions must have a release value");
    }
    DotSequence release = new DotSequence(parts.release());
    DotSequence branch = parts.branch() == null ? null : new DotSequence(parts.branch());
    DotSequence build =
        parts.build() == null
            ? defaultBuild
            : parts.build().equals(DEFAULT_BUILD.text())
                ? DEFAULT_BUILD
                : new DotSequence(parts.build());
    return new Version(release, build, branch, parts.timestamp());
  }

  /** How a version meets a wanted one (spec fmri-version, section 3). */
  public enum Constraint {
    /** Strictly newer. For "same or newer" compare, or ask {@link Fmri#isSuccessorOf}. */
    NONE,
    /** Each part that the wanted version has is a leading part of this one's. */
    AUTO,
    /** The wanted release is a leading part of this one's. */
    RELEASE,
    /** The first number of both releases is equal. */
    RELEASE_MAJOR,
    /** The first two numbers of both releases are equal. */
    RELEASE_MINOR,
    /** The wanted branch is a leading part of this one's. */
    BRANCH
  }

  /** Whether this version satisfies {@code wanted} under the constraint. */
  public boolean isSuccessorOf(Version wanted, Constraint constraint) {
    return switch (constraint) {
      case NONE -> compareTo(wanted) > 0;
      case AUTO ->
          wanted.release.isPrefixOf(release)
              && (wanted.branch == null || hasBranchLike(wanted.branch))
              && (wanted.timestamp == null || wanted.timestamp.equals(timestamp));
      case RELEASE -> wanted.release.isPrefixOf(release);
      case RELEASE_MAJOR -> wanted.release.sharesFirst(1, release);
      case RELEASE_MINOR -> wanted.release.sharesFirst(2, release);
      case BRANCH -> wanted.branch != null && hasBranchLike(wanted.branch);
    };
  }

  private boolean hasBranchLike(DotSequence wanted) {
    return branch != null && wanted.isPrefixOf(branch);
  }

  /** To the second; years 1 to 9999. */
  public Version withTimestamp(Instant when) {
    return new Version(release, build, branch, Timestamps.format(when));
  }

  public Version withoutTimestamp() {
    return new Version(release, build, branch, null);
  }

  public Optional<Instant> instant() {
    return timestamp == null ? Optional.empty() : Optional.of(Timestamps.parse(timestamp));
  }

  /** Release and branch, as people are shown it: {@code 1.0-0.1}. */
  public String toShortString() {
    return branch == null ? release.text() : release + "-" + branch;
  }

  /** Without the build release only: {@code 1.0-0.1:20240102T030405Z}. */
  public String toStringWithoutBuild() {
    return timestamp == null ? toShortString() : toShortString() + ":" + timestamp;
  }

  @Override
  public int compareTo(Version other) {
    int order = release.compareTo(other.release);
    if (order == 0) {
      order = compareOptional(branch, other.branch);
    }
    return order != 0 ? order : compareOptional(timestamp, other.timestamp);
  }

  static <T extends Comparable<T>> int compareOptional(@Nullable T left, @Nullable T right) {
    if (left == null || right == null) {
      return Boolean.compare(left != null, right != null);
    }
    return left.compareTo(right);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Version that && compareTo(that) == 0;
  }

  @Override
  public int hashCode() {
    return (release.hashCode() * 31 + Objects.hashCode(branch)) * 31 + Objects.hashCode(timestamp);
  }

  /** The canonical text, always with a build release; {@link #parse} reads it back. */
  @Override
  public String toString() {
    StringBuilder text =
        new StringBuilder(48).append(release.text()).append(',').append(build.text());
    if (branch != null) {
      text.append('-').append(branch.text());
    }
    if (timestamp != null) {
      text.append(':').append(timestamp);
    }
    return text.toString();
  }
}
