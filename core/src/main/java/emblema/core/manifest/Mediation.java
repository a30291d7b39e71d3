package emblema.core.manifest;

import emblema.core.action.Action;
import emblema.core.attribute.Attributes;
import emblema.core.attribute.CodePoints;
import emblema.core.fmri.Version;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One of the alternatives between which a mediator chooses (spec manifest, section 12;
 * planner-solver 7.4). The natural order puts the best first.
 *
 * @param priority who says so, {@link Priority#NONE} if nobody does
 */
public record Mediation(
    Priority priority, @Nullable Version version, @Nullable Implementation implementation)
    implements Comparable<Mediation> {

  /** The word of the site goes before that of the vendor. */
  public enum Priority {
    SITE,
    VENDOR,
    NONE;

    static Priority of(String word) {
      return switch (word) {
        case "site" -> SITE;
        case "vendor" -> VENDOR;
        default -> NONE;
      };
    }
  }

  /**
   * {@code name} or {@code name@version}.
   *
   * @param bare whether an administrator asked for the implementation without any version, {@code
   *     name@}
   */
  public record Implementation(String name, @Nullable Version version, boolean bare) {
    public static Implementation parse(String text) {
      int at = text.indexOf('@');
      if (at < 0) {
        return new Implementation(text, null, false);
      }
      String version = text.substring(at + 1);
      return version.isEmpty()
          ? new Implementation(text.substring(0, at), null, true)
          : new Implementation(text.substring(0, at), Version.parse(version), false);
    }

    /** Names are equal, and so are the versions unless either side leaves it open. */
    public boolean matches(Implementation other) {
      if (!name.equals(other.name)) {
        return false;
      }
      if (bare || other.bare) {
        return version == null && other.version == null;
      }
      return version == null || other.version == null || version.equals(other.version);
    }

    @Override
    public String toString() {
      return version == null ? name + (bare ? "@" : "") : name + "@" + version.toShortString();
    }
  }

  private static final Comparator<Mediation> BEST_FIRST =
      Comparator.comparing(Mediation::priority)
          .thenComparing(
              Mediation::version, Comparator.nullsLast(Comparator.<Version>reverseOrder()))
          .thenComparing(
              m -> m.implementation == null ? null : m.implementation.name(),
              Comparator.nullsFirst(CodePoints.ORDER))
          .thenComparing(
              m -> m.implementation == null ? null : m.implementation.version(),
              Comparator.nullsLast(Comparator.<Version>reverseOrder()));

  /** What a mediated link offers; nothing for any other action. */
  public static Optional<Mediation> of(Action action) {
    Attributes attributes = action.attributes();
    if (!attributes.has("mediator")) {
      return Optional.empty();
    }
    return Optional.of(
        new Mediation(
            Priority.of(attributes.get("mediator-priority", "")),
            attributes.first("mediator-version").map(Version::parse).orElse(null),
            attributes.first("mediator-implementation").map(Implementation::parse).orElse(null)));
  }

  /**
   * The best of those offered that fits what the administrator has set.
   *
   * @param version wanted, or null for any
   * @param implementation wanted, or null for any
   */
  public static Optional<Mediation> choose(
      Collection<Mediation> offered,
      @Nullable Version version,
      @Nullable Implementation implementation) {
    return offered.stream()
        .filter(mediation -> mediation.fits(version, implementation))
        .min(Comparator.naturalOrder());
  }

  /** Whether a link with this mediation is present under the given choice (null: open). */
  public boolean fits(@Nullable Version wanted, @Nullable Implementation wantedImplementation) {
    return (wanted == null || wanted.equals(version))
        && (wantedImplementation == null
            || (implementation != null && wantedImplementation.matches(implementation)));
  }

  @Override
  public int compareTo(Mediation other) {
    return BEST_FIRST.compare(this, other);
  }
}
