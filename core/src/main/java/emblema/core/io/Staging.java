package emblema.core.io;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Replaces many files so that the last one staged is what makes the others count (the attributes of
 * a catalog, say): after a crash it is new only if all the others are.
 *
 * <p>Protocol: write each file under a temporary name in its own directory; one sync for all of
 * them; rename all but the last, in the order of staging; sync their directories; rename the last;
 * sync its directory. Closing without {@link #commit} removes what was staged. What a crash leaves
 * under temporary names is replaced by the next staging of the same files.
 */
public final class Staging implements AutoCloseable {
  private final Disk disk;
  private final Durability durability;
  private final List<SafePath> staged = new ArrayList<>();
  private int renamed;

  public Staging(Disk disk, Durability durability) {
    this.disk = disk;
    this.durability = durability;
  }

  /** Stages a file of exactly this mode; its directory must exist. */
  public void write(SafePath path, int mode, AtomicFile.Content content) {
    AtomicFile.writeNew(disk, TemporaryNames.of(path), path, mode, content);
    staged.add(path);
  }

  public void write(SafePath path, int mode, byte[] content) {
    write(path, mode, out -> out.write(content));
  }

  /** Where a staged file's content is until it is committed, to read it again. */
  public SafePath temporary(SafePath path) {
    return TemporaryNames.of(path);
  }

  /** Brings everything staged so far to its place; the staging is empty afterwards. */
  public void commit() {
    if (staged.isEmpty()) {
      return;
    }
    durability.syncAll(disk);
    Set<SafePath> directories = new LinkedHashSet<>();
    for (SafePath path : staged.subList(0, staged.size() - 1)) {
      disk.rename(TemporaryNames.of(path), path);
      renamed++;
      directories.add(directory(path));
    }
    if (!directories.isEmpty()) {
      durability.syncDirectories(disk, directories);
    }
    SafePath last = staged.getLast();
    disk.rename(TemporaryNames.of(last), last);
    renamed++;
    durability.sync(disk, directory(last));
    staged.clear();
    renamed = 0;
  }

  @Override
  public void close() {
    for (SafePath path : staged.subList(renamed, staged.size())) {
      SafePath temporary = TemporaryNames.of(path);
      if (disk.stat(temporary).isPresent()) {
        disk.remove(temporary);
      }
    }
    staged.clear();
    renamed = 0;
  }

  private static SafePath directory(SafePath path) {
    return path.parent().orElse(SafePath.ROOT);
  }
}
