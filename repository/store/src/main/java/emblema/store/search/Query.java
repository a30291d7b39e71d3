package emblema.store.search;

import java.util.List;

/**
 * A query as understood (spec depot-protocol, section 7). It asks for actions or for packages; AND
 * and OR join what is of the same kind.
 */
sealed interface Query {

  /** Whether it finds packages instead of actions. */
  default boolean findsPackages() {
    return false;
  }

  /** In the form that the reference's messages quote. */
  String shown();

  /**
   * Where a word must be found. An empty field allows anything.
   *
   * @param packages a pattern for {@code stem@version}
   */
  record Fields(String packages, String type, String key) {
    static final Fields ANY = new Fields("", "", "");

    public Fields {
      packages = packages.equals("*") ? "" : packages;
      type = type.equals("*") ? "" : type;
      key = key.equals("*") ? "" : key;
    }

    String shown(String text) {
      return packages + ":" + type + ":" + key + ":" + text;
    }
  }

  /** One word or pattern. */
  record Term(Fields fields, String word) implements Query {
    @Override
    public String shown() {
      return fields.shown(word);
    }
  }

  /** Words that stand together in the action's line. */
  record Phrase(Fields fields, List<String> words) implements Query {
    public Phrase {
      words = List.copyOf(words);
    }

    String text() {
      return String.join(" ", words);
    }

    /** The term that finds the actions in question. */
    Term first() {
      return new Term(fields, words.size() > 1 ? words.getFirst() + "*" : words.getFirst());
    }

    @Override
    public String shown() {
      return fields.shown("'" + text() + "'");
    }
  }

  /** Of actions: those of the right side that the left side finds too. */
  record And(Query left, Query right) implements Query {
    @Override
    public boolean findsPackages() {
      return left.findsPackages();
    }

    @Override
    public String shown() {
      return "( " + left.shown() + " AND " + right.shown() + " )";
    }
  }

  /** What either side finds. */
  record Or(Query left, Query right) implements Query {
    @Override
    public boolean findsPackages() {
      return left.findsPackages();
    }

    @Override
    public String shown() {
      return "( " + left.shown() + " OR " + right.shown() + " )";
    }
  }

  /** The packages of the actions, or packages, that the inner query finds. */
  record Packages(Query inner) implements Query {
    @Override
    public boolean findsPackages() {
      return true;
    }

    @Override
    public String shown() {
      return "p<" + inner.shown() + ">";
    }
  }
}
