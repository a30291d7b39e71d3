package emblema.store.search;

import java.util.logging.Level;
import java.util.logging.Logger;

/** What Lucene logs. */
final class LuceneLog {
  /** Kept, because a logger that nobody holds forgets its level. */
  private static final Logger LOGGER = Logger.getLogger("org.apache.lucene");

  private LuceneLog() {}

  /** To be called first: Lucene would advise users to add a module for what we never do. */
  static void onlyErrors() {
    LOGGER.setLevel(Level.SEVERE);
  }
}
