package emblema.flash.create;

import emblema.core.error.EmblemaException;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.TemporaryNames;
import java.io.OutputStream;

/** Where an archive goes. */
public sealed interface Target {
  /**
   * A file, which appears when it is complete and durable. It is written once: hash and sizes,
   * which stand before the payload, are filled in at the end.
   */
  record File(Disk directory, SafePath name) implements Target {
    @Override
    public void abandon() {
      try {
        SafePath temporary = TemporaryNames.of(name);
        if (directory.stat(temporary).isPresent()) {
          directory.remove(temporary);
        }
      } catch (EmblemaException e) {
        return; // Nobody is left to tell.
      }
    }
  }

  /**
   * A stream, which cannot be gone back in: where hash or sizes are wanted, members are read twice.
   * What was written before a failure stays written.
   */
  record Stream(OutputStream out) implements Target {}

  /** Removes what was written so far, for a process that is being stopped: never fails. */
  default void abandon() {}
}
