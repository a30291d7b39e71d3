package emblema.image.plan;

/**
 * What lies at a file's path, compared with the content that the plan's actions deliver. The first
 * constant that is true counts.
 */
public enum OnDisk {
  /** Nothing. */
  MISSING,
  /** A directory, a link, a device: anything but a regular file. */
  NOT_A_FILE,
  /** The content of the action being replaced or removed. */
  ORIGINAL,
  /** The content of the action being installed. */
  DELIVERED,
  /** Any other content. */
  EDITED
}
