package emblema.image.plan;

/** What happens to the package that a file belongs to; preserve rules depend on it. */
public enum Transition {
  /** The package is new in the image. */
  NEW_PACKAGE,
  /** To a newer version, or the same version with other facets or variants. */
  UPGRADE,
  /** To an older version. */
  DOWNGRADE,
  /** The same version again, to mend what is on disk. */
  REPAIR
}
