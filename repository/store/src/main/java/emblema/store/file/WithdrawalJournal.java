package emblema.store.file;

import emblema.core.error.IntegrityException;
import emblema.core.error.MalformedException;
import emblema.core.fmri.Fmri;
import emblema.core.io.AtomicFile;
import emblema.core.io.Disk;
import emblema.core.io.Durability;
import emblema.core.io.SafePath;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which manifests are leaving a store, written before the catalog forgets them: without it a crash
 * in between would leave manifests that the next refresh takes for packages published without
 * catalog. The first line is the directory that receives them, or empty where they are deleted;
 * then one manifest a line. Every method wants the store's lock to be held.
 */
final class WithdrawalJournal {
  private final PublisherStore store;
  private final Disk disk;
  private final SafePath file;

  WithdrawalJournal(PublisherStore store) {
    this.store = store;
    this.disk = store.disk();
    this.file = store.layout().withdrawalJournal();
  }

  /**
   * @param destination an existing directory that receives the manifests under {@code pkg}; the
   *     root where they are deleted
   */
  void write(SafePath destination, List<SafePath> manifests) {
    StringBuilder text = new StringBuilder(destination.text()).append('\n');
    for (SafePath each : manifests) {
      text.append(each.text()).append('\n');
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(disk, file, PublisherStore.FILE_MODE, bytes, Durability.FULL);
  }

  /** Carries out what the journal says for manifests that the catalog no longer lists. */
  void finish() {
    if (disk.stat(file).isEmpty()) {
      return;
    }
    String text = new String(disk.readBytes(file), StandardCharsets.UTF_8);
    List<String> lines = new ArrayList<>(text.lines().toList());
    SafePath destination = new SafePath(lines.isEmpty() ? "" : lines.removeFirst());
    Set<String> listed = listed(lines);
    Set<SafePath> directories = new HashSet<>();
    for (String line : lines) {
      SafePath manifest = new SafePath(line);
      SafePath directory = manifest.parent().orElseThrow();
      if (!listed.contains(line) && disk.stat(directory).isPresent()) {
        if (disk.stat(manifest).isPresent()) {
          take(manifest, destination);
        }
        directories.add(directory);
      }
    }
    Durability.FULL.syncDirectories(disk, directories);
    for (SafePath directory : directories) {
      if (!directory.equals(store.layout().manifests()) && disk.list(directory).isEmpty()) {
        disk.removeDirectory(directory);
      }
    }
    if (!directories.isEmpty()) {
      disk.sync(store.layout().manifests());
    }
    disk.remove(file);
    disk.sync(store.layout().temporary());
  }

  private void take(SafePath manifest, SafePath destination) {
    if (destination.isRoot()) {
      disk.remove(manifest);
      return;
    }
    SafePath target = destination.resolve(manifest.relativeTo(store.layout().root()));
    store.ensureDirectory(target.parent().orElseThrow());
    disk.rename(manifest, target);
    disk.sync(target.parent().orElseThrow());
  }

  /** Those of the manifests that belong to packages in the catalog; all if it is damaged. */
  private Set<String> listed(List<String> lines) {
    Set<String> listed = new HashSet<>();
    try {
      store
          .catalog()
          .forEach(
              entry -> {
                Fmri fmri = entry.fmri();
                listed.add(store.layout().manifest(fmri).text());
              });
    } catch (IntegrityException | MalformedException e) {
      listed.addAll(lines);
    }
    return listed;
  }
}
