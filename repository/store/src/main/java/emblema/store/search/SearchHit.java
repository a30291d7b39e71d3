package emblema.store.search;

/** One result. */
public sealed interface SearchHit {

  /** The package, as {@code stem@version} without publisher. */
  String packageName();

  /** The package as the protocol writes it: {@code pkg:/stem@version}. */
  default String fmri() {
    return "pkg:/" + packageName();
  }

  /** A package that was asked for as a whole. */
  record PackageHit(String packageName) implements SearchHit {}

  /**
   * An action with a token that matches; found once for each such token.
   *
   * @param type of the action, the word its line begins with
   * @param key what the token was found under, for example {@code basename} or {@code pkg.summary}
   * @param value the full value (spec search-index, section 3): of a set action its text, of others
   *     mostly the key again
   * @param line of the manifest
   */
  record ActionHit(String packageName, String type, String key, String value, String line)
      implements SearchHit {}
}
