package emblema.store.search;

import emblema.store.search.SearchHit.ActionHit;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.lucene.util.FixedBitSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds actions. First the lines in question are worked out from the index alone; then the leftmost
 * word's results are read in its order, and what stands to the right of AND is looked for in these
 * lines only.
 */
final class Evaluation {
  private final IndexLines lines;
  private final IndexLines.Texts texts;
  private final boolean caseSensitive;
  private final Map<Query.Term, TermMatch> matches = new HashMap<>();

  Evaluation(IndexLines lines, boolean caseSensitive) throws IOException {
    this.lines = lines;
    this.texts = lines.texts();
    this.caseSensitive = caseSensitive;
  }

  IndexLines lines() {
    return lines;
  }

  /** All results of a query for actions. */
  void search(Query query, Consumer<ActionHit> each) throws IOException {
    search(query, candidates(query), each);
  }

  /** The lines that can hold a result: all that do, and perhaps some more. */
  FixedBitSet candidates(Query query) throws IOException {
    FixedBitSet found;
    switch (query) {
      case Query.Term term -> {
        found = new FixedBitSet(Math.max(1, lines.count()));
        forEachTerm(
            term,
            null,
            (word, some, count) -> {
              for (int i = 0; i < count; i++) {
                found.set(some[i]);
              }
            });
      }
      case Query.Phrase phrase -> found = candidates(phrase.first());
      case Query.And and -> {
        found = candidates(and.left());
        found.and(candidates(and.right()));
      }
      case Query.Or or -> {
        found = candidates(or.left());
        found.or(candidates(or.right()));
      }
      case Query.Packages packages ->
          throw new IllegalStateException("finds packages: " + packages);
    }
    return found;
  }

  private void search(Query query, FixedBitSet candidates, Consumer<ActionHit> each)
      throws IOException {
    switch (query) {
      case Query.Term term -> term(term, candidates, each);
      case Query.Phrase phrase ->
          term(phrase.first(), candidates, hit -> phrase(phrase, hit, each));
      case Query.And and -> search(and.left(), candidates, hit -> within(and.right(), hit, each));
      case Query.Or or -> {
        search(or.left(), candidates, each);
        search(or.right(), candidates, each);
      }
      case Query.Packages packages ->
          throw new IllegalStateException("finds packages: " + packages);
    }
  }

  /** The results of a query among the words of an action that was found already. */
  private void within(Query query, ActionHit hit, Consumer<ActionHit> each) {
    switch (query) {
      case Query.Term term -> report(term, hit.packageName(), hit.type(), hit.line(), each);
      case Query.Phrase phrase -> within(phrase.first(), hit, found -> phrase(phrase, found, each));
      case Query.And and -> within(and.left(), hit, found -> within(and.right(), found, each));
      case Query.Or or -> {
        within(or.left(), hit, each);
        within(or.right(), hit, each);
      }
      case Query.Packages packages ->
          throw new IllegalStateException("finds packages: " + packages);
    }
  }

  private void phrase(Query.Phrase phrase, ActionHit hit, Consumer<ActionHit> each) {
    String text = phrase.text();
    if (!holds(hit.line(), text)) {
      return;
    }
    boolean told = !hit.type().equals("set") || holds(hit.value(), text);
    each.accept(
        told ? hit : new ActionHit(hit.packageName(), hit.type(), hit.key(), text, hit.line()));
  }

  private boolean holds(String text, String words) {
    return caseSensitive
        ? text.contains(words)
        : TermMatch.fold(text).contains(TermMatch.fold(words));
  }

  private void term(Query.Term term, FixedBitSet candidates, Consumer<ActionHit> each)
      throws IOException {
    forEachTerm(
        term,
        candidates,
        (indexed, some, count) -> {
          String word = IndexFormat.word(indexed);
          String type = IndexFormat.type(indexed);
          String key = IndexFormat.key(indexed);
          for (int i = 0; i < count; i++) {
            String line = texts.of(some[i]);
            String name = lines.packageName(lines.packageOf(some[i]));
            for (String value : values(line, word, key)) {
              each.accept(new ActionHit(name, type, key, value, line));
            }
          }
        });
  }

  /** The different full values that a word has in a line. */
  private static List<String> values(String line, String word, String key) {
    return TermMatch.tokens(line).stream()
        .filter(token -> token.key().equals(key) && isIndexedAs(token.text(), word))
        .map(Token::value)
        .distinct()
        .toList();
  }

  private static boolean isIndexedAs(String text, String word) {
    return text.equals(word)
        || (text.length() > IndexFormat.LONGEST_WORD && text.startsWith(word))
        || text.indexOf(IndexFormat.SEPARATOR) >= 0;
  }

  private void report(
      Query.Term term, String packageName, String type, String line, Consumer<ActionHit> each) {
    TermMatch match = match(term);
    if (!match.takesType(type) || !match.takesPackage(packageName)) {
      return;
    }
    TermMatch.tokens(line).stream()
        .filter(match::takes)
        .distinct()
        .forEach(
            token ->
                each.accept(new ActionHit(packageName, type, token.key(), token.value(), line)));
  }

  private TermMatch match(Query.Term term) {
    return matches.computeIfAbsent(term, wanted -> new TermMatch(wanted, caseSensitive));
  }

  /** The index's words that a term asks for, with the lines of the packages that it asks for. */
  private void forEachTerm(
      Query.Term term, @Nullable FixedBitSet candidates, IndexLines.TermLines each)
      throws IOException {
    TermMatch match = match(term);
    boolean[] wanted = new boolean[lines.packageCount()];
    boolean all = TermMatch.packagePattern(term).isEmpty();
    for (int number = 0; number < wanted.length; number++) {
      wanted[number] = all || match.takesPackage(lines.packageName(number));
    }
    lines.forEachTerm(
        TermAutomaton.of(term, caseSensitive),
        candidates,
        all
            ? each
            : (indexed, some, count) -> {
              int kept = 0;
              for (int i = 0; i < count; i++) {
                if (wanted[lines.packageOf(some[i])]) {
                  some[kept++] = some[i];
                }
              }
              if (kept > 0) {
                each.take(indexed, some, kept);
              }
            });
  }
}
