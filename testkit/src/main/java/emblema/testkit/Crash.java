package emblema.testkit;

/**
 * The process dies here. No code under test catches it, and its clean-up has no effect any more.
 */
public final class Crash extends Error {
  Crash(int operation) {
    super("crash at operation " + operation, null, false, false);
  }
}
