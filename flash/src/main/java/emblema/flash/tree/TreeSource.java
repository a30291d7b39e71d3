package emblema.flash.tree;

import emblema.core.error.EmblemaException;
import emblema.core.error.NotFoundException;
import emblema.core.event.Event;
import emblema.core.event.EventSink;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.core.io.TreeWalker;
import emblema.flash.codec.Member;
import java.util.Map;

/**
 * A tree as members, sorted by the bytes of their paths. Sockets are left out. Memory grows with
 * the files of several names, not with the tree.
 */
public final class TreeSource implements MemberSource {
  private final Disk disk;
  private final SafePath top;
  private final Scope scope;
  private final EventSink events;
  private final LinkCounts names = new LinkCounts();
  private long objects;
  private long bytes;
  private boolean isMeasured;

  /** Tells the names of one object on disk. */
  record Identity(long device, long inode) {}

  /**
   * What a source holds.
   *
   * @param bytes of regular files, each file once however many names it has
   */
  public record Size(long objects, long bytes) {}

  public TreeSource(Disk disk, SafePath top, Scope scope, EventSink events) {
    this.disk = disk;
    this.top = top;
    this.scope = scope;
    this.events = events;
  }

  /** Counts, and learns which names belong together; the first look at the tree does so anyway. */
  public Size measure() {
    if (!isMeasured) {
      isMeasured = true;
      walk(
          (path, stat) -> {
            objects++;
            if (!stat.isFile()) {
              return;
            }
            if (stat.links() < 2 || names.add(stat) == 1) {
              bytes += stat.size();
            }
          });
    }
    return new Size(objects, bytes);
  }

  @Override
  public void each(Visitor visitor) {
    measure();
    walk(
        (path, stat) -> {
          SafePath place = place(path);
          int links = stat.isFile() && stat.links() > 1 ? Math.max(1, names.of(stat)) : 1;
          visitor.member(member(path, stat, links, disk, place), () -> disk.read(place));
        });
  }

  /**
   * One object on disk as a member.
   *
   * @param links how many names of it the source shows
   */
  public static Member member(String path, Stat stat, int links, Disk disk, SafePath place) {
    return new Member(
        path,
        kind(stat),
        stat.mode(),
        Integer.toUnsignedLong(stat.uid()),
        Integer.toUnsignedLong(stat.gid()),
        stat.isFile() ? stat.size() : 0,
        Math.floorDiv(stat.mtime(), 1_000_000_000L),
        stat.isLink() ? disk.readLink(place) : "",
        stat.isDirectory() ? stat.links() : links,
        stat.device(),
        stat.inode(),
        stat.rawDevice(),
        attributes(stat, disk, place));
  }

  private static Map<String, byte[]> attributes(Stat stat, Disk disk, SafePath place) {
    if (stat.isLink()) {
      return Map.of();
    }
    try {
      return disk.extendedAttributes(place);
    } catch (NotFoundException e) {
      return Map.of(); // gone meanwhile, which reading it will tell
    }
  }

  private static Member.Kind kind(Stat stat) {
    return switch (stat.kind()) {
      case FILE -> Member.Kind.FILE;
      case DIRECTORY -> Member.Kind.DIRECTORY;
      case LINK -> Member.Kind.LINK;
      case FIFO -> Member.Kind.FIFO;
      case CHARACTER -> Member.Kind.CHARACTER;
      case BLOCK -> Member.Kind.BLOCK;
      case SOCKET -> Member.Kind.SOCKET;
    };
  }

  private SafePath place(String path) {
    return top.isRoot() ? SafePath.of(path) : top.resolve(path);
  }

  private interface Each {
    void take(String path, Stat stat);
  }

  private void walk(Each each) {
    int prefix = top.isRoot() ? 0 : top.text().length() + 1;
    new TreeWalker(disk)
        .walk(
            top,
            new TreeWalker.Visitor() {
              @Override
              public boolean enter(SafePath path, Stat stat) {
                if (stat.kind() == Stat.Kind.SOCKET) {
                  return false;
                }
                String relative = path.text().substring(prefix);
                Scope.Choice choice = scope.choose(relative, stat);
                if (choice != Scope.Choice.NOTHING) {
                  each.take(relative, stat);
                }
                return choice == Scope.Choice.WHOLE;
              }

              @Override
              public void failed(SafePath directory, EmblemaException failure) {
                if (!(failure instanceof NotFoundException)) {
                  throw failure;
                }
                events.emit(
                    new Event.Warning("'" + disk.describe(directory) + "' is gone meanwhile"));
              }
            });
  }
}
