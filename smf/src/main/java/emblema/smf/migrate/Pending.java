package emblema.smf.migrate;

import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One object on its way. Prepared by {@link Mover}, carried out by {@link Batch}.
 *
 * <p>Mutable in one thing only: whether the object has its place, so that later names of the same
 * file link to where it is now.
 */
final class Pending {
  enum Way {
    /** The staged object itself is renamed; nothing is left to remove. */
    RENAME,
    /** A complete, empty directory is renamed to its place. */
    DIRECTORY,
    /** A complete copy is renamed to its place, then the staged object removed. */
    PLACE,
    /** The same, over the shared file that the copy includes. */
    REPLACE,
    /** The shared tree has it; the staged object is removed. */
    DROP,
    /** The staged object is removed. */
    DISCARD
  }

  final Way way;
  final Outcome outcome;
  final SafePath from;
  final Stat staged;
  final StagingVisitor.Target target;

  /** The name in the shared tree. */
  final SafePath to;

  /** What is renamed there: the staged object or its copy; to drop, the shared object. */
  final SafePath source;

  /** The inode that {@code to} has, or will have. */
  final long inode;

  final String note;
  final int attempt;
  private final @Nullable Stat replaced;
  private boolean placed;

  private Pending(
      Item item,
      Way way,
      Outcome outcome,
      SafePath to,
      SafePath source,
      long inode,
      String note,
      @Nullable Stat replaced) {
    this.way = way;
    this.outcome = outcome;
    this.from = item.from;
    this.staged = item.staged;
    this.target = item.target;
    this.attempt = item.attempt;
    this.to = to;
    this.source = source;
    this.inode = inode;
    this.note = note;
    this.replaced = replaced;
  }

  /**
   * A staged object and where it belongs.
   *
   * @param attempt counts from 0
   */
  record Item(SafePath from, Stat staged, StagingVisitor.Target target, int attempt) {
    SafePath to() {
      return target.path().resolve(from.name());
    }

    Pending renamed(SafePath to, Outcome outcome) {
      return new Pending(this, Way.RENAME, outcome, to, from, staged.inode(), "", null);
    }

    Pending placed(SafePath to, Outcome outcome, Copier.Copy copy) {
      return new Pending(
          this, Way.PLACE, outcome, to, copy.path(), copy.inode(), copy.note(), null);
    }

    Pending made(Copier.Copy copy) {
      return new Pending(
          this, Way.DIRECTORY, Outcome.CREATED, to(), copy.path(), copy.inode(), copy.note(), null);
    }

    Pending replacing(SafePath to, Copier.Copy copy, Stat shared) {
      return new Pending(
          this, Way.REPLACE, Outcome.APPENDED, to, copy.path(), copy.inode(), copy.note(), shared);
    }

    Pending dropped(SafePath to, Stat shared, String note) {
      return new Pending(this, Way.DROP, Outcome.DROPPED, to, to, shared.inode(), note, null);
    }

    Pending discarded() {
      return new Pending(
          this, Way.DISCARD, Outcome.DISCARDED, to(), from, staged.inode(), "socket", null);
    }
  }

  void placed() {
    placed = true;
  }

  boolean isPlaced() {
    return placed;
  }

  /** Where the object is now. */
  SafePath location() {
    return placed ? to : source;
  }

  /** What is to be replaced, as it was when the copy was made. */
  Optional<Stat> replaced() {
    return Optional.ofNullable(replaced).map(Pending::withoutAccess);
  }

  /** Reading a file changes its access time and nothing else. */
  static Stat withoutAccess(Stat s) {
    return new Stat(
        s.kind(),
        s.mode(),
        s.uid(),
        s.gid(),
        s.size(),
        s.links(),
        s.device(),
        s.inode(),
        s.rawDevice(),
        s.allocated(),
        s.fixed(),
        s.mtime(),
        0,
        s.ctime());
  }

  /** Whether this is what the shared name must lead to; a number alone may be used again. */
  boolean isResult(Stat there) {
    boolean isCopied = staged.isFile() && (way == Way.RENAME || way == Way.PLACE);
    return there.inode() == inode
        && (!isCopied || (there.size() == staged.size() && there.mtime() == staged.mtime()));
  }

  /** Whether something lies in a working directory. */
  boolean isPrepared() {
    return isCopy() || way == Way.DIRECTORY;
  }

  boolean isCopy() {
    return way == Way.PLACE || way == Way.REPLACE;
  }

  /** Whether the staged name is one of several, so that it may only go when all have places. */
  boolean isDeferred() {
    return staged.isFile() && staged.links() > 1 && (isCopy() || way == Way.DROP);
  }
}
