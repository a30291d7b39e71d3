package emblema.store.search;

import emblema.core.error.MalformedException;

/** Keeps queries for actions and queries for packages apart. */
final class QueryKinds {
  private QueryKinds() {}

  /** The query itself, if both sides of each AND and OR find the same kind of thing. */
  static Query checked(Query query) {
    switch (query) {
      case Query.Term ignored -> {}
      case Query.Phrase ignored -> {}
      case Query.Packages packages -> checked(packages.inner());
      case Query.And and -> sides(and.left(), and.right());
      case Query.Or or -> sides(or.left(), or.right());
    }
    return query;
  }

  private static void sides(Query left, Query right) {
    checked(left);
    checked(right);
    if (left.findsPackages() != right.findsPackages()) {
      throw new MalformedException(
          "This expression produces action results:\n\t"
              + (left.findsPackages() ? right : left).shown()
              + "\nThis expression produces package results:\n\t"
              + (left.findsPackages() ? left : right).shown()
              + "\n'AND' and 'OR' require those expressions to produce the same type of results.");
    }
  }

  /** The query with each word finding packages, so that AND combines packages. */
  static Query asPackages(Query query) {
    return switch (query) {
      case Query.Term term -> new Query.Packages(term);
      case Query.Phrase phrase -> new Query.Packages(phrase);
      case Query.Packages packages -> checked(packages);
      case Query.And and -> new Query.And(asPackages(and.left()), asPackages(and.right()));
      case Query.Or or -> new Query.Or(asPackages(or.left()), asPackages(or.right()));
    };
  }
}
