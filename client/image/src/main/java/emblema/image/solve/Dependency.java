package emblema.image.solve;

import emblema.core.action.DependAction;
import emblema.core.error.MalformedException;
import emblema.core.fmri.Fmri;
import emblema.core.fmri.Version;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One {@code depend} action (spec manifest, section 13), its texts read. */
record Dependency(Type type, List<Fmri> targets, @Nullable Fmri predicate, boolean rootImage) {

  enum Type {
    REQUIRE("require"),
    REQUIRE_ANY("require-any"),
    OPTIONAL("optional"),
    INCORPORATE("incorporate"),
    EXCLUDE("exclude"),
    CONDITIONAL("conditional"),
    GROUP("group"),
    GROUP_ANY("group-any"),
    ORIGIN("origin"),
    PARENT("parent");

    private final String word;

    Type(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }

    static Optional<Type> of(String word) {
      for (Type type : values()) {
        if (type.word.equals(word)) {
          return Optional.of(type);
        }
      }
      return Optional.empty();
    }
  }

  Dependency {
    targets = List.copyOf(targets);
  }

  /** Nothing if the type is unknown or an FMRI cannot be read. */
  static Optional<Dependency> of(DependAction action) {
    Optional<Type> type = Type.of(action.dependencyType());
    if (type.isEmpty() || action.fmris().isEmpty()) {
      return Optional.empty();
    }
    try {
      String predicate = action.attributes().get("predicate", "");
      return Optional.of(
          new Dependency(
              type.get(),
              action.fmris().stream().map(Fmri::parse).toList(),
              predicate.isEmpty() ? null : Fmri.parse(predicate),
              action.attributes().is("root-image", "true")));
    } catch (MalformedException e) {
      return Optional.empty();
    }
  }

  /** The targets as people write them. */
  String targetText() {
    return targets.stream()
        .map(target -> target.version() == null ? target.stem() : target.toShortString())
        .collect(Collectors.joining(" or "));
  }

  /** The target of a type that has one. */
  Fmri target() {
    return targets.getFirst();
  }

  /** Whether the version is the wanted one or newer. */
  static boolean isAtLeast(Fmri version, Fmri wanted) {
    Version least = wanted.version();
    return least == null || version.requireVersion().compareTo(least) >= 0;
  }

  /** Whether the version agrees with every part that the wanted one has. */
  static boolean isWithin(Fmri version, Fmri wanted) {
    Version frame = wanted.version();
    return frame == null || version.requireVersion().isSuccessorOf(frame, Version.Constraint.AUTO);
  }
}
