package emblema.publisher.bundle;

import emblema.core.action.Action;
import emblema.core.action.ActionType;
import emblema.core.attribute.Attributes;
import emblema.core.error.NotFoundException;
import emblema.core.event.Event;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.core.io.TreeWalker;
import emblema.store.publication.PayloadSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A directory tree as actions (spec pkgsend, section 2.2), in the order of paths. Of several names
 * of one file the first is the {@code file}, the others {@code hardlink}s to it, unless they are
 * named as targets.
 */
final class DirectoryBundle implements Bundle {
  private final Disk disk;
  private final BundleOptions options;

  /**
   * @param disk its root is the tree's; closed with the bundle
   */
  DirectoryBundle(Disk disk, BundleOptions options) {
    this.disk = disk;
    this.options = options;
  }

  private record Identity(long device, long inode) {
    static Identity of(Stat stat) {
      return new Identity(stat.device(), stat.inode());
    }
  }

  /** The root itself is no action. */
  @Override
  public void forEach(Consumer<Entry> each) {
    for (String target : options.targets()) {
      if (disk.stat(SafePath.of(target)).filter(Stat::isFile).isEmpty()) {
        throw new NotFoundException(
            "the target '" + target + "' does not exist in '" + disk.root() + "'");
      }
    }
    Map<Identity, SafePath> firstNames = firstNames();
    new TreeWalker(disk)
        .walk(
            SafePath.ROOT,
            (path, stat) -> {
              add(path, stat, firstNames, each);
              return true;
            });
  }

  /** Of each file with several names the one that the others link to. */
  private Map<Identity, SafePath> firstNames() {
    Map<Identity, SafePath> first = new LinkedHashMap<>();
    List<SafePath> wanted = new ArrayList<>();
    new TreeWalker(disk)
        .walk(
            SafePath.ROOT,
            (path, stat) -> {
              if (stat.isFile() && stat.links() > 1) {
                first.putIfAbsent(Identity.of(stat), path);
                if (options.targets().contains(path.text())) {
                  wanted.add(path);
                }
              }
              return true;
            });
    wanted.reversed().forEach(path -> first.put(Identity.of(disk.stat(path).orElseThrow()), path));
    return first;
  }

  private void add(
      SafePath path, Stat stat, Map<Identity, SafePath> firstNames, Consumer<Entry> each) {
    switch (stat.kind()) {
      case DIRECTORY ->
          each.accept(new Entry(Action.of(ActionType.DIR, null, owned(path, stat)), null));
      case LINK ->
          each.accept(
              new Entry(
                  Action.of(
                      ActionType.LINK,
                      null,
                      Attributes.of("path", path.text(), "target", disk.readLink(path))),
                  null));
      case FILE -> {
        SafePath first = firstNames.getOrDefault(Identity.of(stat), path);
        boolean file = first.equals(path) || options.targets().contains(path.text());
        each.accept(
            file
                ? new Entry(
                    Action.of(ActionType.FILE, path.text(), owned(path, stat)),
                    new DiskPayload(disk, path))
                : new Entry(
                    Action.of(
                        ActionType.HARDLINK,
                        null,
                        Attributes.of("path", path.text(), "target", relative(path, first))),
                    null));
      }
      case FIFO, CHARACTER, BLOCK, SOCKET ->
          options
              .events()
              .emit(
                  new Event.Warning(
                      "skipped '"
                          + disk.describe(path)
                          + "': a package cannot hold such an object"));
    }
  }

  private Attributes owned(SafePath path, Stat stat) {
    Attributes.Builder attributes =
        Attributes.builder()
            .add("path", path.text())
            .add("mode", String.format("0%o", stat.mode()))
            .add("owner", options.ownership().owner(stat.uid(), disk.describe(path)))
            .add("group", options.ownership().group(stat.gid(), disk.describe(path)));
    options.addTime(attributes, path.name(), stat.mtime());
    return attributes.build();
  }

  /** The target as seen from the directory of the link. */
  static String relative(SafePath link, SafePath target) {
    List<String> from = List.of(link.text().split("/", -1));
    List<String> to = List.of(target.text().split("/", -1));
    int common = 0;
    while (common < Math.min(from.size(), to.size()) - 1
        && from.get(common).equals(to.get(common))) {
      common++;
    }
    return "../".repeat(from.size() - 1 - common) + String.join("/", to.subList(common, to.size()));
  }

  /** Links are not followed: what they lead to may not be part of the tree. */
  @Override
  public Optional<PayloadSource> payload(String name) {
    SafePath path = SafePath.of(name);
    return disk.stat(path).filter(Stat::isFile).map(stat -> new DiskPayload(disk, path));
  }

  @Override
  public String name() {
    return disk.root().toString();
  }

  @Override
  public void close() {
    disk.close();
  }
}
