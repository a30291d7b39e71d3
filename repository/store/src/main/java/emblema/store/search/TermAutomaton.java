package emblema.store.search;

import emblema.core.error.MalformedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.CompiledAutomaton;
import org.apache.lucene.util.automaton.Operations;
import org.apache.lucene.util.automaton.TooComplexToDeterminizeException;

/** The index terms that a query's term asks for, as an automaton over their characters. */
final class TermAutomaton {
  private static final int LAST = Character.MAX_CODE_POINT;

  private final String word;
  private final boolean caseSensitive;
  private final boolean pattern;

  private TermAutomaton(String word, boolean caseSensitive) {
    this.word = word;
    this.caseSensitive = caseSensitive;
    this.pattern = TermMatch.isPattern(word);
  }

  static CompiledAutomaton of(Query.Term term, boolean caseSensitive) {
    Query.Fields fields = term.fields();
    Automaton separator = Automata.makeChar(IndexFormat.SEPARATOR);
    Automaton words =
        TermMatch.matchesEverything(term.word())
            ? anything()
            : new TermAutomaton(term.word(), caseSensitive).build();
    Automaton all =
        Operations.concatenate(
            List.of(words, separator, field(fields.type()), separator, field(fields.key())));
    try {
      Automaton minimal = Operations.determinize(all, Operations.DEFAULT_DETERMINIZE_WORK_LIMIT);
      return new CompiledAutomaton(minimal, false, true);
    } catch (TooComplexToDeterminizeException e) {
      throw new MalformedException(
          "the pattern '" + term.word() + "' is too complex to search for",
          "use fewer '*' and '?'");
    }
  }

  private static Automaton field(String wanted) {
    return wanted.isEmpty() ? anything() : Automata.makeString(wanted);
  }

  private static Automaton anything() {
    return Operations.repeat(anyCharacter());
  }

  private static Automaton anyCharacter() {
    return Automata.makeCharRange(IndexFormat.SEPARATOR + 1, LAST);
  }

  private Automaton build() {
    List<Automaton> parts = new ArrayList<>();
    parts.add(Automata.makeEmptyString());
    for (int i = 0; i < word.length(); ) {
      int c = word.codePointAt(i);
      int close = pattern && c == '[' ? closing(i) : -1;
      if (close > 0) {
        parts.add(set(word.substring(i + 1, close)));
        i = close + 1;
        continue;
      }
      i += Character.charCount(c);
      if (pattern && c == '*') {
        parts.add(anything());
      } else if (pattern && c == '?') {
        parts.add(anyCharacter());
      } else {
        parts.add(characters(c, c));
      }
    }
    return Operations.concatenate(parts);
  }

  /** Index of the bracket that ends the set begun at {@code open}, or -1. */
  private int closing(int open) {
    int from = open + 1;
    if (from < word.length() && word.charAt(from) == '!') {
      from++;
    }
    return word.indexOf(']', from + 1);
  }

  private Automaton set(String content) {
    boolean negated = content.startsWith("!") && content.length() > 1;
    int[] members = content.substring(negated ? 1 : 0).codePoints().toArray();
    List<Automaton> ranges = new ArrayList<>();
    for (int i = 0; i < members.length; i++) {
      if (i + 2 < members.length && members[i + 1] == '-') {
        if (members[i] <= members[i + 2]) {
          ranges.add(characters(members[i], members[i + 2]));
        }
        i += 2;
      } else {
        ranges.add(characters(members[i], members[i]));
      }
    }
    Automaton one = ranges.isEmpty() ? Automata.makeEmpty() : Operations.union(ranges);
    return negated
        ? Operations.minus(anyCharacter(), one, Operations.DEFAULT_DETERMINIZE_WORK_LIMIT)
        : one;
  }

  /** The characters of a range, and those that fold to one of them if case does not count. */
  private Automaton characters(int from, int to) {
    if (caseSensitive) {
      return Automata.makeCharRange(from, to);
    }
    if (to - from > 0x400) { // no alphabet with cases is longer
      return Automata.makeCharRange(from, to);
    }
    Set<Integer> cases = new TreeSet<>();
    for (int c = from; c <= to; c++) {
      int lower = Character.toLowerCase(c);
      cases.add(c);
      cases.add(lower);
      cases.add(Character.toUpperCase(lower));
      cases.add(Character.toTitleCase(lower));
    }
    return Automata.makeCharSet(cases.stream().mapToInt(Integer::intValue).toArray());
  }
}
