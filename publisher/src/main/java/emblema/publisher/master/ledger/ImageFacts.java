package emblema.publisher.master.ledger;

/**
 * Names of what an incorporation says of its release in {@code set} actions, and of the extension
 * attributes of other actions (docs/formats/master-plan.md).
 */
public final class ImageFacts {
  private static final String PREFIX = "org.emblema.image.";

  public static final String RELEASE = PREFIX + "release";
  public static final String LINE = PREFIX + "line";

  /** Digest of the old tree as it was when the release was planned. */
  public static final String OLD_TREE = PREFIX + "old-tree";

  /** Digest of the delivered part of the new tree. */
  public static final String TREE = PREFIX + "tree";

  /** Digest of rules, selection and all options that shape packages. */
  public static final String RULES = PREFIX + "rules";

  public static final String TOOL = PREFIX + "tool";

  /** On the incorporation: packages that are markers (obsolete or renamed), one value each. */
  public static final String MARKER = PREFIX + "marker";

  /** The name of the package family, for looking up the incorporation. */
  public static final String FAMILY = PREFIX + "family";

  /** On the incorporation: {@code RELEASE old -> new}, one value each moved directory. */
  public static final String MOVED = PREFIX + "moved";

  /** On file and directory actions: {@code name:base64} of an extended attribute. */
  public static final String EXTENDED_ATTRIBUTE = "org.emblema.xattr";

  private ImageFacts() {}
}
