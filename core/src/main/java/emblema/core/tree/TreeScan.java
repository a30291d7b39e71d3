package emblema.core.tree;

import emblema.core.error.EmblemaException;
import emblema.core.error.NotFoundException;
import emblema.core.error.StorageException;
import emblema.core.event.Event;
import emblema.core.event.EventSink;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Reads what objects a tree has, without their contents (spec master-image-diff, section 3).
 * Symbolic links are never followed, mount points below the root are recorded but not entered. An
 * object that cannot be read is an error, never "missing"; all such errors are gathered.
 */
public final class TreeScan {
  private static final int SHOWN_ERRORS = 20;

  private final Disk tree;
  private final Predicate<String> entered;
  private final EventSink events;
  private final Map<String, String> names = new HashMap<>();
  private final List<TreeEntry> found = new ArrayList<>();
  private final List<String> errors = new ArrayList<>();
  private final AccountNames accounts;
  private final Oddities oddities;

  private TreeScan(Disk tree, Predicate<String> entered, Oddities oddities, EventSink events) {
    this.tree = tree;
    this.entered = entered;
    this.oddities = oddities;
    this.events = events;
    this.accounts = AccountNames.of(tree);
  }

  /**
   * @param entered which directories' contents are wanted at all, by path; the directory itself is
   *     recorded in any case
   */
  public static TreeIndex read(Disk tree, Predicate<String> entered, EventSink events) {
    return read(tree, entered, new Oddities(), events);
  }

  /**
   * As {@link #read(Disk, Predicate, EventSink)}.
   *
   * @param oddities told what the index does not hold
   */
  public static TreeIndex read(
      Disk tree, Predicate<String> entered, Oddities oddities, EventSink events) {
    return new TreeScan(tree, entered, oddities, events).run();
  }

  private TreeIndex run() {
    Stat root =
        tree.stat(SafePath.ROOT)
            .filter(Stat::isDirectory)
            .orElseThrow(() -> new NotFoundException("'" + tree.root() + "' is not a directory"));
    Deque<SafePath> waiting = new ArrayDeque<>(List.of(SafePath.ROOT));
    while (!waiting.isEmpty()) {
      SafePath directory = waiting.removeLast();
      try {
        for (Disk.Entry entry : tree.entries(directory)) {
          visit(directory.resolve(entry.name()), entry.stat(), root.device(), waiting);
        }
      } catch (EmblemaException e) {
        errors.add(e.getMessage());
      }
    }
    if (!errors.isEmpty()) {
      throw unreadable();
    }
    return TreeIndex.of(found);
  }

  private void visit(SafePath path, Stat stat, long device, Deque<SafePath> waiting) {
    try {
      found.add(entry(path, stat));
      oddities.note(path.text(), stat);
      if (!stat.isDirectory() || !entered.test(path.text())) {
        return;
      }
      if (stat.device() == device) {
        waiting.add(path);
      } else {
        events.emit(
            new Event.Warning(
                "'"
                    + tree.describe(path)
                    + "' is a mount point: what is mounted there is left out"));
      }
    } catch (EmblemaException e) {
      errors.add(e.getMessage());
    }
  }

  private TreeEntry entry(SafePath path, Stat stat) {
    return new TreeEntry(
        path.text(),
        stat.kind(),
        stat.mode(),
        accounts.user(stat.uid()),
        accounts.group(stat.gid()),
        stat.uid(),
        stat.gid(),
        stat.isFile() ? stat.size() : 0,
        stat.links(),
        stat.device(),
        stat.inode(),
        stat.rawDevice(),
        stat.mtime(),
        stat.ctime(),
        stat.isLink() ? names.computeIfAbsent(tree.readLink(path), same -> same) : "");
  }

  private EmblemaException unreadable() {
    int shown = Math.min(errors.size(), SHOWN_ERRORS);
    String more = errors.size() > shown ? "\nand " + (errors.size() - shown) + " more" : "";
    return new StorageException(
        "'" + tree.root() + "' cannot be read completely",
        String.join("\n", errors.subList(0, shown)) + more,
        List.of("read the tree as root, or leave unreadable objects out with -x"),
        null);
  }
}
