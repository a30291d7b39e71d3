package emblema.smf.migrate;

import emblema.core.error.ConflictException;
import emblema.core.error.EmblemaException;
import emblema.core.error.StorageException;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/** Makes complete copies in a {@link WorkDirectory}, content and metadata. */
record Copier(Disk disk) {
  /**
   * @param path in the working directory
   * @param refused metadata that could not be applied
   */
  record Copy(SafePath path, long inode, List<String> refused) {
    Copy {
      refused = List.copyOf(refused);
    }

    String note() {
      return refused.isEmpty() ? "" : "not applied: " + String.join(", ", refused);
    }
  }

  private interface Content {
    void make(SafePath copy);
  }

  /** A staged object of any kind but directory and socket. */
  Copy copy(SafePath from, Stat staged, WorkDirectory work) {
    return make(
        from,
        staged,
        staged,
        work,
        copy -> {
          switch (staged.kind()) {
            case FILE -> disk.clone(from, copy, 0600);
            case LINK -> disk.symlink(disk.readLink(from), copy);
            case FIFO, CHARACTER, BLOCK ->
                disk.makeNode(copy, staged.kind(), 0600, staged.rawDevice());
            case DIRECTORY, SOCKET -> throw new IllegalArgumentException(staged.kind().name());
          }
        });
  }

  /** An empty directory like the staged one. */
  Copy directory(SafePath from, Stat staged, WorkDirectory work) {
    SafePath copy = work.freshName();
    try {
      disk.makeDirectory(copy, 0700);
      List<String> refused = new Metadata(disk).copy(from, staged, copy);
      return new Copy(copy, disk.stat(copy).orElseThrow().inode(), refused);
    } catch (EmblemaException e) {
      work.discard(copy);
      throw e;
    }
  }

  /** The staged file's content followed by the shared one's, with the shared one's metadata. */
  Copy joined(SafePath from, Stat staged, SafePath to, Stat shared, WorkDirectory work) {
    return make(
        to,
        shared,
        staged,
        work,
        copy -> {
          disk.clone(from, copy, 0600);
          try (InputStream in = disk.read(to);
              OutputStream out = disk.append(copy)) {
            in.transferTo(out);
          } catch (IOException e) {
            throw new StorageException(
                "cannot write '" + disk.describe(copy) + "'", e.getMessage(), List.of(), e);
          }
        });
  }

  /** One more name for a file that this run has copied; a conflict if it is no longer that file. */
  Copy link(SafePath existing, long inode, WorkDirectory work) {
    SafePath copy = work.freshName();
    disk.link(existing, copy);
    if (disk.stat(copy).orElseThrow().inode() != inode) {
      work.discard(copy);
      throw new ConflictException("'" + disk.describe(existing) + "' was replaced meanwhile");
    }
    return new Copy(copy, inode, List.of());
  }

  /**
   * @param like the object whose metadata the copy gets
   * @param staged as it was before it was read; a copy of anything else is refused
   */
  private Copy make(
      SafePath like, Stat likeStat, Stat staged, WorkDirectory work, Content content) {
    SafePath copy = work.freshName();
    try {
      content.make(copy);
      List<String> refused = new Metadata(disk).copy(like, likeStat, copy);
      Stat now = disk.stat(like).orElse(null);
      if (now == null
          || !Collisions.isOneObject(now, likeStat)
          || now.ctime() != likeStat.ctime()
          || now.size() != likeStat.size()) {
        throw new ConflictException("'" + disk.describe(like) + "' changed while it was copied");
      }
      Stat made = disk.stat(copy).orElseThrow();
      if (likeStat.equals(staged) && staged.isFile() && made.size() != staged.size()) {
        throw new ConflictException("'" + disk.describe(like) + "' changed while it was copied");
      }
      return new Copy(copy, made.inode(), refused);
    } catch (EmblemaException e) {
      work.discard(copy);
      throw e;
    }
  }
}
