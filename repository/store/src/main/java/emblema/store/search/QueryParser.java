package emblema.store.search;

import emblema.core.error.MalformedException;
import emblema.store.search.QueryWords.Kind;
import emblema.store.search.QueryWords.Word;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the query language (spec depot-protocol, section 7). */
final class QueryParser {
  /** More blank-separated words than these are refused, as the reference does. */
  private static final int MOST_WORDS = 100;

  private final String text;
  private final List<Word> words;
  private int next;

  private QueryParser(String text) {
    this.text = text;
    this.words = QueryWords.of(text);
  }

  /** The query of a search; package results where the search or the text wants them. */
  static Query parse(Search search) {
    String text = search.text();
    int count = text.isBlank() ? 0 : text.strip().split("\\s+").length;
    if (count > MOST_WORDS) {
      throw new MalformedException(
          "the query has " + count + " words, but no more than " + MOST_WORDS + " are allowed");
    }
    QueryParser parser = new QueryParser(text);
    Query query = parser.query();
    if (parser.next < parser.words.size()) {
      throw parser.problem();
    }
    return search.packages() ? QueryKinds.asPackages(query) : QueryKinds.checked(query);
  }

  private Query query() {
    Query left = list();
    Kind kind = kind();
    if (kind == Kind.AND) {
      next++;
      return new Query.And(left, query());
    }
    if (kind == Kind.OR) {
      next++;
      return new Query.Or(left, query());
    }
    return left;
  }

  private Query list() {
    Query first = one();
    Kind kind = kind();
    return kind == Kind.WORD
            || kind == Kind.QUOTE
            || kind == Kind.OPEN
            || kind == Kind.OPEN_PACKAGES
        ? new Query.And(first, list())
        : first;
  }

  private Query one() {
    Kind kind = kind();
    if (kind == null) {
      throw problem();
    }
    return switch (kind) {
      case OPEN -> enclosed(Kind.CLOSE);
      case OPEN_PACKAGES -> new Query.Packages(enclosed(Kind.CLOSE_PACKAGES));
      case QUOTE -> phrase(Query.Fields.ANY);
      case WORD -> term();
      case CLOSE, CLOSE_PACKAGES, AND, OR -> throw problem();
    };
  }

  private Query enclosed(Kind end) {
    next++;
    Query inner = query();
    if (kind() != end) {
      throw problem();
    }
    next++;
    return inner;
  }

  private Query term() {
    List<String> parts = fields(words.get(next++).text());
    String word = parts.getLast();
    Query.Fields fields = new Query.Fields(part(parts, 4), part(parts, 3), part(parts, 2));
    if (parts.size() > 1 && word.isEmpty()) {
      Kind kind = kind();
      if (kind == Kind.QUOTE) {
        return phrase(fields);
      }
      if (kind == Kind.WORD && fields(words.get(next).text()).size() == 1) {
        word = fields(words.get(next++).text()).getFirst();
      } else {
        word = "*";
      }
    }
    return new Query.Term(fields, word);
  }

  /** A field counted from the right; the token is the first. */
  private static String part(List<String> parts, int fromRight) {
    return parts.size() < fromRight ? "" : parts.get(parts.size() - fromRight);
  }

  /** Splits at colons without a backslash before them. */
  private static List<String> fields(String word) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (c == '\\' && i + 1 < word.length() && word.charAt(i + 1) == ':') {
        part.append(':');
        i++;
      } else if (c == ':') {
        parts.add(part.toString());
        part.setLength(0);
      } else {
        part.append(c);
      }
    }
    parts.add(part.toString());
    return parts;
  }

  private Query phrase(Query.Fields fields) {
    next++;
    List<String> inner = new ArrayList<>();
    while (kind() == Kind.WORD) {
      inner.add(words.get(next++).text());
    }
    if (kind() != Kind.QUOTE || inner.isEmpty()) {
      throw problem();
    }
    next++;
    return new Query.Phrase(fields, inner);
  }

  private @Nullable Kind kind() {
    return next < words.size() ? words.get(next).kind() : null;
  }

  /** The reference's words, with the place marked. */
  private MalformedException problem() {
    boolean end = next >= words.size();
    int at = end ? text.length() : words.get(next).at();
    return new MalformedException(
        "Could not parse query.\nProblem occurred with: "
            + (end ? "None" : words.get(next).text())
            + "\t\n\t"
            + text
            + "\n\t"
            + " ".repeat(at)
            + "^");
  }
}
