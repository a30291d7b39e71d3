package emblema.publisher.format;

import emblema.core.action.Action;
import emblema.core.action.ActionType;
import emblema.core.action.ActionWriter;
import emblema.core.attribute.CodePoints;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** In which order actions are printed (spec pkgfmt, section 3). */
final class ActionOrder implements Comparator<SourceLine> {
  private final FormatStyle style;

  ActionOrder(FormatStyle style) {
    this.style = style;
  }

  /**
   * Sorts stably. The relation is not quite transitive where lists meet texts, which the sort of
   * the library would refuse.
   */
  List<SourceLine> sorted(List<SourceLine> lines) {
    if (lines.size() < 2) {
      return lines;
    }
    List<SourceLine> left = sorted(lines.subList(0, lines.size() / 2));
    List<SourceLine> right = sorted(lines.subList(lines.size() / 2, lines.size()));
    List<SourceLine> merged = new ArrayList<>(lines.size());
    int i = 0;
    int j = 0;
    while (i < left.size() && j < right.size()) {
      merged.add(compare(left.get(i), right.get(j)) <= 0 ? left.get(i++) : right.get(j++));
    }
    merged.addAll(left.subList(i, left.size()));
    merged.addAll(right.subList(j, right.size()));
    return merged;
  }

  @Override
  public int compare(SourceLine one, SourceLine other) {
    Action a = one.action();
    Action b = other.action();
    if (a == null || b == null) {
      throw new IllegalArgumentException("only actions have an order");
    }
    int order = Integer.compare(rank(a.type()), rank(b.type()));
    if (order == 0 && style == FormatStyle.V1) {
      order = CodePoints.compare(a.type().word(), b.type().word());
    }
    String key = a.type().keyAttribute();
    if (order == 0 && key != null && key.equals(b.type().keyAttribute())) {
      order = byKey(a, b, key);
    }
    return order != 0 ? order : CodePoints.compare(ActionWriter.write(a), ActionWriter.write(b));
  }

  private int rank(ActionType type) {
    return switch (type) {
      case SET -> 1;
      case DIR, FILE, LINK, HARDLINK, SIGNATURE, UNKNOWN -> 2;
      case DRIVER, GROUP, USER -> style == FormatStyle.V1 ? 2 : 3;
      case LEGACY, LICENSE -> style == FormatStyle.V1 ? 2 : 4;
      case DEPEND -> 5;
    };
  }

  private int byKey(Action a, Action b, String key) {
    if (a.type() == ActionType.SET) {
      String left = a.key();
      String right = b.key();
      int order = Integer.compare(nameRank(left), nameRank(right));
      return order != 0 ? order : CodePoints.compare(left, right);
    }
    if (style == FormatStyle.V2 && a.type() == ActionType.DEPEND) {
      int order = values(a, b, "type");
      return order != 0 ? order : values(a, b, "fmri");
    }
    int order = values(a, b, key);
    boolean targets = a.attributes().has("target") && b.attributes().has("target");
    return order == 0 && style == FormatStyle.V2 && key.equals("path") && targets
        ? values(a, b, "target")
        : order;
  }

  private int nameRank(String name) {
    boolean two = style == FormatStyle.V2;
    return switch (name) {
      case "pkg.fmri" -> 0;
      case "pkg.summary" -> two ? 1 : 3;
      case "pkg.description" -> two ? 2 : 3;
      default -> name.startsWith("pkg.") ? 3 : 4;
    };
  }

  /** A list and a text compare as Python would print them. */
  private static int values(Action a, Action b, String name) {
    List<String> left = a.attributes().all(name);
    List<String> right = b.attributes().all(name);
    if ((left.size() > 1) != (right.size() > 1)) {
      return CodePoints.compare(printed(left), printed(right));
    }
    for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
      int order = CodePoints.compare(left.get(i), right.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(left.size(), right.size());
  }

  private static String printed(List<String> values) {
    return values.size() == 1 ? values.getFirst() : "['" + String.join("', '", values) + "']";
  }
}
