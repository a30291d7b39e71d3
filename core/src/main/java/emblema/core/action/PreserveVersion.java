package emblema.core.action;

import emblema.core.attribute.Attributes;
import emblema.core.error.MalformedException;
import emblema.core.fmri.Version;
import java.util.List;

/** The release that an editable file's content belongs to (spec manifest, 8 and 14.4). */
final class PreserveVersion {
  private static final String NAME = "preserve-version";

  private PreserveVersion() {}

  static void check(Attributes attributes, List<String> problems) {
    if (attributes.count(NAME) != 1) {
      return;
    }
    if (!attributes.has("preserve")) {
      problems.add("preserve must be 'true' if a preserve-version is specified");
    }
    String text = attributes.get(NAME, "");
    try {
      Version version = Version.parse(text);
      if (text.indexOf(',') >= 0) {
        problems.add("preserve-version must not specify the build");
      }
      if (version.branch() != null) {
        problems.add("preserve-version must not specify the branch");
      }
      if (version.timestamp() != null) {
        problems.add("preserve-version must not specify the timestamp");
      }
    } catch (MalformedException e) {
      problems.add(
          e.reason().startsWith("Versions must")
              ? "preserve-version must specify the release"
              : "'" + text + "' is not a valid preserve-version: " + e.reason());
    }
  }
}
