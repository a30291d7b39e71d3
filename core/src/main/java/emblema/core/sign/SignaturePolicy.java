package emblema.core.sign;

import emblema.core.error.MalformedException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What must be true of a package's signatures (spec signing, section 6).
 *
 * @param names common names that must be seen; only with {@link Level#REQUIRE_NAMES}
 */
public record SignaturePolicy(Level level, SortedSet<String> names) {

  /** From lenient to strict. */
  public enum Level {
    IGNORE,
    VERIFY,
    REQUIRE_SIGNATURES,
    REQUIRE_NAMES;

    /** As properties write it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  public static final SignaturePolicy VERIFY = of(Level.VERIFY);

  public SignaturePolicy {
    names = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(names));
  }

  public static SignaturePolicy of(Level level) {
    return new SignaturePolicy(level, new TreeSet<>());
  }

  /**
   * From the values of two properties.
   *
   * @param word the policy; {@code default}, {@code DEFAULT} and nothing mean verify
   */
  public static SignaturePolicy parse(String word, Collection<String> names) {
    if (word.isEmpty() || word.equalsIgnoreCase("default")) {
      return VERIFY;
    }
    for (Level level : Level.values()) {
      if (level.word().equals(word)) {
        if (level != Level.REQUIRE_NAMES) {
          return of(level);
        }
        List<String> given = names.stream().filter(name -> !name.isEmpty()).toList();
        if (given.isEmpty()) {
          throw new MalformedException(
              "the signature policy 'require-names' needs names",
              "set the property 'signature-required-names', or choose another policy");
        }
        return new SignaturePolicy(level, new TreeSet<>(given));
      }
    }
    throw new MalformedException(
        "'" + word + "' is not a signature policy",
        "the policies are ignore, verify, require-signatures and require-names");
  }

  /** The stricter of two; of two that require names, both lists. */
  public SignaturePolicy and(SignaturePolicy other) {
    if (level == Level.REQUIRE_NAMES && other.level == Level.REQUIRE_NAMES) {
      SortedSet<String> both = new TreeSet<>(names);
      both.addAll(other.names);
      return new SignaturePolicy(level, both);
    }
    return level.compareTo(other.level) >= 0 ? this : other;
  }
}
