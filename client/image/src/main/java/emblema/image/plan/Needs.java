package emblema.image.plan;

import emblema.core.action.Action;
import java.util.List;

/** Adds up what steps write and fetch. */
final class Needs {
  private Needs() {}

  static SpaceNeed of(List<Step> steps) {
    long content = 0;
    long download = 0;
    long inodes = 0;
    for (Step step : steps) {
      Action payload =
          switch (step) {
            case Step.PutFile put when needsContent(put) -> put.after();
            case Step.PutLicense put -> put.after();
            default -> null;
          };
      if (payload != null) {
        content += number(payload, "pkg.size");
        download += number(payload, "pkg.csize");
      }
      inodes +=
          switch (step) {
            case Step.PutFile put -> put.before() == null ? 1 : 0;
            case Step.PutDirectory put -> put.before() == null ? 1 : 0;
            case Step.PutLink put -> put.before() == null ? 1 : 0;
            case Step.PutLicense ignored -> 1;
            default -> 0;
          };
    }
    return new SpaceNeed(content, download, inodes);
  }

  /** Whether the payload will be needed, unless the file is missing unexpectedly. */
  static boolean needsContent(Step.PutFile put) {
    String preserve = put.after().preserve();
    if (preserve.equals("abandon")) {
      return false;
    }
    if (put.before() == null) {
      return !(preserve.equals("legacy") && put.transition() == Transition.NEW_PACKAGE);
    }
    return !Contents.isSame(put.before(), put.after())
        || put.transition() == Transition.REPAIR
        || (preserve.equals("legacy") && !put.before().preserve().equals("legacy"))
        || (preserve.startsWith("rename"));
  }

  private static long number(Action action, String attribute) {
    String text = action.attributes().get(attribute, "0");
    return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
  }
}
