package emblema.store.file;

import emblema.core.error.StorageException;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Small files of a repository, replaced whole: temporary name, sync, rename, sync. */
final class DurableFile {
  private DurableFile() {}

  static void write(Disk disk, SafePath file, byte[] bytes) {
    SafePath directory = file.parent().orElseThrow();
    SafePath temporary = directory.resolve("." + file.name() + ".new");
    if (disk.stat(temporary).isPresent()) {
      disk.remove(temporary);
    }
    int mode = disk.stat(file).map(stat -> stat.mode()).orElse(PublisherStore.FILE_MODE);
    try (OutputStream out = disk.create(temporary, mode)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new StorageException(
          "'" + disk.describe(file) + "' cannot be written", e.getMessage(), List.of(), e);
    }
    disk.sync(temporary);
    disk.rename(temporary, file);
    disk.sync(directory);
  }
}
