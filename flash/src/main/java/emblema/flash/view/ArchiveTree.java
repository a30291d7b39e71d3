package emblema.flash.view;

import emblema.core.error.NotFoundException;
import emblema.core.error.StorageException;
import emblema.core.io.ReadOnlyDisk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A tree that lies in an archive, or in several. Reading needs no rights but to the archive. */
final class ArchiveTree implements ReadOnlyDisk {
  /** No file system has such a number; each tree has one of its own. */
  private static final AtomicLong DEVICES = new AtomicLong(0x0FFF_FFFFL << 32);

  private final long device = DEVICES.incrementAndGet();

  private final Path archive;
  private final TreeNode root;
  private final List<AutoCloseable> open;

  /**
   * @param archive names the tree in messages
   * @param open closed with the tree
   */
  ArchiveTree(Path archive, TreeNode root, List<AutoCloseable> open) {
    this.archive = archive;
    this.root = root;
    this.open = List.copyOf(open);
  }

  @Override
  public Path root() {
    return archive;
  }

  @Override
  public String describe(SafePath path) {
    return path.isRoot() ? archive.toString() : archive + ": " + path;
  }

  @Override
  public Optional<Stat> stat(SafePath path) {
    return Optional.ofNullable(TreeBuilder.find(root, path)).map(this::stat);
  }

  private Stat stat(TreeNode node) {
    TreeNode.Thing thing = node.thing;
    return new Stat(
        thing.kind,
        thing.mode,
        thing.uid,
        thing.gid,
        thing.size,
        node.isDirectory() ? 2 : thing.names,
        device,
        thing.number,
        thing.rawDevice,
        thing.size,
        false,
        thing.mtime,
        thing.mtime,
        thing.mtime);
  }

  @Override
  public List<String> list(SafePath directory) {
    return List.copyOf(directory(directory).children.keySet());
  }

  @Override
  public List<Entry> entries(SafePath directory) {
    List<Entry> entries = new ArrayList<>();
    directory(directory).children.forEach((name, node) -> entries.add(new Entry(name, stat(node))));
    return entries;
  }

  private TreeNode directory(SafePath path) {
    return require(path, Stat.Kind.DIRECTORY, "directory");
  }

  private TreeNode require(SafePath path, Stat.Kind kind, String word) {
    @Nullable TreeNode node = TreeBuilder.find(root, path);
    if (node == null || node.thing.kind != kind) {
      throw new NotFoundException("'" + describe(path) + "' is no " + word);
    }
    return node;
  }

  @Override
  public String readLink(SafePath link) {
    return require(link, Stat.Kind.LINK, "link").thing.target;
  }

  @Override
  public InputStream read(SafePath file) {
    return require(file, Stat.Kind.FILE, "file").thing.content.open();
  }

  @Override
  public byte[] readBytes(SafePath file) {
    try (InputStream in = read(file)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new StorageException(
          "cannot read '" + describe(file) + "'",
          Objects.toString(e.getMessage(), null),
          List.of(),
          e);
    }
  }

  @Override
  public Map<String, byte[]> extendedAttributes(SafePath path) {
    @Nullable TreeNode node = TreeBuilder.find(root, path);
    return node == null ? Map.of() : node.thing.attributes;
  }

  @Override
  public void close() {
    for (AutoCloseable each : open) {
      try {
        each.close();
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
