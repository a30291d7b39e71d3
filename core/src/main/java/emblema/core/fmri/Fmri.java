package emblema.core.fmri;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A package's name, {@code pkg://publisher/stem@version} (spec fmri-version). Order: stem, then
 * publisher, then version ascending.
 *
 * @param publisher the prefix, or null
 * @param stem the name without publisher, for example {@code system/library}
 * @param version or null
 */
public record Fmri(@Nullable String publisher, String stem, @Nullable Version version)
    implements Comparable<Fmri> {

  /** Accepts {@code pkg://p/n@v}, {@code pkg:/n@v}, {@code //p/n@v}, {@code /n@v} and {@code n@v}. */
  public static Fmri parse(String text) {
    throw new UnsupportedOperationException("not yet");
  }

  /** Reads the two percent-encoded path elements of a stored manifest; see {@link #stemElement}. */
  public static Fmri fromPathElements(
      @Nullable String publisher, String stemElement, String versionElement) {
    throw new UnsupportedOperationException("not yet");
  }

  /** The version; it is an error to ask an FMRI that has none. */
  public Version requireVersion() {
    throw new UnsupportedOperationException("not yet");
  }

  public Optional<String> publisherIfAny() {
    return Optional.ofNullable(publisher);
  }

  public Fmri withPublisher(@Nullable String publisher) {
    return new Fmri(publisher, stem, version);
  }

  public Fmri withVersion(@Nullable Version version) {
    return new Fmri(publisher, stem, version);
  }

  /** The stem percent-encoded as one path element, as repositories and images name directories. */
  public String stemElement() {
    throw new UnsupportedOperationException("not yet");
  }

  /** The version percent-encoded as one path element. */
  public String versionElement() {
    throw new UnsupportedOperationException("not yet");
  }

  /** {@code pkg:/stem@version}, whatever the publisher. */
  public String toStringWithoutPublisher() {
    throw new UnsupportedOperationException("not yet");
  }

  /** {@code stem@release-branch} for people. */
  public String toShortString() {
    throw new UnsupportedOperationException("not yet");
  }

  @Override
  public int compareTo(Fmri other) {
    throw new UnsupportedOperationException("not yet");
  }

  /** {@code pkg://publisher/stem@version}, or {@code pkg:/stem@version} without publisher. */
  @Override
  public String toString() {
    throw new UnsupportedOperationException("not yet");
  }
}
