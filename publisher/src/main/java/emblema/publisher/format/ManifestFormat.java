package emblema.publisher.format;

import emblema.core.action.Action;
import emblema.core.action.SetAction;
import emblema.core.attribute.Attributes;
import emblema.core.error.MalformedException;
import java.util.ArrayList;
import java.util.List;

/**
 * Lays a manifest out. The same actions always come out as the same text; comments move with the
 * line they stand before; rules and lines that are no actions come first, as they are.
 *
 * @param wraps whether long lines are broken
 * @param strips whether what dependency tools noted down is left out
 */
public record ManifestFormat(FormatStyle style, boolean wraps, boolean strips) {

  /**
   * @param unread why lines were kept as they are, where they should have been actions
   */
  public record Formatted(String text, List<MalformedException> unread) {
    public Formatted {
      unread = List.copyOf(unread);
    }
  }

  /**
   * @param source named in errors
   */
  public Formatted format(String text, String source) {
    SourceLines read = new SourceLines(source, style == FormatStyle.V1).read(text);
    List<SourceLine> kept = new ArrayList<>();
    List<SourceLine> actions = new ArrayList<>();
    List<String> carried = new ArrayList<>();
    SourceLine end = null;
    for (SourceLine line : read.lines()) {
      Action action = line.action();
      if (action != null && strips && isDebug(action)) {
        carried.addAll(line.comments());
        continue;
      }
      List<String> comments = new ArrayList<>(carried);
      comments.addAll(line.comments());
      carried.clear();
      SourceLine with =
          new SourceLine(comments, line.prefix(), line.text(), line.action(), line.number());
      if (action != null) {
        actions.add(with);
      } else if (line.text().isEmpty() && (!kept.isEmpty() || !actions.isEmpty())) {
        end = with;
      } else {
        kept.add(with);
      }
    }
    StringBuilder out = new StringBuilder();
    kept.forEach(line -> append(out, line.comments(), line.text()));
    ActionLayout layout = new ActionLayout(style, wraps);
    for (SourceLine line : new ActionOrder(style).sorted(actions)) {
      Action action = line.action();
      if (action != null) {
        append(
            out, line.comments(), layout.text(line.prefix(), strips ? stripped(action) : action));
      }
    }
    append(out, end == null ? carried : end.comments(), "");
    return new Formatted(out.toString(), read.unread());
  }

  private static void append(StringBuilder out, List<String> comments, String text) {
    comments.forEach(comment -> out.append(comment).append('\n'));
    if (!text.isEmpty()) {
      out.append(text).append('\n');
    }
  }

  private static boolean isDebug(Action action) {
    return action instanceof SetAction set && set.name().startsWith("pkg.debug");
  }

  private static Action stripped(Action action) {
    Attributes attributes = action.attributes();
    String[] names =
        attributes.names().stream()
            .filter(name -> name.startsWith("pkg.depend.") || name.startsWith("pkg.debug"))
            .toArray(String[]::new);
    return names.length == 0 ? action : action.withAttributes(attributes.without(names));
  }
}
