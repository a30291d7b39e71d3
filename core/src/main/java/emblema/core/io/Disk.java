package emblema.core.io;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The only way to look at and change a file system. A disk is an <em>opened root directory</em>: no
 * path leaves it, and no symbolic link below it is ever followed (a link on the way to an object is
 * a {@code ConflictException} that names it).
 *
 * <p>Every failure is an {@code EmblemaException} that names the path: not found, conflict (exists,
 * not empty, a link in the way), access, storage (full, read-only, I/O).
 *
 * <p>Nothing is durable until {@link #sync} or {@link #syncAll} has returned. The protocol for
 * durable files is {@code AtomicFile} (one) and {@code Staging} (many): write temporary names, sync
 * once, rename, sync the directories; the file that makes a transaction visible is renamed last.
 */
public interface Disk extends AutoCloseable {

  /** The root, for messages and for handing to child processes. */
  Path root();

  /** The root and the path joined, for messages. */
  default String describe(SafePath path) {
    return path.isRoot() ? root().toString() : root() + "/" + path.text();
  }

  // -- looking

  /** Nothing if the object, or a directory on the way to it, does not exist. */
  Optional<Stat> stat(SafePath path);

  /** Names in a directory, sorted by code point. */
  List<String> list(SafePath directory);

  /** One name in a directory and what it is. */
  record Entry(String name, Stat stat) {}

  /** Like {@link #list} with the {@link Stat} of each name, cheaper than asking one by one. */
  default List<Entry> entries(SafePath directory) {
    return list(directory).stream()
        .flatMap(name -> stat(directory.resolve(name)).map(s -> new Entry(name, s)).stream())
        .toList();
  }

  String readLink(SafePath link);

  /** A regular file's content. */
  InputStream read(SafePath file);

  /** A whole small file. */
  byte[] readBytes(SafePath file);

  /**
   * Names to values, sorted by name; includes {@code system.posix_acl_*} and {@code security.*}.
   */
  Map<String, byte[]> extendedAttributes(SafePath path);

  /** Free space and inodes of the file system that holds the path. */
  Space space(SafePath path);

  /**
   * @param freeBytes available to this process
   * @param totalBytes of the file system
   * @param freeInodes or {@code Long.MAX_VALUE} where the file system has no limit
   * @param usedInodes or 0 where nobody counts them
   */
  record Space(long freeBytes, long totalBytes, long freeInodes, long usedInodes) {
    /** Whether everything on the file system, and so any part of it, would fit once more. */
    public boolean holdsAllAgain() {
      return totalBytes - freeBytes < freeBytes && usedInodes < freeInodes;
    }
  }

  /** Whether this process may give files to any owner. */
  boolean isPrivileged();

  // -- changing

  /** Creates a directory of exactly this mode; conflict if anything is there. */
  void makeDirectory(SafePath directory, int mode);

  /** Creates a regular file of exactly this mode that must not exist. Closing does not sync. */
  OutputStream create(SafePath file, int mode);

  /** Opens an existing regular file for writing at its end (journals). */
  OutputStream append(SafePath file);

  /**
   * Overwrites bytes within an existing regular file, which keeps its length. Only for files that
   * nobody else sees yet: a reader, or a crash, may find some of the bytes.
   */
  void patch(SafePath file, long offset, byte[] bytes);

  void symlink(String target, SafePath link);

  /** A second name for an existing file; the new name must not exist. */
  void link(SafePath existing, SafePath name);

  void makeNode(SafePath path, Stat.Kind kind, int mode, long rawDevice);

  /**
   * Copies one file's content to a new name, which may be on another file system, sharing blocks
   * where the file systems can. Holes stay holes.
   */
  void clone(SafePath file, SafePath copy, int mode);

  /**
   * Like {@link #clone} where the blocks can be shared; elsewhere nothing happens and the answer is
   * false.
   */
  default boolean share(SafePath file, SafePath copy, int mode) {
    return false;
  }

  /** Replaces what is there, atomically. */
  void rename(SafePath from, SafePath to);

  /** Conflict if the new name exists. */
  void renameNoReplace(SafePath from, SafePath to);

  /** Swaps two existing names, atomically. */
  void exchange(SafePath one, SafePath other);

  /** Removes anything but a directory. */
  void remove(SafePath path);

  /** Removes an empty directory; conflict if it is not empty. */
  void removeDirectory(SafePath directory);

  /** All twelve bits; a symbolic link has no mode and is refused. */
  void setMode(SafePath path, int mode);

  /**
   * Clears set-id bits, so set the mode afterwards. Of the object itself, never of a link's target.
   */
  void setOwner(SafePath path, int uid, int gid);

  /** Nanoseconds since the epoch; of the object itself. */
  void setTimes(SafePath path, long atime, long mtime);

  void setExtendedAttribute(SafePath path, String name, byte[] value);

  void removeExtendedAttribute(SafePath path, String name);

  /**
   * Lets the disk keep directories open between calls until the result is closed: cheaper for very
   * many calls in a few directories. Only for who has the tree to himself: what others rename
   * meanwhile may be seen late.
   */
  default Hold hold() {
    return () -> {};
  }

  /** An ongoing {@link #hold}. */
  @FunctionalInterface
  interface Hold extends AutoCloseable {
    @Override
    void close();
  }

  // -- durability

  /** Makes one file's content, or one directory's entries, durable. */
  void sync(SafePath path);

  /** Makes everything on the root's file system durable, with one call. */
  void syncAll();

  /**
   * Makes everything durable on the file system that holds the path, which may be mounted somewhere
   * below the root. A disk whose tree is one file system has nothing to add to {@link #syncAll()};
   * a disk on a real tree overrides this.
   */
  default void syncAll(SafePath path) {
    syncAll();
  }

  @Override
  void close();
}
