package emblema.image.image;

import emblema.core.error.AccessException;
import emblema.core.error.ConflictException;
import emblema.core.error.NotFoundException;
import emblema.core.error.StorageException;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What was done to an image: one file an operation (spec image-layout, section 6). */
public final class History {
  private final Disk disk;
  private final SafePath directory;

  History(Disk disk, ImageLayout layout) {
    this.disk = disk;
    this.directory = layout.history();
  }

  /**
   * Records an operation. Who may not write the history, or nowhere to write it, is no error; nor
   * is an operation that had nothing to do recorded.
   *
   * @return whether it was recorded
   */
  public boolean add(HistoryEntry entry) {
    if (entry.reason().equals(HistoryReason.NOTHING_TO_DO)) {
      return false;
    }
    byte[] text = HistoryText.write(entry).getBytes(StandardCharsets.UTF_8);
    try {
      Trees.make(disk, directory);
      for (int i = 1; i < 100; i++) {
        String name = HistoryText.stamp(entry.start()) + String.format("-%02d.xml", i);
        if (create(directory.resolve(name), text)) {
          return true;
        }
      }
      return false;
    } catch (AccessException | StorageException | NotFoundException e) {
      return false;
    }
  }

  private boolean create(SafePath file, byte[] text) {
    if (disk.stat(file).isPresent()) {
      return false;
    }
    try (OutputStream out = disk.create(file, 0644)) {
      out.write(text);
      return true;
    } catch (ConflictException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All operations, oldest first; files that are no history entries are left out. */
  public List<HistoryEntry> entries() {
    List<HistoryEntry> entries = new ArrayList<>();
    for (String name : names()) {
      read(directory.resolve(name)).ifPresent(entries::add);
    }
    return entries;
  }

  /** Only the last so many. */
  public List<HistoryEntry> last(int count) {
    List<String> names = names();
    List<HistoryEntry> entries = new ArrayList<>();
    for (int i = names.size() - 1; i >= 0 && entries.size() < count; i--) {
      read(directory.resolve(names.get(i))).ifPresent(entries::addFirst);
    }
    return entries;
  }

  /** Forgets everything. */
  public void purge() {
    names().forEach(name -> disk.remove(directory.resolve(name)));
  }

  private List<String> names() {
    return disk.stat(directory).isEmpty()
        ? List.of()
        : disk.list(directory).stream().filter(name -> name.endsWith(".xml")).toList();
  }

  private Optional<HistoryEntry> read(SafePath file) {
    String text = new String(disk.readBytes(file), StandardCharsets.UTF_8);
    try {
      return Optional.of(HistoryText.read(text, disk.describe(file)));
    } catch (emblema.core.error.MalformedException e) {
      return Optional.empty();
    }
  }
}
