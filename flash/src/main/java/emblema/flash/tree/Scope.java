package emblema.flash.tree;

import emblema.core.io.Stat;

/** Which objects of a tree are wanted. */
@FunctionalInterface
public interface Scope {
  /** Everything. */
  Scope ALL = (path, stat) -> Choice.WHOLE;

  /** What becomes of an object, and of what is below it. */
  enum Choice {
    /** Neither it nor anything below. */
    NOTHING,
    /** It alone; nothing below. */
    ALONE,
    /** It; what is below is asked for one by one. */
    WHOLE
  }

  /**
   * @param path relative to the top of the tree
   */
  Choice choose(String path, Stat stat);
}
