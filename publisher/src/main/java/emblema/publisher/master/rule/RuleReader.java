package emblema.publisher.master.rule;

import emblema.core.error.MalformedException;
import emblema.core.tree.TreeDigest;
import emblema.publisher.transform.Place;
import emblema.publisher.transform.Transform;
import emblema.publisher.transform.TransformReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads a rule file (spec master-image-diff, section 15; docs/formats/master-plan.md): one
 * statement a line, {@code #} comments, words parted by blanks, {@code "…"} around words with
 * blanks, a backslash at the end goes on in the next line. Lines that begin with {@code <transform}
 * are transforms of {@code pkgmogrify}.
 */
public final class RuleReader {
  private static final Set<String> PRESERVE =
      Set.of("true", "renamenew", "renameold", "install-only", "legacy", "abandon");

  private final String source;
  private final List<Rule> statements = new ArrayList<>();
  private final List<Transform> transforms = new ArrayList<>();
  private int number;
  private String line = "";

  private RuleReader(String source) {
    this.source = source;
  }

  /**
   * @param source named in errors, for example the file
   */
  public static Rules read(String text, String source) {
    RuleReader reader = new RuleReader(source);
    StringBuilder joined = new StringBuilder();
    for (String each : (Iterable<String>) text.lines()::iterator) {
      reader.number++;
      String line = each.strip();
      boolean continued = line.endsWith("\\") && !line.startsWith("#");
      joined.append(continued ? line.substring(0, line.length() - 1) : line);
      if (!continued) {
        reader.line(joined.toString());
        joined.setLength(0);
      }
    }
    reader.line(joined.toString());
    return new Rules(reader.statements, reader.transforms, TreeDigest.ofText(text));
  }

  private void line(String text) {
    line = text.strip();
    if (line.isEmpty() || line.startsWith("#")) {
      return;
    }
    if (line.startsWith("<")) {
      transforms.add(TransformReader.read(line, new Place(source, number)));
      return;
    }
    List<String> words = words();
    String kind = words.getFirst();
    List<String> rest = words.subList(1, words.size());
    statements.add(
        switch (kind) {
          case "package" -> new Rule.Assign(first(rest), globs(rest, 1));
          case "meta" -> new Rule.Meta(first(rest), values(rest));
          case "editable" -> new Rule.Editable(preserve(first(rest)), globs(rest, 1));
          case "plain" -> new Rule.Editable(null, globs(rest, 0));
          case "volatile" -> new Rule.Volatile(globs(rest, 0));
          case "identity" -> new Rule.Identity(globs(rest, 0));
          case "moved" -> new Rule.Moved(arrow(rest).getFirst(), arrow(rest).getLast());
          case "not-moved" -> new Rule.NotMoved(arrow(rest).getFirst(), arrow(rest).getLast());
          case "shared" -> new Rule.Shared(arrow(rest).getFirst(), arrow(rest).getLast());
          case "shared-root" -> new Rule.SharedRoots(paths(rest));
          case "discard" -> new Rule.Discard(globs(rest, 0));
          case "reboot" -> new Rule.Reboot(onOrOff(first(rest)), globs(rest, 1));
          case "facet" -> new Rule.Facet(first(rest).replaceFirst("^facet\\.", ""), globs(rest, 1));
          case "group" -> new Rule.Group(first(rest), some(rest, 1));
          case "optional" -> new Rule.Optional(some(rest, 0));
          case "republish" -> new Rule.Republish(some(rest, 0));
          case "owner" -> owner(rest);
          case "system-account" -> new Rule.SystemAccounts(some(rest, 0));
          default -> throw error("unknown statement '" + kind + "'");
        });
  }

  private Rule owner(List<String> rest) {
    String[] names = first(rest).split(":", -1);
    if (names.length != 2 || names[0].isEmpty() || names[1].isEmpty()) {
      throw error("expected USER:GROUP, found '" + first(rest) + "'");
    }
    return new Rule.Owner(names[0], names[1], globs(rest, 1));
  }

  private String preserve(String value) {
    if (!PRESERVE.contains(value)) {
      throw error(
          "'"
              + value
              + "' is not a preserve value; known: "
              + String.join(", ", PRESERVE.stream().sorted().toList()));
    }
    return value;
  }

  private boolean onOrOff(String word) {
    if (!word.equals("on") && !word.equals("off")) {
      throw error("expected 'on' or 'off', found '" + word + "'");
    }
    return word.equals("on");
  }

  private String first(List<String> rest) {
    if (rest.isEmpty()) {
      throw error("the statement is not complete");
    }
    return rest.getFirst();
  }

  private List<String> some(List<String> rest, int from) {
    if (rest.size() <= from) {
      throw error("the statement is not complete");
    }
    return List.copyOf(rest.subList(from, rest.size()));
  }

  private List<PathGlob> globs(List<String> rest, int from) {
    return some(rest, from).stream().map(PathGlob::of).toList();
  }

  private List<String> paths(List<String> rest) {
    return some(rest, 0).stream().map(this::path).toList();
  }

  /** {@code OLD -> NEW} as two paths. */
  private List<String> arrow(List<String> rest) {
    if (rest.size() != 3 || !rest.get(1).equals("->")) {
      throw error("expected OLD -> NEW");
    }
    return List.of(path(rest.get(0)), path(rest.get(2)));
  }

  private String path(String word) {
    String path = word.replaceFirst("^/+", "").replaceFirst("/+$", "");
    try {
      return emblema.core.io.SafePath.of(path).text();
    } catch (MalformedException e) {
      throw error(e.reason());
    }
  }

  private Map<String, List<String>> values(List<String> rest) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (String word : some(rest, 1)) {
      int equals = word.indexOf('=');
      if (equals <= 0) {
        throw error("expected KEY=VALUE, found '" + word + "'");
      }
      values
          .computeIfAbsent(word.substring(0, equals), key -> new ArrayList<>())
          .add(word.substring(equals + 1));
    }
    return values;
  }

  private List<String> words() {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean within = false;
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        quoted = !quoted;
        within = true;
      } else if (!quoted && Character.isWhitespace(c)) {
        if (within) {
          words.add(word.toString());
        }
        word.setLength(0);
        within = false;
      } else if (!quoted && !within && c == '#') {
        break;
      } else {
        word.append(c);
        within = true;
      }
    }
    if (quoted) {
      throw error("a quote is not closed");
    }
    if (within) {
      words.add(word.toString());
    }
    return words;
  }

  private MalformedException error(String reason) {
    return new MalformedException(source, number, 0, reason, "    " + line);
  }
}
