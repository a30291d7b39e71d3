package emblema.store.search;

import org.apache.lucene.util.BytesRef;

/**
 * What our Lucene documents hold (docs/formats/search-index.md). One document is one line of a
 * manifest; one more without words stands for each package.
 */
final class IndexFormat {
  /** Counts up whenever an index of before cannot be used. */
  static final String VERSION = "1";

  /** Each word of the line: word, type and key, see {@link #term}. */
  static final String WORDS = "w";

  /** The package and the hash of its manifest, in every document. */
  static final String PACKAGE_STATE = "k";

  /** The package, for reading. */
  static final String PACKAGE = "p";

  /** The line. */
  static final String LINE = "l";

  /** Between word, type and key; smaller than any character of theirs. */
  static final char SEPARATOR = '\0';

  /** Longer words are cut; Lucene allows 32,766 bytes for all of a term. */
  static final int LONGEST_WORD = 4000;

  private IndexFormat() {}

  /** So that terms in their byte order are in the reference's order. */
  static BytesRef term(String word, String type, String key) {
    String cut = word.length() <= LONGEST_WORD ? word : word.substring(0, LONGEST_WORD);
    return new BytesRef(cut.replace(SEPARATOR, ' ') + SEPARATOR + type + SEPARATOR + key);
  }

  static String word(String term) {
    return term.substring(0, term.indexOf(SEPARATOR));
  }

  static String type(String term) {
    int first = term.indexOf(SEPARATOR) + 1;
    return term.substring(first, term.indexOf(SEPARATOR, first));
  }

  static String key(String term) {
    return term.substring(term.lastIndexOf(SEPARATOR) + 1);
  }
}
