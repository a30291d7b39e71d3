package emblema.flash.tree;

import emblema.core.error.StorageException;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.core.io.TreeWalker;
import emblema.flash.codec.Member;
import emblema.flash.codec.MemberWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Writes a tree as members, sorted by the bytes of their paths, directories before what they hold
 * (spec flash-archive, 8.1). Sockets are left out. Of the names of one file in cpio the last
 * carries the content, in pax the first.
 */
public final class TreeMembers {
  private final Disk disk;
  private final SafePath top;
  private final Predicate<String> selected;
  private final boolean lastCarries;

  /** Selected names of each file with several, still to come. */
  private final Map<Identity, Integer> left = new HashMap<>();

  /** In pax: where the content went. */
  private final Map<Identity, String> first = new HashMap<>();

  private final Map<Identity, Integer> total = new HashMap<>();
  private long objects;
  private long bytes;

  private record Identity(long device, long inode) {
    static Identity of(Stat stat) {
      return new Identity(stat.device(), stat.inode());
    }
  }

  /** What a tree holds. */
  public record Size(long objects, long bytes) {}

  /**
   * @param selected of paths relative to {@code top}
   * @param lastCarries whether the last name of a file carries its content, as cpio wants it
   */
  public TreeMembers(Disk disk, SafePath top, Predicate<String> selected, boolean lastCarries) {
    this.disk = disk;
    this.top = top;
    this.selected = selected;
    this.lastCarries = lastCarries;
  }

  /** Counts objects and bytes of regular files, each file once; must come before writing. */
  public Size measure() {
    walk(
        (path, stat) -> {
          objects++;
          if (!stat.isFile()) {
            return;
          }
          if (stat.links() < 2 || total.merge(Identity.of(stat), 1, Integer::sum) == 1) {
            bytes += stat.size();
          }
        });
    left.putAll(total);
    return new Size(objects, bytes);
  }

  /** Writes all members, not the end of the stream. */
  public void write(MemberWriter writer) {
    walk(
        (path, stat) -> {
          try {
            write(path, stat, writer);
          } catch (IOException e) {
            throw new StorageException(
                "cannot archive '" + disk.describe(place(path)) + "'",
                Objects.toString(e.getMessage(), null),
                List.of(),
                e);
          }
        });
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
            (path, stat) -> {
              String relative = path.text().substring(prefix);
              if (stat.kind() != Stat.Kind.SOCKET && selected.test(relative)) {
                each.take(relative, stat);
              }
              return true;
            });
  }

  private void write(String path, Stat stat, MemberWriter writer) throws IOException {
    Integer names = total.get(Identity.of(stat));
    if (!stat.isFile() || names == null || names < 2) {
      put(path, stat, stat.isFile() ? stat.size() : 0, null, 1, writer);
      return;
    }
    Identity identity = Identity.of(stat);
    if (lastCarries) {
      int remaining = Objects.requireNonNull(left.merge(identity, -1, Integer::sum));
      put(path, stat, remaining == 0 ? stat.size() : 0, null, names, writer);
      return;
    }
    String holder = first.putIfAbsent(identity, path);
    put(path, stat, holder == null ? stat.size() : 0, holder, names, writer);
  }

  private void put(
      String path, Stat stat, long size, @Nullable String holder, int names, MemberWriter writer)
      throws IOException {
    Member member =
        new Member(
            path,
            holder != null ? Member.Kind.HARD_LINK : kind(stat),
            stat.mode(),
            stat.uid(),
            stat.gid(),
            size,
            Math.floorDiv(stat.mtime(), 1_000_000_000L),
            holder != null ? holder : stat.isLink() ? disk.readLink(place(path)) : "",
            names,
            stat.device(),
            stat.inode(),
            stat.rawDevice());
    OutputStream out = writer.begin(member);
    if (size > 0) {
      try (InputStream content = disk.read(place(path))) {
        content.transferTo(out);
      }
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
}
