package emblema.image.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.cli.Table;
import emblema.core.error.NotFoundException;
import emblema.image.image.ImageConfig;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Lists the image's own facets or variants (spec client-cli, section 4.16). */
final class VarcetCommand implements Command {
  private final boolean facets;

  /**
   * @param facets false for variants
   */
  VarcetCommand(boolean facets) {
    this.facets = facets;
  }

  private String prefix() {
    return facets ? "facet." : "variant.";
  }

  @Override
  public Syntax syntax() {
    return Syntax.of(facets ? "list the facets set in the image" : "list the image's variants")
        .flag("-H", "omit headers")
        .choice("-F", "format", Table.Format.NAMES, "output format")
        .operands("pattern", 0);
  }

  @Override
  public int run(Arguments arguments, Session session) {
    try (OpenImage open = OpenImage.of(session)) {
      Map<String, String> shown = matching(open.image().config(), arguments.operands());
      Table.Format format = Table.Format.named(arguments.value("-F", "default"));
      if (format == Table.Format.TEXT) {
        text(shown, session, !arguments.has("-H"));
      } else {
        table(shown).print(session.out(), format, !arguments.has("-H"));
      }
      return 0;
    }
  }

  private Map<String, String> matching(ImageConfig config, List<String> patterns) {
    Map<String, String> all = new TreeMap<>();
    if (facets) {
      config.facets().forEach((name, on) -> all.put(name, on ? "True" : "False"));
    } else {
      all.putAll(config.variants());
    }
    if (patterns.isEmpty()) {
      return all;
    }
    Map<String, String> shown = new TreeMap<>();
    for (String pattern : patterns) {
      String full = pattern.startsWith(prefix()) ? pattern : prefix() + pattern;
      Pattern glob =
          Pattern.compile(("\\Q" + full + "\\E").replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q"));
      int before = shown.size();
      all.forEach(
          (name, value) -> {
            if (glob.matcher(name).matches() || name.equals(full)) {
              shown.put(name, value);
            }
          });
      if (shown.size() == before) {
        throw new NotFoundException(
            "no matching " + (facets ? "facets" : "variants") + " found: '" + pattern + "'");
      }
    }
    return shown;
  }

  private void text(Map<String, String> shown, Session session, boolean header) {
    if (header && !shown.isEmpty()) {
      session.out().line(facets ? row("FACET", "VALUE", "SRC") : row("VARIANT", "VALUE"));
    }
    shown.forEach(
        (name, value) -> {
          String bare = name.substring(prefix().length());
          String visible = value.isEmpty() ? "\"\"" : value;
          session.out().line(facets ? row(bare, visible, "local") : row(bare, visible));
        });
  }

  private static String row(String name, String value, String source) {
    return String.format(Locale.ROOT, "%-64s %-5s %s", name, value, source);
  }

  private static String row(String name, String value) {
    return String.format(Locale.ROOT, "%-70s %s", name, value);
  }

  private Table table(Map<String, String> shown) {
    Table table =
        facets ? Table.of("FACET", "VALUE", "SRC", "MASKED") : Table.of("VARIANT", "VALUE");
    shown.forEach(
        (name, value) -> {
          if (facets) {
            table.row(name, value, "local", "False");
          } else {
            table.row(name, value);
          }
        });
    return table;
  }
}
