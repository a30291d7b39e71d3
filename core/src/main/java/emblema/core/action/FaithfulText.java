package emblema.core.action;

import emblema.core.error.MalformedException;
import emblema.core.io.SafePath;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what the manifest format would lose or twist (spec manifest, end of section 4) and what
 * no client of ours would install; the reference publishes all of it.
 */
final class FaithfulText {
  private FaithfulText() {}

  static List<String> problems(Action action) {
    List<String> problems = new ArrayList<>();
    boolean[] plain = {action.payload() == null || isPlain(action.payload())};
    action
        .attributes()
        .forEach(
            (name, value) -> {
              if (isPlain(name) && isPlain(value) && !name.equals("hash")) {
                return;
              }
              plain[0] = false;
              if (breaksLines(name) || breaksLines(value)) {
                problems.add(name + " contains a line break, which a manifest cannot hold");
              } else if (!isUnicode(name) || !isUnicode(value)) {
                problems.add(name + " contains bytes that are not UTF-8");
              }
            });
    if (!plain[0] && problems.isEmpty() && !comesBack(action)) {
      problems.add(
          "the manifest format cannot hold these values: a tab, a backslash before a quote or at"
              + " the end, or an odd attribute name");
    }
    action.pathIfAny().map(FaithfulText::pathProblem).ifPresent(problems::add);
    if (action instanceof DependAction depend && depend.fmris().contains(DependRules.PLACEHOLDER)) {
      problems.add("the dependency is not resolved: fmri is '" + DependRules.PLACEHOLDER + "'");
    }
    return problems;
  }

  /** Nothing but characters that no rule of the format treats specially: nearly every text. */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= '+' && c <= ':')
              || (c >= 'A' && c <= 'Z')
              || c == '_'
              || c == '@'
              || c == '~';
      if (!plain) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  private static boolean comesBack(Action action) {
    String text = ActionWriter.write(action);
    if (text.endsWith("\\")) {
      return false;
    }
    try {
      Action read = ActionReader.read(text);
      return read.equals(action) || isModeRepair(action, read);
    } catch (MalformedException e) {
      return false;
    }
  }

  /** The writer mends the old spelling {@code 0o644}. */
  private static boolean isModeRepair(Action action, Action read) {
    return action.attributes().get("mode", "").startsWith("0o")
        && ActionWriter.write(read).equals(ActionWriter.write(action));
  }

  private static boolean breaksLines(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (TextLines.isBoundary(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isUnicode(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  private static @Nullable String pathProblem(String path) {
    try {
      SafePath.of(path);
      return null;
    } catch (MalformedException e) {
      return e.reason();
    }
  }
}
