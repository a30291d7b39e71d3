package emblema.smf.migrate;

import emblema.core.io.SafePath;
import emblema.core.io.Stat;

/** What shall become of one staged object that is not a directory. Made by {@link Collisions}. */
sealed interface Decision {
  /** To a name that is free; {@code aside} when the object's own name is taken. */
  record Move(SafePath to, boolean aside) implements Decision {}

  /** The shared tree has it already, under this name. */
  record Drop(SafePath to, Stat shared) implements Decision {}

  /** In front of the shared file's content. */
  record Append(SafePath to, Stat shared) implements Decision {}

  /** A socket: nothing to move. */
  record Discard() implements Decision {}

  record Leave(String why) implements Decision {}
}
