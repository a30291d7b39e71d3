package emblema.core.fmri;

import emblema.core.attribute.CodePoints;
import emblema.core.error.MalformedException;
import emblema.core.error.NotFoundException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A package's name, {@code pkg://publisher/stem@version} (spec fmri-version, sections 5 to 7).
 * Order: publisher, then stem by code point, then version ascending, what is absent first. Versions
 * that differ in the build release only are equal.
 *
 * @param publisher the prefix, or null; not validated here, see {@link PublisherPrefix}
 * @param stem the name without publisher, for example {@code system/library}
 * @param version or null
 */
public record Fmri(@Nullable String publisher, String stem, @Nullable Version version)
    implements Comparable<Fmri> {

  /** What very old images put before the prefix of the preferred publisher. */
  private static final String PREFERRED = "_PRE_";

  public Fmri {
    if (!PackageName.isValid(stem)) {
      throw illegal(stem, "Invalid Package Name: " + stem);
    }
  }

  /**
   * Accepts {@code pkg://p/n@v}, {@code pkg:/n@v}, {@code //p/n@v}, {@code /n@v} and {@code n@v}.
   */
  public static Fmri parse(String text) {
    return parse(text, Version.DEFAULT_BUILD);
  }

  /**
   * @param defaultBuild the build release of a version that names none
   */
  public static Fmri parse(String text, DotSequence defaultBuild) {
    String trimmed = text.stripTrailing();
    int at = trimmed.lastIndexOf('@');
    FmriParts parts = FmriParts.split(at < 0 ? trimmed : trimmed.substring(0, at));
    String name = parts.name();
    if (name == null) {
      throw illegal(text, "Missing '/' after publisher name");
    }
    if (name.isEmpty()) {
      throw illegal(text, "Missing package name");
    }
    if (!PackageName.isValid(name)) {
      throw illegal(text, "Invalid Package Name: " + name);
    }
    Version version = null;
    if (at >= 0) {
      try {
        version = Version.parse(trimmed.substring(at + 1), defaultBuild);
      } catch (MalformedException e) {
        throw illegal(text, e.reason());
      }
    }
    return new Fmri(parts.publisher(), name, version);
  }

  static MalformedException illegal(String text, String reason) {
    return new MalformedException("Illegal FMRI '" + text + "': " + reason);
  }

  /** Reads the two percent-encoded path elements of a stored manifest; see {@link #stemElement}. */
  public static Fmri fromPathElements(
      @Nullable String publisher, String stemElement, String versionElement) {
    return new Fmri(
        publisher,
        PercentEncoding.decode(stemElement),
        Version.parse(PercentEncoding.decode(versionElement)));
  }

  /** The version; it is an error to ask an FMRI that has none. */
  public Version requireVersion() {
    if (version == null) {
      throw new NotFoundException("the FMRI '" + this + "' has no version");
    }
    return version;
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

  /**
   * Same stem and the same version or a newer one; any version succeeds none (spec fmri-version,
   * section 7). Publishers do not count.
   */
  public boolean isSuccessorOf(Fmri other) {
    if (!stem.equals(other.stem)) {
      return false;
    }
    return Version.compareOptional(version, other.version) >= 0;
  }

  /** The stem percent-encoded as one path element, as repositories and images name directories. */
  public String stemElement() {
    return PercentEncoding.encode(stem);
  }

  /** The version percent-encoded as one path element. */
  public String versionElement() {
    return PercentEncoding.encode(requireVersion().toString());
  }

  /** {@code stem@version} percent-encoded with a literal {@code @}, as manifests are requested. */
  public String urlElement() {
    return stemElement() + "@" + versionElement();
  }

  /** {@code pkg:/stem@version}, whatever the publisher. */
  public String toStringWithoutPublisher() {
    return "pkg:/" + toStringWithoutScheme();
  }

  /** {@code stem@version} with neither scheme nor publisher. */
  public String toStringWithoutScheme() {
    return version == null ? stem : stem + "@" + version;
  }

  /** {@code stem@release-branch} for people. */
  public String toShortString() {
    return version == null ? stem : stem + "@" + version.toShortString();
  }

  /** {@code pkg://publisher/stem} or {@code stem}: what versions are grouped by. */
  public String stemWithPublisher() {
    String shown = shownPublisher();
    return shown == null ? stem : "pkg://" + shown + "/" + stem;
  }

  @Override
  public int compareTo(Fmri other) {
    int order = comparePublishers(comparedPublisher(), other.comparedPublisher());
    if (order == 0) {
      order = CodePoints.compare(stem, other.stem);
    }
    return order != 0 ? order : Version.compareOptional(version, other.version);
  }

  private static int comparePublishers(@Nullable String left, @Nullable String right) {
    if (left == null || right == null) {
      return Boolean.compare(left != null, right != null);
    }
    return CodePoints.compare(left, right);
  }

  private @Nullable String comparedPublisher() {
    return publisher != null && publisher.startsWith(PREFERRED)
        ? publisher.substring(PREFERRED.length())
        : publisher;
  }

  private @Nullable String shownPublisher() {
    return publisher != null && publisher.startsWith(PREFERRED) ? null : publisher;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Fmri that
        && stem.equals(that.stem)
        && Objects.equals(version, that.version)
        && Objects.equals(comparedPublisher(), that.comparedPublisher());
  }

  @Override
  public int hashCode() {
    return (Objects.hashCode(comparedPublisher()) * 31 + stem.hashCode()) * 31
        + Objects.hashCode(version);
  }

  /** {@code pkg://publisher/stem@version}, or {@code pkg:/stem@version} without publisher. */
  @Override
  public String toString() {
    String shown = shownPublisher();
    return (shown == null ? "pkg:/" : "pkg://" + shown + "/") + toStringWithoutScheme();
  }
}
