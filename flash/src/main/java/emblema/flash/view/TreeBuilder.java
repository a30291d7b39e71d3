package emblema.flash.view;

import emblema.core.error.MalformedException;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.core.io.TreeWalker;
import emblema.flash.codec.Member;
import emblema.flash.tree.MemberSource;
import emblema.flash.view.TreeNode.Thing;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes a tree of members and of other trees. What could not be unpacked safely is refused: names
 * that leave the tree, members below a link or a file, hard links to what is no file.
 */
public final class TreeBuilder {
  private static final long SECOND = 1_000_000_000L;

  /** Linux takes no longer path. */
  private static final int LONGEST_PATH = 4096;

  /** Archives name their directories; many that are only implied would cost memory for nothing. */
  private static final int MOST_IMPLIED = 1 << 16;

  private final String source;
  private final TreeNode root;
  private final Map<Identity, Thing> groups = new HashMap<>();
  private long things;
  private int implied;

  private record Identity(long device, long inode) {}

  /**
   * @param source names the archive in errors
   */
  public TreeBuilder(String source) {
    this.source = source;
    this.root = new TreeNode(new Thing(++things));
  }

  TreeNode root() {
    return root;
  }

  /**
   * The tree; nothing may be added afterwards.
   *
   * @param name in messages
   */
  public Disk build(Path name) {
    return new ArchiveTree(name, root, List.of());
  }

  /** Takes everything of another tree on one file system; contents stay there. */
  void addAll(Disk disk) {
    Stat top = disk.stat(SafePath.ROOT).orElseThrow();
    describe(root.thing, top);
    Map<Identity, Thing> shared = new HashMap<>();
    new TreeWalker(disk)
        .walk(
            SafePath.ROOT,
            (path, stat) -> {
              Identity identity = new Identity(stat.device(), stat.inode());
              boolean isShared = stat.isFile() && stat.links() > 1;
              Thing thing = isShared ? shared.get(identity) : null;
              if (thing == null) {
                thing = new Thing(++things);
                describe(thing, stat);
                thing.target = stat.isLink() ? disk.readLink(path) : "";
                thing.attributes = stat.isLink() ? Map.of() : disk.extendedAttributes(path);
                if (stat.isFile()) {
                  thing.content = () -> disk.read(path);
                }
                if (isShared) {
                  shared.put(identity, thing);
                }
              }
              place(path, thing);
              return stat.device() == top.device();
            });
  }

  private static void describe(Thing thing, Stat stat) {
    thing.kind = stat.kind();
    thing.mode = stat.mode();
    thing.uid = stat.uid();
    thing.gid = stat.gid();
    thing.size = stat.size();
    thing.mtime = stat.mtime();
    thing.rawDevice = stat.rawDevice();
  }

  /**
   * Takes a member; one of the same name before it goes.
   *
   * @param content of the member as it stands in the archive
   */
  public void add(Member member, MemberSource.Content content) {
    SafePath path = path(member.path());
    if (path.isRoot()) {
      if (member.kind() == Member.Kind.DIRECTORY) {
        describe(root.thing, member);
      }
      return;
    }
    if (member.kind() == Member.Kind.HARD_LINK) {
      place(path, linked(member));
      return;
    }
    TreeNode present = find(path);
    if (member.kind() == Member.Kind.DIRECTORY && present != null && present.isDirectory()) {
      describe(present.thing, member);
      return;
    }
    Thing thing = thing(member);
    if (member.kind() != Member.Kind.FILE || thing.names == 0 || member.size() > 0) {
      describe(thing, member);
      thing.content = member.kind() == Member.Kind.FILE ? content : InputStream::nullInputStream;
    }
    place(path, thing);
  }

  /** The object of a member: in cpio several names tell it by device and inode. */
  private Thing thing(Member member) {
    if (member.kind() == Member.Kind.FILE
        && member.links() > 1
        && (member.device() != 0 || member.inode() != 0)) {
      return groups.computeIfAbsent(
          new Identity(member.device(), member.inode()), key -> new Thing(++things));
    }
    return new Thing(++things);
  }

  private static void describe(Thing thing, Member member) {
    thing.kind =
        switch (member.kind()) {
          case FILE, HARD_LINK -> Stat.Kind.FILE;
          case DIRECTORY -> Stat.Kind.DIRECTORY;
          case LINK -> Stat.Kind.LINK;
          case CHARACTER -> Stat.Kind.CHARACTER;
          case BLOCK -> Stat.Kind.BLOCK;
          case FIFO -> Stat.Kind.FIFO;
          case SOCKET, OTHER -> Stat.Kind.SOCKET;
        };
    thing.mode = member.mode();
    thing.uid = (int) member.uid();
    thing.gid = (int) member.gid();
    thing.size = member.size();
    thing.mtime = member.mtime() * SECOND;
    thing.attributes = member.attributes();
    thing.rawDevice = member.rawDevice();
    thing.target = member.kind() == Member.Kind.LINK ? member.target() : "";
  }

  private Thing linked(Member member) {
    TreeNode target = find(path(member.target()));
    if (target == null || target.thing.kind != Stat.Kind.FILE) {
      throw malformed(
          "hard link '"
              + member.path()
              + "' leads to '"
              + member.target()
              + "', no file before it");
    }
    return target.thing;
  }

  private SafePath path(String name) {
    if (name.length() > LONGEST_PATH) {
      throw malformed("a path has " + name.length() + " characters");
    }
    try {
      return SafePath.of(name);
    } catch (MalformedException e) {
      throw malformed(String.valueOf(e.getMessage()));
    }
  }

  private MalformedException malformed(String reason) {
    return new MalformedException(source, 0, 0, reason, null);
  }

  /** Null if nothing of the name is there. */
  private @Nullable TreeNode find(SafePath path) {
    return find(root, path);
  }

  static @Nullable TreeNode find(TreeNode root, SafePath path) {
    TreeNode at = root;
    String text = path.text();
    int start = 0;
    while (start < text.length()) {
      int slash = text.indexOf('/', start);
      int end = slash < 0 ? text.length() : slash;
      TreeNode next = at.children.get(text.substring(start, end));
      if (next == null) {
        return null;
      }
      at = next;
      start = end + 1;
    }
    return at;
  }

  private void place(SafePath path, Thing thing) {
    TreeNode parent = directory(path.parent().orElseThrow());
    TreeNode node = new TreeNode(thing);
    thing.names++;
    Optional.ofNullable(parent.children.put(path.name(), node)).ifPresent(old -> old.thing.names--);
  }

  /** The directory of the path, made with what is above it if the archive left it out. */
  private TreeNode directory(SafePath path) {
    TreeNode at = root;
    for (String name : path.isRoot() ? new String[0] : path.text().split("/", -1)) {
      TreeNode next = at.children.get(name);
      if (next == null) {
        if (++implied > MOST_IMPLIED) {
          throw malformed("more than " + MOST_IMPLIED + " directories have no member of their own");
        }
        next = new TreeNode(new Thing(++things));
        at.children.put(name, next);
      }
      if (!next.isDirectory()) {
        throw malformed(
            "a member lies below '" + name + "', which is no directory: '" + path + "'");
      }
      at = next;
    }
    return at;
  }

  /** Takes a name away, with everything below; nothing happens if there is none. */
  void remove(SafePath path) {
    TreeNode parent = find(path.parent().orElse(SafePath.ROOT));
    if (parent != null) {
      TreeNode gone = parent.children.remove(path.name());
      if (gone != null) {
        gone.thing.names--;
      }
    }
  }
}
