package emblema.publisher.format;

import emblema.core.action.Action;
import emblema.core.action.ActionReader;
import emblema.core.action.DependAction;
import emblema.core.action.DependencyType;
import emblema.core.error.MalformedException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a manifest with its comments, rules and macros (spec pkgfmt, section 2). */
final class SourceLines {
  private static final Pattern MACRO = Pattern.compile("\\$\\([^)]*\\)");

  private final boolean joinsRules;
  private final List<SourceLine> lines = new ArrayList<>();
  private final List<MalformedException> unread = new ArrayList<>();
  private final List<String> parts = new ArrayList<>();
  private final String source;
  private List<String> comments = new ArrayList<>();
  private boolean leading = true;

  /**
   * @param joinsRules whether continued rules become one line
   */
  SourceLines(String source, boolean joinsRules) {
    this.source = source;
    this.joinsRules = joinsRules;
  }

  SourceLines read(String text) {
    int number = 0;
    String[] physical = text.split("\r\n|\r|\n", -1);
    int count = physical[physical.length - 1].isEmpty() ? physical.length - 1 : physical.length;
    for (; number < count; number++) {
      String line = physical[number].strip();
      parts.add(line);
      if (!line.endsWith("\\")) {
        logical(number + 1);
      }
    }
    if (!parts.isEmpty()) {
      parts.set(parts.size() - 1, withoutBackslash(parts.getLast()));
      logical(number);
    }
    if (!comments.isEmpty()) {
      lines.add(new SourceLine(comments, "", "", null, number));
    }
    return this;
  }

  List<SourceLine> lines() {
    return lines;
  }

  /** Why lines could not be read as actions; they are kept as they are. */
  List<MalformedException> unread() {
    return unread;
  }

  private static String withoutBackslash(String part) {
    return part.endsWith("\\") ? part.substring(0, part.length() - 1) : part;
  }

  private void logical(int number) {
    StringBuilder joined = new StringBuilder();
    parts.forEach(part -> joined.append(withoutBackslash(part)));
    String kept = String.join("\n    ", parts);
    parts.clear();
    String line = joined.toString().strip();
    if (line.isEmpty() || line.startsWith("#")) {
      comments.add(line.isEmpty() ? line : joined.toString());
      return;
    }
    if (leading) {
      leading = false;
      if (!comments.isEmpty()) {
        lines.add(new SourceLine(comments, "", "", null, number));
        comments = new ArrayList<>();
      }
    }
    Matcher macro = MACRO.matcher(line);
    String prefix = macro.lookingAt() ? macro.group() : "";
    String rest = line.substring(prefix.length());
    boolean rule = rest.startsWith("<");
    Action action = rule ? null : action(rest, number);
    if (action == null) {
      String text = rule && !joinsRules ? kept : line;
      lines.add(new SourceLine(comments, "", text, null, number));
    } else {
      lines.add(new SourceLine(comments, prefix, rest, action, number));
    }
    comments = new ArrayList<>();
  }

  private @Nullable Action action(String text, int number) {
    try {
      Action action = ActionReader.read(text);
      if (action instanceof DependAction
          && DependencyType.ofWord(action.attributes().get("type", "")).isEmpty()) {
        throw new MalformedException(
            "unknown type of dependency '" + action.attributes().get("type", "") + "'");
      }
      return action;
    } catch (MalformedException e) {
      unread.add(new MalformedException(source, number, e.column(), e.reason(), text));
      return null;
    }
  }
}
