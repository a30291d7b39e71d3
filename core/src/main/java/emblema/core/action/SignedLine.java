package emblema.core.action;

import emblema.core.attribute.Attributes;
import emblema.core.attribute.CodePoints;
import java.util.ArrayList;
import java.util.List;

/**
 * One action as signatures see it (spec signing, section 2): attributes and the values of each in
 * code-point order, the payload always in its place.
 */
public final class SignedLine {
  private SignedLine() {}

  /**
   * @param quotesExpansions whether values with {@code $(} are quoted, as OmniOS does and Oracle
   *     does not
   */
  public static String of(Action action, boolean quotesExpansions) {
    StringBuilder line = new StringBuilder(256).append(action.type().word());
    String payload = action.payload();
    if (payload != null && !payload.isEmpty()) {
      line.append(' ').append(payload);
    }
    Attributes attributes = action.attributes();
    for (String name : attributes.names()) {
      List<String> values = new ArrayList<>(attributes.all(name));
      values.sort(CodePoints.ORDER);
      for (String value : values) {
        line.append(' ').append(name).append('=').append(shown(name, value, quotesExpansions));
      }
    }
    return line.toString();
  }

  /** Whether the two ways of quoting give different lines. */
  public static boolean hasExpansions(Action action) {
    boolean[] found = {false};
    action.attributes().forEach((name, value) -> found[0] |= value.contains("$("));
    return found[0];
  }

  private static String shown(String name, String value, boolean quotesExpansions) {
    String modern =
        name.equals("mode") && value.startsWith("0o") ? "0" + value.substring(2) : value;
    String quoted = ActionWriter.quoted(modern);
    boolean expansion = quotesExpansions && modern.contains("$(") && quoted.equals(modern);
    return expansion ? "\"" + modern + "\"" : quoted;
  }
}
