package emblema.core.tree;

import emblema.core.error.ConflictException;
import emblema.core.error.EmblemaException;
import emblema.core.error.StorageException;
import emblema.core.event.Event;
import emblema.core.event.EventSink;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.core.task.Tasks;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntPredicate;

/**
 * Fills a {@link TreeIndex} with what only reading tells: content hashes and extended attributes,
 * from the cache where it knows them, else by comparing with a twin or reading, several files at
 * once. The result does not depend on the number of threads.
 */
public final class TreeContents {
  private static final int FILES_A_TASK = 256;
  private static final long BYTES_A_TASK = 8 << 20;

  private final Disk tree;
  private final ScanCache cache;
  private final TwinTree twin;
  private final int threads;
  private final EventSink events;
  private final AtomicLong done = new AtomicLong();

  public TreeContents(Disk tree, ScanCache cache, int threads, EventSink events) {
    this(tree, cache, TwinTree.NONE, threads, events);
  }

  public TreeContents(Disk tree, ScanCache cache, TwinTree twin, int threads, EventSink events) {
    this.tree = tree;
    this.cache = cache;
    this.twin = twin;
    this.threads = threads;
    this.events = events;
  }

  /** Learns all objects at the wanted positions; returns how many the cache did not know. */
  public int learn(TreeIndex index, IntPredicate wanted) {
    List<Callable<Integer>> tasks = new ArrayList<>();
    List<Integer> positions = new ArrayList<>();
    long bytes = 0;
    long total = 0;
    int unknown = 0;
    for (int i = 0; i < index.size(); i++) {
      TreeEntry entry = index.entry(i);
      if (!wanted.test(i) || isKnown(index, i)) {
        continue;
      }
      positions.add(i);
      unknown++;
      bytes += entry.size();
      total += entry.size();
      if (positions.size() >= FILES_A_TASK || bytes >= BYTES_A_TASK) {
        tasks.add(task(index, List.copyOf(positions)));
        positions.clear();
        bytes = 0;
      }
    }
    if (!positions.isEmpty()) {
      tasks.add(task(index, List.copyOf(positions)));
    }
    if (tasks.isEmpty()) {
      return 0;
    }
    events.emit(new Event.PhaseStarted("scan", "Reading " + tree.root(), total, Event.Unit.BYTES));
    done.set(0);
    Tasks.inParallel(threads, tasks);
    events.emit(new Event.PhaseFinished("scan", total));
    return unknown;
  }

  private boolean isKnown(TreeIndex index, int position) {
    TreeEntry entry = index.entry(position);
    if (entry.kind() == Stat.Kind.LINK || entry.kind() == Stat.Kind.SOCKET) {
      return true;
    }
    if (index.facts(position).hash() != null) {
      return true;
    }
    ObjectFacts cached = cache.lookUp(entry);
    if (cached != null) {
      index.learn(position, cached);
      return true;
    }
    return false;
  }

  private Callable<Integer> task(TreeIndex index, List<Integer> positions) {
    return () -> {
      for (int position : positions) {
        TreeEntry entry = index.entry(position);
        index.learn(position, read(entry));
        events.emit(new Event.Advanced("scan", done.addAndGet(entry.size())));
      }
      return positions.size();
    };
  }

  private ObjectFacts read(TreeEntry entry) {
    SafePath path = SafePath.of(entry.path());
    TreeMap<String, String> extensions = extensions(path);
    if (!entry.isFile()) {
      return new ObjectFacts(null, extensions);
    }
    ContentHash hash;
    try {
      hash = twin.hash(tree, entry);
      if (hash == null) {
        try (InputStream content = tree.read(path)) {
          hash = ContentHash.read(content);
        }
      }
    } catch (IOException e) {
      throw new StorageException(
          "cannot read '" + tree.describe(path) + "'",
          Objects.toString(e.getMessage(), null),
          List.of(),
          e);
    }
    Stat after = tree.stat(path).orElseThrow(() -> changed(path));
    if (after.mtime() != entry.mtime()
        || after.size() != entry.size()
        || after.inode() != entry.inode()) {
      throw changed(path);
    }
    return new ObjectFacts(hash, extensions);
  }

  private EmblemaException changed(SafePath path) {
    return new ConflictException(
        "'" + tree.describe(path) + "' changed while it was read",
        "a master tree must be at rest: stop what writes to it, or read a snapshot");
  }

  /** Security labels are the policy of the target machine and left out. */
  private TreeMap<String, String> extensions(SafePath path) {
    TreeMap<String, String> extensions = new TreeMap<>();
    for (Map.Entry<String, byte[]> attribute : tree.extendedAttributes(path).entrySet()) {
      if (!attribute.getKey().equals("security.selinux")
          && !attribute.getKey().equals("security.apparmor")) {
        extensions.put(
            attribute.getKey(), Base64.getEncoder().encodeToString(attribute.getValue()));
      }
    }
    return extensions;
  }
}
