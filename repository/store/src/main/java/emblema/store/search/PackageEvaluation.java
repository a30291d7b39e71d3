package emblema.store.search;

import java.io.IOException;
import java.util.TreeSet;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.BitSetIterator;
import org.apache.lucene.util.FixedBitSet;

/** Finds packages. */
final class PackageEvaluation {
  private final Evaluation actions;

  PackageEvaluation(Evaluation actions) {
    this.actions = actions;
  }

  /** The names that a query for packages finds, in their order. */
  TreeSet<String> names(Query query) throws IOException {
    return switch (query) {
      case Query.Packages packages ->
          packages.inner().findsPackages() ? names(packages.inner()) : ofActions(packages.inner());
      case Query.And and -> {
        TreeSet<String> both = names(and.left());
        both.retainAll(names(and.right()));
        yield both;
      }
      case Query.Or or -> {
        TreeSet<String> either = names(or.left());
        either.addAll(names(or.right()));
        yield either;
      }
      case Query.Term term -> throw new IllegalStateException("finds actions: " + term);
      case Query.Phrase phrase -> throw new IllegalStateException("finds actions: " + phrase);
    };
  }

  private TreeSet<String> ofActions(Query query) throws IOException {
    TreeSet<String> names = new TreeSet<>();
    if (needsTexts(query)) {
      actions.search(query, hit -> names.add(hit.packageName()));
      return names;
    }
    IndexLines lines = actions.lines();
    FixedBitSet found = new FixedBitSet(Math.max(1, lines.packageCount()));
    FixedBitSet candidates = actions.candidates(query);
    BitSetIterator each = new BitSetIterator(candidates, 0);
    for (int line = each.nextDoc(); line != DocIdSetIterator.NO_MORE_DOCS; line = each.nextDoc()) {
      found.set(lines.packageOf(line));
    }
    for (int number = 0; number < lines.packageCount(); number++) {
      if (found.get(number)) {
        names.add(lines.packageName(number));
      }
    }
    return names;
  }

  /** Whether the index alone cannot tell: a phrase is verified in the line. */
  private static boolean needsTexts(Query query) {
    return switch (query) {
      case Query.Term ignored -> false;
      case Query.Phrase ignored -> true;
      case Query.And and -> needsTexts(and.left()) || needsTexts(and.right());
      case Query.Or or -> needsTexts(or.left()) || needsTexts(or.right());
      case Query.Packages packages -> needsTexts(packages.inner());
    };
  }
}
