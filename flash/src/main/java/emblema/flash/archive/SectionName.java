package emblema.flash.archive;

import emblema.core.error.MalformedException;
import java.util.List;

/** Names of sections, which are also names of files (spec flash-archive, sections 1 and 7). */
public final class SectionName {
  public static final String COOKIE = "cookie";
  public static final String IDENTIFICATION = "identification";
  public static final String MANIFEST = "manifest";
  public static final String PREDEPLOYMENT = "predeployment";
  public static final String POSTDEPLOYMENT = "postdeployment";
  public static final String REBOOT = "reboot";
  public static final String SUMMARY = "summary";
  public static final String ARCHIVE = "archive";

  /** The sections of the software between identification and archive, in their only safe order. */
  public static final List<String> SYSTEM =
      List.of(MANIFEST, PREDEPLOYMENT, POSTDEPLOYMENT, REBOOT, SUMMARY);

  private SectionName() {}

  /** Whether a section of the name can be a file of that name in a directory, and no other. */
  public static boolean isSafe(String name) {
    return !name.isEmpty()
        && !name.startsWith(".")
        && name.indexOf('/') < 0
        && name.indexOf('=') < 0
        && name.chars().noneMatch(c -> c < ' ' || c == 0x7F);
  }

  /** Refuses a name of an archive that could write anywhere. */
  static String check(String name, String source) {
    if (!isSafe(name)
        || name.equals(COOKIE)
        || name.equals(IDENTIFICATION)
        || name.equals(ARCHIVE)) {
      throw new MalformedException(
          source,
          0,
          0,
          "section name '" + name.replaceAll("\\p{Cntrl}", "?") + "' is not allowed",
          null);
    }
    return name;
  }

  /** Whether users may give a section of their own the name. */
  public static boolean isFree(String name) {
    return isSafe(name)
        && !SYSTEM.contains(name)
        && !name.equals(COOKIE)
        && !name.equals(IDENTIFICATION)
        && !name.equals(ARCHIVE);
  }
}
