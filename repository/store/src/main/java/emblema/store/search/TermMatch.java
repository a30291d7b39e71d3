package emblema.store.search;

import emblema.core.action.Action;
import emblema.core.action.ActionReader;
import emblema.core.error.MalformedException;
import emblema.core.fmri.Glob;
import java.util.List;
import java.util.Locale;

/** Whether a word of an action is what a term asks for: the slow and certain way. */
final class TermMatch {
  private final Query.Term term;
  private final boolean caseSensitive;
  private final boolean everything;
  private final boolean pattern;
  private final String word;
  private final String packages;

  TermMatch(Query.Term term, boolean caseSensitive) {
    this.term = term;
    this.caseSensitive = caseSensitive;
    this.word = caseSensitive ? term.word() : fold(term.word());
    this.everything = matchesEverything(term.word());
    this.pattern = isPattern(term.word());
    this.packages = packagePattern(term);
  }

  /** Words of only stars and question marks stand for all words. */
  static boolean matchesEverything(String word) {
    return !word.isEmpty() && word.chars().allMatch(c -> c == '*' || c == '?');
  }

  static boolean isPattern(String word) {
    return word.indexOf('*') >= 0 || word.indexOf('?') >= 0 || word.indexOf('[') >= 0;
  }

  static String fold(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** The folded pattern for {@code stem@version}, empty for all packages. */
  static String packagePattern(Query.Term term) {
    String pattern = fold(term.fields().packages());
    return pattern.isEmpty() || pattern.endsWith("*") ? pattern : pattern + "*";
  }

  boolean takesType(String type) {
    return term.fields().type().isEmpty() || term.fields().type().equals(type);
  }

  boolean takesPackage(String packageName) {
    return packages.isEmpty() || Glob.matches(packages, fold(packageName));
  }

  boolean takes(Token token) {
    if (!term.fields().key().isEmpty() && !term.fields().key().equals(token.key())) {
      return false;
    }
    if (everything) {
      return true;
    }
    String text = caseSensitive ? token.text() : fold(token.text());
    return pattern ? Glob.matches(word, text) : word.equals(text);
  }

  /** The words of a manifest's line; none if it cannot be read. */
  static List<Token> tokens(String line) {
    try {
      Action action = ActionReader.read(line);
      return ActionTokens.of(action);
    } catch (MalformedException e) {
      return List.of();
    }
  }
}
