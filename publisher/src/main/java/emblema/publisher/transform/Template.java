package emblema.publisher.transform;

import emblema.core.action.ActionWriter;
import emblema.core.error.MalformedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Text with tokens (spec pkgmogrify, section 6): {@code %(attribute)} of the action, {@code
 * %{attribute}} of the package, and {@code %<n>}, what a group of the matching part matched. The
 * last ones are replaced in the result of the others.
 */
final class Template {
  private static final Pattern GROUP = Pattern.compile("%<([0-9]{1,4})>");

  private sealed interface Part permits Literal, Token {}

  private record Literal(String text) implements Part {}

  /**
   * @param ofPackage written with braces
   * @param modifiers behind semicolons; one without value has an empty one
   */
  private record Token(boolean ofPackage, String name, Map<String, String> modifiers)
      implements Part {}

  private final String text;
  private final boolean quoting;
  private final List<Part> parts;

  private Template(String text, boolean quoting) {
    this.text = text;
    this.quoting = quoting;
    this.parts = parts(text);
  }

  /**
   * @param quoting whether values are quoted where they need it, unless a token says otherwise
   */
  static Template of(String text, boolean quoting) {
    return new Template(text, quoting);
  }

  /** Whether it stands for the same text whatever the action. */
  boolean isConstant() {
    return parts.stream().allMatch(Literal.class::isInstance) && !GROUP.matcher(text).find();
  }

  /** The text as written. */
  String text() {
    return text;
  }

  String expand(Surroundings around) {
    if (isLiteral()) {
      return groups(text, around);
    }
    StringBuilder result = new StringBuilder();
    for (Part part : parts) {
      result.append(
          switch (part) {
            case Literal literal -> literal.text();
            case Token token -> value(token, around);
          });
    }
    return groups(result.toString(), around);
  }

  private boolean isLiteral() {
    return parts.size() == 1 && parts.getFirst() instanceof Literal;
  }

  private String value(Token token, Surroundings around) {
    Map<String, String> modifiers = token.modifiers();
    Optional<List<String>> found =
        token.ofPackage() ? around.ofPackage(token.name()) : around.ofAction(token.name());
    String otherwise = modifiers.get("notfound");
    if (found.isEmpty() && otherwise == null) {
      throw new MalformedException(
          (token.ofPackage() ? "package attribute '" : "attribute '")
              + token.name()
              + "' not found");
    }
    List<String> values = found.orElseGet(() -> List.of(String.valueOf(otherwise)));
    boolean quoted =
        !modifiers.containsKey("noquote") && (quoting || modifiers.containsKey("quote"));
    return values.stream()
        .map(
            value ->
                modifiers.getOrDefault("prefix", "")
                    + (quoted ? ActionWriter.quoted(value) : value)
                    + modifiers.getOrDefault("suffix", ""))
        .collect(Collectors.joining(modifiers.getOrDefault("sep", " ")));
  }

  private static String groups(String text, Surroundings around) {
    if (text.indexOf("%<") < 0) {
      return text;
    }
    Matcher matcher = GROUP.matcher(text);
    StringBuilder result = new StringBuilder();
    int end = 0;
    while (matcher.find()) {
      int number = Integer.parseInt(matcher.group(1));
      result.append(text, end, matcher.start()).append(around.group(number));
      end = matcher.end();
    }
    return result.append(text, end, text.length()).toString();
  }

  private static List<Part> parts(String text) {
    List<Part> parts = new ArrayList<>();
    int end = 0;
    for (int at = text.indexOf('%'); at >= 0; at = text.indexOf('%', Math.max(at + 1, end))) {
      char open = at + 1 < text.length() ? text.charAt(at + 1) : 0;
      if (open != '(' && open != '{') {
        continue;
      }
      int close = close(text, at + 2, open == '(' ? ')' : '}');
      if (close > at + 2) {
        parts.add(new Literal(text.substring(end, at)));
        parts.add(token(open == '{', text.substring(at + 2, close)));
        end = close + 1;
      }
    }
    if (end < text.length() || parts.isEmpty()) {
      parts.add(new Literal(text.substring(end)));
    }
    return parts;
  }

  /** Where the token ends: a closing bracket within quotes does not count. */
  private static int close(String text, int from, char bracket) {
    char quote = 0;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote == 0 && c == bracket) {
        return i;
      }
      quote = quoteAfter(quote, c);
    }
    return text.indexOf(bracket, from);
  }

  private static char quoteAfter(char quote, char c) {
    if (quote == 0) {
      return c == '"' || c == '\'' ? c : 0;
    }
    return c == quote ? 0 : quote;
  }

  private static Token token(boolean ofPackage, String body) {
    List<String> words = new ArrayList<>();
    char quote = 0;
    int start = 0;
    for (int i = 0; i < body.length(); i++) {
      char c = body.charAt(i);
      if (quote == 0 && c == ';') {
        words.add(body.substring(start, i));
        start = i + 1;
      }
      quote = quoteAfter(quote, c);
    }
    words.add(body.substring(start));
    Map<String, String> modifiers = new LinkedHashMap<>();
    for (String word : words.subList(1, words.size())) {
      int equals = word.indexOf('=');
      modifiers.put(
          equals < 0 ? word.strip() : word.substring(0, equals).strip(),
          equals < 0 ? "" : unquoted(word.substring(equals + 1)));
    }
    return new Token(ofPackage, words.getFirst(), modifiers);
  }

  private static String unquoted(String text) {
    char first = text.isEmpty() ? 0 : text.charAt(0);
    boolean quoted =
        text.length() > 1 && (first == '"' || first == '\'') && text.endsWith(first + "");
    return quoted ? text.substring(1, text.length() - 1) : text;
  }

  /** What tokens stand for. */
  interface Surroundings {
    /** Values of an attribute of the action, or of one of the synthetic names. */
    Optional<List<String>> ofAction(String name);

    /** Values of an attribute of the package, as far as it has been read. */
    Optional<List<String>> ofPackage(String name);

    /**
     * What the group matched; {@code MalformedException} if there is no such or it took no part.
     */
    String group(int number);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Template that && text.equals(that.text) && quoting == that.quoting;
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
