package emblema.flash.archive;

import java.util.Locale;
import java.util.Set;

/** The keywords of the identification section (spec flash-archive, 3.2). */
public final class Keyword {
  public static final String ARCHIVE_ID = "archive_id";
  public static final String METHOD = "files_archived_method";
  public static final String COMPRESSION = "files_compressed_method";

  /** A slip in the tables of the manuals that some archive may have taken at its word. */
  static final String COMPRESSION_SLIP = "files_compress_method";

  public static final String ARCHIVED_SIZE = "files_archived_size";
  public static final String UNARCHIVED_SIZE = "files_unarchived_size";
  public static final String DATE = "creation_date";
  public static final String MASTER = "creation_master";
  public static final String NAME = "content_name";
  public static final String CONTENT_TYPE = "content_type";
  public static final String DESCRIPTION = "content_description";
  public static final String AUTHOR = "content_author";
  public static final String ARCHITECTURES = "content_architectures";
  public static final String NODE = "creation_node";
  public static final String HARDWARE_CLASS = "creation_hardware_class";
  public static final String PLATFORM = "creation_platform";
  public static final String PROCESSOR = "creation_processor";
  public static final String RELEASE = "creation_release";
  public static final String OS_NAME = "creation_os_name";
  public static final String OS_VERSION = "creation_os_version";
  public static final String TYPE = "type";
  static final String ROOT_POOL = "rootpool";
  static final String BOOT_FILE_SYSTEM = "bootfs";

  private static final Set<String> KNOWN =
      Set.of(
          ARCHIVE_ID,
          METHOD,
          COMPRESSION,
          COMPRESSION_SLIP,
          ARCHIVED_SIZE,
          UNARCHIVED_SIZE,
          DATE,
          MASTER,
          NAME,
          CONTENT_TYPE,
          DESCRIPTION,
          AUTHOR,
          ARCHITECTURES,
          NODE,
          HARDWARE_CLASS,
          PLATFORM,
          PROCESSOR,
          RELEASE,
          OS_NAME,
          OS_VERSION,
          TYPE,
          ROOT_POOL,
          BOOT_FILE_SYSTEM);

  private Keyword() {}

  /** Whether a keyword is one of the format or a user's. */
  static boolean isKnown(String keyword) {
    String lower = keyword.toLowerCase(Locale.ROOT);
    return KNOWN.contains(lower) || lower.startsWith("x");
  }

  /** Whether users may make it up. */
  public static boolean isForUsers(String keyword) {
    return (keyword.startsWith("X-") || keyword.startsWith("x-"))
        && keyword.length() > 2
        && keyword.indexOf('\n') < 0
        && keyword.indexOf('\0') < 0;
  }
}
