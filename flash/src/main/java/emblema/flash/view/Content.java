package emblema.flash.view;

import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.SharedFile;
import java.io.InputStream;

/** Where the content of a file is: read any number of times, by any thread. */
@FunctionalInterface
interface Content {
  InputStream open();

  Content NONE = InputStream::nullInputStream;

  /** Bytes of an archive. */
  static Content region(SharedFile file, long offset, long length) {
    return () -> file.read(offset, length);
  }

  /** A file of another tree. */
  static Content of(Disk disk, SafePath path) {
    return () -> disk.read(path);
  }
}
