package emblema.publisher.format;

import emblema.core.action.Action;
import emblema.core.action.ActionType;
import emblema.core.action.ActionWriter;
import emblema.core.attribute.Attributes;
import emblema.core.attribute.CodePoints;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** One action as text: its attributes in their order, wrapped (spec pkgfmt, sections 4 and 5). */
final class ActionLayout {
  private static final String BREAK = " \\\n    ";
  private static final int LIMIT = 78;
  private static final int LAST_LIMIT = 80;
  private static final String NO_HASH = "NOHASH";

  private final FormatStyle style;
  private final boolean wraps;

  ActionLayout(FormatStyle style, boolean wraps) {
    this.style = style;
    this.wraps = wraps;
  }

  /**
   * @param isForced whether it begins a line of its own
   */
  private record Pair(String text, boolean isForced) {}

  String text(String prefix, Action action) {
    String payload = action.payload();
    boolean plain = payload != null && payload.chars().noneMatch(c -> "= \"".indexOf(c) >= 0);
    StringBuilder text = new StringBuilder(prefix).append(action.type().word());
    Attributes attributes = action.attributes();
    if (payload != null && !payload.equals(NO_HASH)) {
      if (plain) {
        text.append(' ').append(payload);
      } else {
        attributes = attributes.with("hash", payload);
      }
    }
    String start = text.toString();
    List<Pair> pairs = pairs(action, attributes);
    int lines = 1;
    for (int i = 0; i < pairs.size(); i++) {
      boolean last = i == pairs.size() - 1;
      boolean fits = !wraps || !pairs.get(i).isForced() && fits(text, pairs.get(i), last);
      lines += fits ? 0 : 1;
      text.append(fits ? " " : BREAK).append(pairs.get(i).text());
    }
    boolean one = style == FormatStyle.V2 && lines == 2 && pairs.size() == 1;
    String result = one ? start + " " + pairs.getFirst().text() : text.toString();
    return style == FormatStyle.V2 && result.startsWith("dir ")
        ? "dir " + result.substring(3)
        : result;
  }

  /** The line so far counts with the line feed before it. */
  private boolean fits(StringBuilder text, Pair pair, boolean last) {
    int from = Math.max(0, text.lastIndexOf("\n"));
    int length =
        text.codePointCount(from, text.length())
            + pair.text().codePointCount(0, pair.text().length());
    return length < (last && style == FormatStyle.V2 ? LAST_LIMIT : LIMIT);
  }

  private List<Pair> pairs(Action action, Attributes attributes) {
    List<String> names = new ArrayList<>(attributes.names());
    names.sort(
        Comparator.<String>comparingInt(name -> rank(action.type(), name, attributes.count(name)))
            .thenComparing(CodePoints.ORDER));
    List<Pair> pairs = new ArrayList<>();
    for (String name : names) {
      List<String> values = new ArrayList<>(attributes.all(name));
      boolean aliases = name.equals("alias");
      values.sort(aliases && style == FormatStyle.V2 ? new AliasOrder() : CodePoints.ORDER);
      boolean debug = style == FormatStyle.V2 && name.startsWith("pkg.debug");
      boolean forced = values.size() > 1 && (aliases || debug);
      for (String value : values) {
        pairs.add(new Pair(name + "=" + quoted(value), forced));
      }
    }
    return pairs;
  }

  /** As actions are written, but macros do not force quotes. */
  private static String quoted(String value) {
    return ActionWriter.quoted(value);
  }

  private int rank(ActionType type, String name, int count) {
    if (name.startsWith("facet.")) {
      return 6;
    }
    if (name.startsWith("variant.")) {
      return 7;
    }
    if (count > 1) {
      return 5;
    }
    if (style == FormatStyle.V1) {
      return name.equals(type.keyAttribute()) ? 0 : 4;
    }
    return switch (type) {
      case DEPEND -> name.equals("type") ? 0 : name.equals("fmri") ? 1 : 4;
      case DRIVER ->
          switch (name) {
            case "name" -> 0;
            case "perms" -> 1;
            case "clone_perms" -> 2;
            case "privs" -> 3;
            case "devlink" -> 5;
            case "alias" -> 6;
            default -> 4;
          };
      case USER -> name.equals("username") ? 0 : 4;
      default ->
          name.equals(type.keyAttribute())
              ? 0
              : switch (name) {
                case "owner", "target" -> 1;
                case "group" -> 2;
                case "mode" -> 3;
                default -> 4;
              };
    };
  }
}
