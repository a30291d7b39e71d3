package emblema.store.search;

/**
 * A word under which an action is found.
 *
 * @param text the word
 * @param key the index subtype: what the word is of the action
 * @param value the full value that a result reports
 */
record Token(String text, String key, String value) {}
