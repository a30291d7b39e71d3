package emblema.testkit;

import emblema.core.error.EmblemaException;
import emblema.core.error.StorageException;

/** How a disk can refuse one operation. */
public enum Fault {
  /** The file system is full. */
  NO_SPACE {
    @Override
    EmblemaException on(String path) {
      return new StorageException("cannot change '" + path + "': no space left on device");
    }
  },
  /** The device fails. */
  IO {
    @Override
    EmblemaException on(String path) {
      return new StorageException("cannot change '" + path + "': input/output error");
    }
  };

  abstract EmblemaException on(String path);
}
