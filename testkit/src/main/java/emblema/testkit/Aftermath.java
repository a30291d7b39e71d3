package emblema.testkit;

import emblema.core.error.EmblemaException;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.testkit.Operation.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * What a power cut leaves. A change of a directory's entries is safe once that directory, or the
 * whole disk, was synced after it; content and attributes once the object, or the whole disk, was.
 * Of the rest a file system may have kept anything, as long as the entries of one directory, and
 * the writes to one object, are kept in their order.
 */
enum Aftermath {
  /** Nothing is kept that was not synced. */
  LOST {
    @Override
    Set<Operation> kept(List<Operation> done, Random random) {
      return safe(done);
    }
  },
  /**
   * All entries are kept but no content that was not synced: the zero-length file after a rename.
   */
  EMPTY_FILES {
    @Override
    Set<Operation> kept(List<Operation> done, Random random) {
      Set<Operation> kept = safe(done);
      done.stream().filter(Operation::isEntryChange).forEach(kept::add);
      return kept;
    }
  },
  /** Each directory and each object keeps as much as it likes. */
  SHUFFLED {
    @Override
    Set<Operation> kept(List<Operation> done, Random random) {
      Set<Operation> kept = safe(done);
      Map<String, Integer> left = new HashMap<>();
      for (Operation operation : done) {
        if (!kept.contains(operation)) {
          String stream =
              operation.isEntryChange() ? operation.directories().getFirst() : operation.object();
          int more = left.computeIfAbsent(stream, s -> random.nextInt(4));
          if (more > 0) {
            kept.add(operation);
            left.put(stream, more - 1);
          }
        }
      }
      return kept;
    }
  };

  /** Which of the operations survive. */
  abstract Set<Operation> kept(List<Operation> done, Random random);

  private static Set<Operation> safe(List<Operation> done) {
    Set<Operation> safe = new HashSet<>();
    Set<String> synced = new HashSet<>();
    boolean isAllSynced = false;
    for (Operation operation : done.reversed()) {
      switch (operation.kind()) {
        case SYNC -> synced.add(operation.object());
        case SYNC_ALL -> isAllSynced = true;
        case CONTENT -> {
          if (isAllSynced || synced.contains(operation.object())) {
            safe.add(operation);
          }
        }
        case CREATE, ENTRY -> {
          if (isAllSynced || operation.directories().stream().anyMatch(synced::contains)) {
            safe.add(operation);
          }
        }
      }
    }
    return safe;
  }

  /** Carries out the kept operations on a fresh copy of the old tree. */
  static void replay(List<Operation> done, Set<Operation> kept, Disk disk) {
    Map<String, String> recorded = new HashMap<>(); // Objects of the copy to recorded ones.
    Set<String> created = new HashSet<>();
    for (Operation operation : new ArrayList<>(done)) {
      if (operation.kind() == Kind.CREATE) {
        created.add(operation.object());
      }
      if (!kept.contains(operation)) {
        continue;
      }
      if (operation.kind() == Kind.CONTENT) {
        String now = recorded.getOrDefault(identity(disk, operation.path()), "old");
        boolean isNew = created.contains(operation.object());
        if (!(isNew ? now.equals(operation.object()) : now.equals("old"))) {
          continue; // The name leads to another object, because a change of names was lost.
        }
      }
      try {
        operation.replay().accept(disk);
      } catch (EmblemaException e) {
        continue; // It builds on a change that was lost.
      }
      if (operation.kind() == Kind.CREATE) {
        recorded.put(identity(disk, operation.path()), operation.object());
      }
    }
  }

  private static String identity(Disk disk, SafePath path) {
    try {
      return disk.stat(path).map(s -> s.device() + ":" + s.inode()).orElse("none");
    } catch (EmblemaException e) {
      return "none";
    }
  }
}
