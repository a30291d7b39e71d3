package emblema.store.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Splits a query's text (spec depot-protocol, section 7, lexical part). */
final class QueryWords {
  private static final Set<String> BRACKETS = Set.of("<", "p<", "pkg<", "pkgs<");

  enum Kind {
    OPEN,
    CLOSE,
    OPEN_PACKAGES,
    CLOSE_PACKAGES,
    QUOTE,
    AND,
    OR,
    WORD
  }

  /**
   * @param at index of its first character in the query
   */
  record Word(Kind kind, String text, int at) {}

  private final String text;
  private final List<Word> words = new ArrayList<>();
  private int at;
  private char quote;

  private QueryWords(String text) {
    this.text = text;
  }

  static List<Word> of(String text) {
    QueryWords words = new QueryWords(text);
    while (words.at < text.length()) {
      words.next();
    }
    return words.words;
  }

  private void next() {
    char c = text.charAt(at);
    if (Character.isWhitespace(c)) {
      at++;
    } else if (quote == 0 ? c == '\'' || c == '"' : c == quote) {
      quote = quote == 0 ? c : 0;
      take(Kind.QUOTE, 1);
    } else if (quote != 0) {
      take(Kind.WORD, run(at, String.valueOf(quote)) - at);
    } else if (c == '(') {
      take(Kind.OPEN, 1);
    } else if (c == ')') {
      take(Kind.CLOSE, 1);
    } else if (c == '>') {
      take(Kind.CLOSE_PACKAGES, 1);
    } else if (bracket() > 0) {
      take(Kind.OPEN_PACKAGES, bracket());
    } else {
      plain();
    }
  }

  /** Length of the opening bracket of a package conversion that begins here, or 0. */
  private int bracket() {
    int end = text.indexOf('<', at);
    return end >= 0
            && end - at <= 4
            && BRACKETS.contains(text.substring(at, end + 1).toLowerCase(Locale.ROOT))
        ? end + 1 - at
        : 0;
  }

  private void plain() {
    int end = run(at, "'\"");
    while (end > at + 1 && (text.charAt(end - 1) == ')' || text.charAt(end - 1) == '>')) {
      end--;
    }
    String word = text.substring(at, end);
    take(word.equals("AND") ? Kind.AND : word.equals("OR") ? Kind.OR : Kind.WORD, end - at);
  }

  /** Index of the first blank or stop character. */
  private int run(int from, String stops) {
    int end = from;
    while (end < text.length()
        && !Character.isWhitespace(text.charAt(end))
        && stops.indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  private void take(Kind kind, int length) {
    words.add(new Word(kind, text.substring(at, at + length), at));
    at += length;
  }
}
