package emblema.publisher.send;

import emblema.core.action.Action;
import emblema.core.action.ActionType;
import emblema.core.attribute.Attributes;
import emblema.core.error.MalformedException;
import emblema.core.error.NotFoundException;
import emblema.core.event.Event;
import emblema.core.event.EventSink;
import emblema.core.fmri.Glob;
import emblema.core.io.Disk;
import emblema.core.io.OsNames;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.core.io.TreeWalker;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A directory tree as actions (spec pkgsend, section 2.2), in the order of paths. Of several names
 * of one file the first is the {@code file}, the others {@code hardlink}s to it, unless they are
 * named as targets.
 */
public final class DirectoryBundle {
  private final Disk disk;
  private final Ownership ownership;
  private final List<String> timestamped;
  private final Set<String> targets;
  private final EventSink events;

  /**
   * @param disk its root is the tree's
   * @param ownership what becomes owner and group
   * @param timestamped shell patterns of base names that keep their modification time
   * @param targets paths that become files though they are further names of a file
   * @param events told of objects that a package cannot hold
   */
  public DirectoryBundle(
      Disk disk,
      Ownership ownership,
      List<String> timestamped,
      Set<String> targets,
      EventSink events) {
    this.disk = disk;
    this.ownership = ownership;
    this.timestamped = List.copyOf(timestamped);
    this.targets = Set.copyOf(targets);
    this.events = events;
  }

  private record Identity(long device, long inode) {
    static Identity of(Stat stat) {
      return new Identity(stat.device(), stat.inode());
    }
  }

  /** Hands over the actions; the root itself is none. */
  public void forEach(Consumer<Action> each) {
    for (String target : targets) {
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
              if (!OsNames.isText(path.text())) {
                throw new MalformedException(
                    "the name of '" + disk.describe(path) + "' is not UTF-8",
                    "a manifest cannot hold it: rename or remove the object");
              }
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
                if (targets.contains(path.text())) {
                  wanted.add(path);
                }
              }
              return true;
            });
    wanted.reversed().forEach(path -> first.put(Identity.of(disk.stat(path).orElseThrow()), path));
    return first;
  }

  private void add(
      SafePath path, Stat stat, Map<Identity, SafePath> firstNames, Consumer<Action> each) {
    switch (stat.kind()) {
      case DIRECTORY -> each.accept(Action.of(ActionType.DIR, null, owned(path, stat)));
      case LINK ->
          each.accept(
              Action.of(
                  ActionType.LINK,
                  null,
                  Attributes.of("path", path.text(), "target", disk.readLink(path))));
      case FILE -> {
        SafePath first = firstNames.getOrDefault(Identity.of(stat), path);
        boolean file = first.equals(path) || targets.contains(path.text());
        each.accept(
            file
                ? Action.of(ActionType.FILE, path.text(), owned(path, stat))
                : Action.of(
                    ActionType.HARDLINK,
                    null,
                    Attributes.of("path", path.text(), "target", relative(path, first))));
      }
      case FIFO, CHARACTER, BLOCK, SOCKET ->
          events.emit(
              new Event.Warning(
                  "skipped '" + disk.describe(path) + "': a package cannot hold such an object"));
    }
  }

  private Attributes owned(SafePath path, Stat stat) {
    Attributes.Builder attributes =
        Attributes.builder()
            .add("path", path.text())
            .add("mode", String.format("0%o", stat.mode()))
            .add("owner", ownership.owner(stat.uid(), disk.describe(path)))
            .add("group", ownership.group(stat.gid(), disk.describe(path)));
    if (timestamped.stream().anyMatch(pattern -> Glob.matches(pattern, path.name()))) {
      attributes.add("timestamp", PayloadTimes.write(stat.mtime()));
    }
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
}
