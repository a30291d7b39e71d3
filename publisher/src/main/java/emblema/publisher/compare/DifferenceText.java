package emblema.publisher.compare;

import emblema.core.action.Action;
import emblema.core.action.ActionWriter;
import emblema.core.attribute.Attributes;
import emblema.core.attribute.CodePoints;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/** One difference as lines (spec pkgdiff, section 3). */
final class DifferenceText {
  private static final String PAYLOAD = "hash";

  private final Wanted wanted;

  DifferenceText(Wanted wanted) {
    this.wanted = wanted;
  }

  List<String> lines(Comparison.Difference difference) {
    Action before = difference.before();
    Action after = difference.after();
    if (before == null || after == null) {
      Action one = difference.any();
      String sign = before == null ? "+ " : "- ";
      return isShown(one) ? List.of(sign + ActionWriter.write(one)) : List.of();
    }
    List<String> changes = changes(before, after);
    List<String> lines = new ArrayList<>();
    if (!changes.isEmpty()) {
      lines.add(header(before, after));
      lines.addAll(changes);
    }
    return lines;
  }

  private boolean isShown(Action action) {
    List<String> names = new ArrayList<>(action.attributes().names());
    if (action.payload() != null) {
      names.add(PAYLOAD);
    }
    return names.stream().anyMatch(wanted::counts);
  }

  private List<String> changes(Action before, Action after) {
    boolean sameProgram = wanted.unsigned() && isSameProgram(before, after);
    List<String> lines = new ArrayList<>();
    if (wanted.counts(PAYLOAD)
        && !sameProgram
        && !Objects.equals(before.payload(), after.payload())) {
      lines.add("  - " + before.payload());
      lines.add("  + " + after.payload());
    }
    TreeSet<String> names = new TreeSet<>(CodePoints.ORDER);
    names.addAll(before.attributes().names());
    names.addAll(after.attributes().names());
    for (String name : names) {
      boolean ofContent =
          name.equals("chash") || name.equals("pkg.content-hash") || name.equals("elfhash");
      if (wanted.counts(name) && !(sameProgram && ofContent)) {
        List<String> old = before.attributes().all(name);
        List<String> now = after.attributes().all(name);
        if (!isSame(name, old, now)) {
          add(lines, "  - ", name, old, now);
          add(lines, "  + ", name, now, old);
        }
      }
    }
    return lines;
  }

  private static void add(
      List<String> lines, String sign, String name, List<String> values, List<String> others) {
    for (String value : values) {
      if (!others.contains(value)) {
        lines.add(sign + name + "=" + ActionWriter.quoted(value));
      }
    }
  }

  /** {@code 755} is {@code 0755}; the order of values says nothing. */
  private static boolean isSame(String name, List<String> old, List<String> now) {
    return name.equals("mode")
        ? old.stream()
            .map(DifferenceText::plain)
            .toList()
            .equals(now.stream().map(DifferenceText::plain).toList())
        : old.stream().sorted().toList().equals(now.stream().sorted().toList());
  }

  private static String plain(String mode) {
    return mode.replaceFirst("^0+(?=.)", "");
  }

  private static boolean isSameProgram(Action before, Action after) {
    String left = unsigned(before.attributes());
    return !left.isEmpty() && left.equals(unsigned(after.attributes()));
  }

  private static String unsigned(Attributes attributes) {
    return attributes.all("pkg.content-hash").stream()
        .filter(hash -> hash.startsWith("gelf.unsigned:"))
        .findFirst()
        .orElse(attributes.get("elfhash", ""));
  }

  /** The type and what did not change, the key first. */
  private static String header(Action before, Action after) {
    StringBuilder text = new StringBuilder(after.type().word());
    String key = after.type().keyAttribute();
    if (key != null) {
      append(text, key, after.attributes().all(key));
    }
    for (String name : after.attributes().names()) {
      List<String> values = after.attributes().all(name);
      if (!name.equals(key) && isSame(name, before.attributes().all(name), values)) {
        append(text, name, values);
      }
    }
    return text.toString();
  }

  private static void append(StringBuilder text, String name, List<String> values) {
    for (String value : values.stream().sorted(CodePoints.ORDER).toList()) {
      text.append(' ').append(name).append('=').append(ActionWriter.quoted(value));
    }
  }
}
