package emblema.publisher.master.select;

import emblema.core.error.ConflictException;
import emblema.core.error.NotFoundException;
import emblema.core.event.Event;
import emblema.core.event.EventSink;
import emblema.core.io.Disk;
import emblema.core.io.ReadOnlyDisk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.core.tree.Oddities;
import emblema.core.tree.ScanCache;
import emblema.core.tree.TreeContents;
import emblema.core.tree.TreeEntry;
import emblema.core.tree.TreeIndex;
import emblema.core.tree.TreeScan;
import emblema.core.tree.TwinTree;
import emblema.publisher.master.rule.Rule;
import emblema.publisher.master.rule.Rules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Reads a master tree: scan, owners by rule, shared directories by rule, selection, contents. */
public final class TreeReader {
  private static final int SHOWN = 20;

  private final Rules rules;
  private final Selection selection;
  private final Optional<ScanCaches> caches;
  private final int ownUid;
  private final int threads;
  private final EventSink events;
  private final TreeIndex trusted;

  /**
   * @param ownUid the id of an ordinary user who runs this on a tree of their own: what they own
   *     without a name in the tree counts as root's; -1 for nobody
   */
  public TreeReader(
      Rules rules,
      Selection selection,
      Optional<ScanCaches> caches,
      int ownUid,
      int threads,
      EventSink events) {
    this(rules, selection, caches, ownUid, threads, events, TreeIndex.EMPTY);
  }

  private TreeReader(
      Rules rules,
      Selection selection,
      Optional<ScanCaches> caches,
      int ownUid,
      int threads,
      EventSink events,
      TreeIndex trusted) {
    this.rules = rules;
    this.selection = selection;
    this.caches = caches;
    this.ownUid = ownUid;
    this.threads = threads;
    this.events = events;
    this.trusted = trusted;
  }

  /**
   * The same, but a file of the size and modification time that it has in another tree, whose
   * contents are known, is taken to be that file, without reading it.
   */
  public TreeReader trusting(TreeIndex other) {
    return new TreeReader(rules, selection, caches, ownUid, threads, events, other);
  }

  /**
   * Reads the tree.
   *
   * @param isNew whether it is the tree to be published: paths named by options must exist, and
   *     rules put directories into shared areas
   */
  public MasterTree read(Disk disk, boolean isNew) {
    return read(disk, isNew, Optional.empty());
  }

  /**
   * As {@link #read(Disk, boolean)}.
   *
   * @param similar a tree that was read, from which this one differs little: reading is faster
   */
  public MasterTree read(Disk disk, boolean isNew, Optional<MasterTree> similar) {
    Optional<ScanCaches> caches = caches(disk);
    long began = caches.map(ScanCaches::now).orElse(0L);
    Oddities oddities = new Oddities();
    TreeIndex all = TreeScan.read(disk, selection::enters, oddities, events).map(this::owned);
    if (isNew) {
      all = withShared(all);
      checkOptions(disk, all);
    }
    if (similar.isPresent()) {
      all.shareWith(similar.get().all());
    }
    TreeIndex delivered = selection.apply(all);
    checkOwners(disk, delivered);
    trust(delivered);
    ScanCache cache = caches.map(each -> each.read(disk.root())).orElse(ScanCache.NONE);
    TwinTree twin =
        similar.map(tree -> TwinTree.of(tree.disk(), tree.delivered())).orElse(TwinTree.NONE);
    int unknown = new TreeContents(disk, cache, twin, threads, events).learn(delivered, i -> true);
    similar.ifPresent(tree -> delivered.shareWith(tree.delivered()));
    if (unknown > 0) {
      caches.ifPresent(each -> each.write(disk.root(), delivered, began));
    }
    return MasterTree.of(disk, all, delivered, oddities);
  }

  /** What is not on a file system has no numbers that tell whether it is the same as before. */
  private Optional<ScanCaches> caches(Disk disk) {
    return disk instanceof ReadOnlyDisk ? Optional.empty() : caches;
  }

  private void trust(TreeIndex delivered) {
    for (int i = 0; i < delivered.size() && trusted.size() > 0; i++) {
      TreeEntry entry = delivered.entry(i);
      int position = entry.isFile() ? trusted.find(entry.path()) : -1;
      if (position >= 0
          && trusted.entry(position).isFile()
          && trusted.entry(position).size() == entry.size()
          && trusted.entry(position).mtime() == entry.mtime()) {
        delivered.learn(i, trusted.facts(position));
      }
    }
  }

  private TreeEntry owned(TreeEntry entry) {
    Optional<Rule.Owner> rule = rules.owner(entry.path());
    if (rule.isPresent()) {
      return entry.ownedBy(rule.get().user(), rule.get().group());
    }
    if (ownUid > 0
        && entry.uid() == ownUid
        && (entry.owner().isEmpty() || entry.group().isEmpty())) {
      return entry.ownedBy(
          entry.owner().isEmpty() ? "root" : entry.owner(),
          entry.group().isEmpty() ? "root" : entry.group());
    }
    return entry;
  }

  /** A directory that a rule puts into a shared area becomes a link; what it holds stays out. */
  private TreeIndex withShared(TreeIndex all) {
    List<Rule.Shared> shared = rules.all(Rule.Shared.class).toList();
    if (shared.isEmpty()) {
      return all;
    }
    return all.filter(
            i ->
                shared.stream()
                    .noneMatch(rule -> all.entry(i).path().startsWith(rule.path() + "/")))
        .map(
            entry ->
                shared.stream()
                    .filter(rule -> rule.path().equals(entry.path()) && entry.isDirectory())
                    .findFirst()
                    .map(rule -> linked(entry, rule.target()))
                    .orElse(entry));
  }

  private static TreeEntry linked(TreeEntry entry, String target) {
    long up = entry.path().chars().filter(c -> c == '/').count();
    return new TreeEntry(
        entry.path(),
        Stat.Kind.LINK,
        entry.mode(),
        entry.owner(),
        entry.group(),
        entry.uid(),
        entry.gid(),
        0,
        1,
        entry.device(),
        entry.inode(),
        0,
        entry.mtime(),
        entry.ctime(),
        "../".repeat((int) up) + target);
  }

  private void checkOptions(Disk disk, TreeIndex all) {
    Selection.Missing missing = selection.missing(all);
    if (!missing.included().isEmpty()) {
      throw new NotFoundException(
          "'" + disk.describe(SafePath.of(missing.included().getFirst())) + "' does not exist",
          "paths of -f, -y and '+' lines must exist in the new tree");
    }
    missing
        .excluded()
        .forEach(
            path -> events.emit(new Event.Warning("excluded path '" + path + "' does not exist")));
  }

  private void checkOwners(Disk disk, TreeIndex delivered) {
    List<String> nameless = new ArrayList<>();
    TreeSet<String> ids = new TreeSet<>();
    for (int i = 0; i < delivered.size(); i++) {
      TreeEntry entry = delivered.entry(i);
      if (!entry.isLink() && (entry.owner().isEmpty() || entry.group().isEmpty())) {
        nameless.add(entry.path());
        ids.add(entry.owner().isEmpty() ? "uid " + entry.uid() : "gid " + entry.gid());
      }
    }
    if (!nameless.isEmpty()) {
      int shown = Math.min(SHOWN, nameless.size());
      throw new ConflictException(
          "objects in '"
              + disk.root()
              + "' belong to ids without a name: "
              + String.join(", ", ids),
          String.join("\n", nameless.subList(0, shown))
              + (nameless.size() > shown ? "\nand " + (nameless.size() - shown) + " more" : ""),
          List.of(
              "names come from the tree's own etc/passwd and etc/group; add the accounts there",
              "or name the owner with a rule: owner root:root PATTERN"),
          null);
    }
  }
}
