package emblema.flash.reset;

import emblema.core.error.MalformedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One line of the data: what happens to which files.
 *
 * @param pattern of paths relative to the root; shell patterns within one name
 * @param argument the text, or the link's target; else empty
 */
record HostRule(Action action, String pattern, String argument) {
  enum Action {
    /** Files and what is below directories. */
    REMOVE,
    /** A file without content: its presence counts. */
    EMPTY,
    /** Another content; only if the file is there. */
    TEXT,
    /** A symbolic link in its place; only if something is there. */
    LINK,
    /** Without file systems of the network; the original is kept beside it. */
    FSTAB,
    /** Without the password of root. */
    PASSWORD,
    /** An empty file that is made if it is not there. */
    MARK
  }

  /** Reads the data: an action, a path and an argument a line, {@code #} comments. */
  static List<HostRule> parse(String data, String source) {
    List<HostRule> rules = new ArrayList<>();
    int number = 0;
    for (String line : data.split("\n", -1)) {
      number++;
      String text = line.strip();
      if (!text.isEmpty() && !text.startsWith("#")) {
        rules.add(rule(text, source, number));
      }
    }
    return rules;
  }

  private static HostRule rule(String text, String source, int number) {
    String[] fields = text.split("[ \t]+", 3);
    try {
      Action action = Action.valueOf(fields[0].toUpperCase(Locale.ROOT));
      String argument = fields.length > 2 ? fields[2] : "";
      boolean needsArgument = action == Action.TEXT || action == Action.LINK;
      if (fields.length > 1 && needsArgument != argument.isEmpty()) {
        return new HostRule(action, fields[1], argument.replace("\\n", "\n").replace("\\t", "\t"));
      }
    } catch (IllegalArgumentException e) {
      throw new MalformedException(source, number, 0, "unknown action", text);
    }
    throw new MalformedException(source, number, 0, "an action needs a path", text);
  }
}
