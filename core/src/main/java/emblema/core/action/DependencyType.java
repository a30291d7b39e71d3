package emblema.core.action;

import java.util.Optional;

/** What a dependency asks for (spec manifest, section 13). */
public enum DependencyType {
  /** Installed at the named version or a newer one. */
  REQUIRE("require"),
  /** If installed, at the named version or a newer one. */
  OPTIONAL("optional"),
  /** Not installed at the named version or a newer one. */
  EXCLUDE("exclude"),
  /** If installed, at a version that begins like the named one. */
  INCORPORATE("incorporate"),
  /** At least one of several, each as by {@link #REQUIRE}. */
  REQUIRE_ANY("require-any"),
  /** The stem is installed unless avoided or rejected. */
  GROUP("group"),
  /** At least one of several stems, each as by {@link #GROUP}. */
  GROUP_ANY("group-any"),
  /** If the predicate is installed, then required. */
  CONDITIONAL("conditional"),
  /** What the operation starts from is at the named version or a newer one. */
  ORIGIN("origin"),
  /** The parent of a linked image has it at the same version. */
  PARENT("parent");

  private final String word;

  DependencyType(String word) {
    this.word = word;
  }

  public static Optional<DependencyType> ofWord(String word) {
    for (DependencyType type : values()) {
      if (type.word.equals(word)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** As the attribute {@code type} writes it. */
  public String word() {
    return word;
  }

  /** Whether it may name several packages. */
  public boolean isMulti() {
    return this == REQUIRE_ANY || this == GROUP_ANY;
  }
}
