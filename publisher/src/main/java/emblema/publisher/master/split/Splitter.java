package emblema.publisher.master.split;

import emblema.core.fmri.Fmri;
import emblema.core.tree.LinkGroups;
import emblema.core.tree.LinkTargets;
import emblema.core.tree.TreeEntry;
import emblema.core.tree.TreeIndex;
import emblema.publisher.master.change.Move;
import emblema.publisher.master.change.Transitions;
import emblema.publisher.master.finding.Findings;
import emblema.publisher.master.ledger.Ledger;
import emblema.publisher.master.rule.Rules;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives each object to one package. In this order: rule, where it was published before, where the
 * file it was moved from is, the package database inside the tree, its place, {@code
 * system/unclassified}. Directories without a rule or a past follow the only package that has
 * something in them, else {@code system/filesystem}.
 */
public final class Splitter {
  public static final String UNCLASSIFIED = "system/unclassified";
  public static final String FILESYSTEM = "system/filesystem";
  static final String DEBIAN = "debian/";
  private static final String NOTHING = "nothing places it";

  /** However little a tree holds, these belong to no application. */
  private static final Set<String> SYSTEM_DIRECTORIES =
      Set.of(
          "bin",
          "boot",
          "dev",
          "etc",
          "home",
          "lib",
          "lib64",
          "media",
          "mnt",
          "opt",
          "opt/share",
          "proc",
          "root",
          "run",
          "sbin",
          "srv",
          "sys",
          "tmp",
          "usr",
          "usr/bin",
          "usr/include",
          "usr/lib",
          "usr/lib64",
          "usr/local",
          "usr/sbin",
          "usr/share",
          "usr/share/doc",
          "usr/share/man",
          "var",
          "var/cache",
          "var/lib",
          "var/log",
          "var/share",
          "var/spool",
          "var/tmp");

  private final TreeIndex tree;
  private final LinkGroups links;
  private final Rules rules;
  private final Ledger ledger;
  private final PackageHints database;
  private final ImageDatabase image;
  private final NamePatterns patterns;
  private final Map<String, String> movedFrom = new HashMap<>();
  private final List<Move> movedDirectories;
  private final boolean resplit;
  private final Findings findings;
  private final String[] stems;
  private final String[] reasons;

  public Splitter(
      TreeIndex tree,
      LinkGroups links,
      Rules rules,
      Ledger ledger,
      PackageHints database,
      Set<String> sharedRoots,
      Transitions transitions,
      boolean resplit,
      ImageDatabase image,
      Findings findings) {
    this.image = image;
    this.tree = tree;
    this.links = links;
    this.rules = rules;
    this.ledger = ledger;
    this.database = database;
    this.patterns = new NamePatterns(tree, sharedRoots);
    transitions.fileMoves().forEach(move -> movedFrom.put(move.to(), move.from()));
    this.movedDirectories = transitions.directoryMoves();
    this.resplit = resplit;
    this.findings = findings;
    this.stems = new String[tree.size()];
    this.reasons = new String[tree.size()];
  }

  /** Everything into one package. */
  public static Assignment single(TreeIndex tree, String stem) {
    String[] stems = new String[tree.size()];
    String[] reasons = new String[tree.size()];
    Arrays.fill(stems, stem);
    Arrays.fill(reasons, "option --single");
    return new Assignment(tree, stems, reasons);
  }

  public Assignment assign() {
    for (int i = 0; i < tree.size(); i++) {
      if (!tree.entry(i).isDirectory()) {
        assignObject(i);
      }
    }
    keepLinksTogether();
    followTargets();
    assignDirectories();
    return new Assignment(tree, stems, reasons);
  }

  private void assignObject(int position) {
    String path = tree.entry(position).path();
    if (byRule(position, path)
        || (!resplit && byLedger(position, path, path, "published there before"))) {
      return;
    }
    String from = movedFrom.get(path);
    if (from != null && byLedger(position, path, from, "moved from there")) {
      return;
    }
    for (Move move : movedDirectories) {
      if (path.startsWith(move.to() + "/")
          && byLedger(
              position,
              path,
              move.from() + path.substring(move.to().length()),
              "moved with its directory")) {
        return;
      }
    }
    Fmri installed = image.at(path).map(ImageDatabase.Delivered::owner).orElse(null);
    if (installed != null) {
      set(position, installed.stem(), "installed there by '" + installed.toShortString() + "'");
      return;
    }
    String debian = database.ownerOf(path).orElse(null);
    if (debian != null) {
      set(position, DEBIAN + debian, "Debian package " + debian);
    } else {
      patterns
          .suggest(path)
          .ifPresentOrElse(
              stem -> set(position, stem, "its place"), () -> set(position, UNCLASSIFIED, NOTHING));
    }
  }

  private boolean byRule(int position, String path) {
    return rules
        .assignment(path)
        .map(
            rule -> {
              set(position, rule.name(), "rule");
              return true;
            })
        .orElse(false);
  }

  private boolean byLedger(int position, String path, String published, String reason) {
    return ledger
        .ownerOf(published)
        .map(
            stem -> {
              set(position, stem, path.equals(published) ? reason : reason + ": " + published);
              return true;
            })
        .orElse(false);
  }

  private void set(int position, String stem, String reason) {
    stems[position] = stem.intern();
    reasons[position] = reason;
  }

  private void keepLinksTogether() {
    links
        .groups()
        .forEach(
            (leader, paths) -> {
              Set<String> ruled = new LinkedHashSet<>();
              paths.forEach(
                  path -> rules.assignment(path).ifPresent(rule -> ruled.add(rule.name())));
              if (ruled.size() > 1) {
                findings.error(
                    "hard links of one file are put into several packages by rules ("
                        + String.join(", ", ruled)
                        + "): "
                        + String.join(", ", paths));
              }
              String stem = ruled.isEmpty() ? stems[tree.find(leader)] : ruled.iterator().next();
              paths.forEach(path -> set(tree.find(path), stem, "hard link of " + leader));
            });
  }

  /** A symbolic link that nothing places belongs to what it leads to: libraries, alternatives. */
  private void followTargets() {
    LinkTargets targets = new LinkTargets(tree);
    for (int i = 0; i < tree.size(); i++) {
      TreeEntry entry = tree.entry(i);
      if (entry.isLink() && UNCLASSIFIED.equals(stems[i]) && NOTHING.equals(reasons[i])) {
        String target = targets.resolve(entry.path(), entry.target()).orElse("");
        int there = tree.find(target);
        if (there >= 0 && tree.entry(there).isFile() && !UNCLASSIFIED.equals(stems[there])) {
          set(i, stems[there], "it leads to " + target);
        }
      }
    }
  }

  private void assignDirectories() {
    Set<String> alive = new HashSet<>(Arrays.asList(stems));
    for (Map.Entry<String, Boolean> each : directoriesOnly().entrySet()) {
      if (each.getValue()) {
        alive.add(each.getKey());
      }
    }
    Map<String, String> below = onlyPackageBelow();
    for (int i = 0; i < tree.size(); i++) {
      TreeEntry entry = tree.entry(i);
      if (!entry.isDirectory()) {
        continue;
      }
      String path = entry.path();
      String owner = resplit ? null : ledger.ownerOf(path).orElse(null);
      if (byRule(i, path)) {
        continue;
      }
      if (owner != null && alive.contains(owner)) {
        set(i, owner, "published there before");
      } else {
        unruled(i, path, below.get(path));
      }
    }
  }

  private void unruled(int position, String path, @Nullable String onlyBelow) {
    if (SYSTEM_DIRECTORIES.contains(path)) {
      set(position, FILESYSTEM, "a directory that every system has");
    } else if (onlyBelow == null) {
      patterns
          .suggest(path)
          .ifPresentOrElse(
              stem -> set(position, stem, "its place"),
              () -> set(position, FILESYSTEM, "an empty directory"));
    } else if (onlyBelow.isEmpty()) {
      set(position, FILESYSTEM, "several packages have something in it");
    } else {
      set(position, onlyBelow, "only this package has something in it");
    }
  }

  /** Published packages: whether they hold nothing but directories. */
  private Map<String, Boolean> directoriesOnly() {
    Map<String, Boolean> only = new HashMap<>();
    TreeIndex published = ledger.tree();
    for (int i = 0; i < published.size(); i++) {
      boolean directory = published.entry(i).isDirectory();
      ledger
          .ownerOf(published.entry(i).path())
          .ifPresent(stem -> only.merge(stem, directory, Boolean::logicalAnd));
    }
    return only;
  }

  /** For each directory the package that alone has objects below it; empty text for several. */
  private Map<String, String> onlyPackageBelow() {
    Map<String, String> below = new HashMap<>();
    for (int i = 0; i < tree.size(); i++) {
      if (tree.entry(i).isDirectory()) {
        continue;
      }
      String directory = tree.entry(i).parent();
      while (!directory.isEmpty()) {
        String before = below.putIfAbsent(directory, stems[i]);
        if (before != null) {
          if (before.equals(stems[i]) || before.isEmpty()) {
            break;
          }
          below.put(directory, "");
        }
        int slash = directory.lastIndexOf('/');
        directory = slash < 0 ? "" : directory.substring(0, slash);
      }
    }
    return below;
  }
}
