package emblema.publisher.master.ledger;

import emblema.core.action.Action;
import emblema.core.action.DirectoryAction;
import emblema.core.action.FileAction;
import emblema.core.action.HardLinkAction;
import emblema.core.action.LinkAction;
import emblema.core.error.MalformedException;
import emblema.core.io.Stat;
import emblema.core.tree.ContentHash;
import emblema.core.tree.ObjectFacts;
import emblema.core.tree.TreeEntry;
import emblema.core.tree.TreeIndex;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Actions of manifests seen as a directory tree, so that it can be compared with one. */
final class PublishedTree {
  private static final String FILE_HASH = "file:sha512t_256:";

  private final TreeIndex known;
  private final Map<String, TreeEntry> entries = new HashMap<>();
  private final Map<String, ObjectFacts> facts = new HashMap<>();
  private final Map<String, String> hardLinks = new HashMap<>();
  private final Map<String, String> names = new HashMap<>();

  /**
   * @param known a tree that is held anyway, whose equal texts and hashes are used again
   */
  PublishedTree(TreeIndex known) {
    this.known = known;
  }

  /** Takes an action that lives in the space of paths; what came first at a path stays. */
  String add(Action action) {
    String path = known.textOf(action.pathIfAny().orElse(""));
    switch (action) {
      case FileAction file -> {
        put(
            path,
            Stat.Kind.FILE,
            file.mode(),
            file.owner(),
            file.group(),
            Math.max(0, file.size()),
            "");
        facts.putIfAbsent(path, known.factsOf(path, new ObjectFacts(hash(file), extensions(file))));
      }
      case DirectoryAction directory -> {
        put(
            path,
            Stat.Kind.DIRECTORY,
            directory.mode(),
            directory.owner(),
            directory.group(),
            0,
            "");
        facts.putIfAbsent(path, new ObjectFacts(null, extensions(directory)));
      }
      case LinkAction link -> put(path, Stat.Kind.LINK, 0777, "", "", 0, link.target());
      case HardLinkAction link -> hardLinks.putIfAbsent(path, resolve(path, link.target()));
      default -> throw new IllegalArgumentException(action.type().word());
    }
    return path;
  }

  private void put(
      String path, Stat.Kind kind, int mode, String owner, String group, long size, String target) {
    entries.putIfAbsent(
        path,
        new TreeEntry(
            path, kind, mode, name(owner), name(group), -1, -1, size, 1, 0, 0, 0, 0, 0, target));
  }

  private String name(String text) {
    return names.computeIfAbsent(text, same -> same);
  }

  private static @Nullable ContentHash hash(FileAction file) {
    String sha1 = file.payload();
    if (sha1 == null || !isSha1(sha1)) {
      throw new MalformedException("published file '" + file.path() + "' has no hash");
    }
    for (String each : file.attributes().all("pkg.content-hash")) {
      if (each.startsWith(FILE_HASH) && each.length() == FILE_HASH.length() + 64) {
        return ContentHash.of(sha1, each.substring(FILE_HASH.length()));
      }
    }
    return ContentHash.of(sha1, "");
  }

  private static boolean isSha1(String text) {
    return text.length() == 40
        && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
  }

  private static TreeMap<String, String> extensions(Action action) {
    TreeMap<String, String> extensions = new TreeMap<>();
    for (String each : action.attributes().all(ImageFacts.EXTENDED_ATTRIBUTE)) {
      int colon = each.lastIndexOf(':');
      if (colon > 0) {
        extensions.put(each.substring(0, colon), each.substring(colon + 1));
      }
    }
    return extensions;
  }

  /** The path that a hard link's target means: relative to the link's directory, or to the root. */
  private static String resolve(String path, String target) {
    if (target.startsWith("/")) {
      return target.substring(1);
    }
    List<String> names = new ArrayList<>(List.of(path.split("/")));
    names.removeLast();
    for (String name : target.split("/")) {
      if (name.equals("..") && !names.isEmpty()) {
        names.removeLast();
      } else if (!name.equals(".") && !name.equals("..")) {
        names.add(name);
      }
    }
    return String.join("/", names);
  }

  /** Everything taken so far; hard links share the number of their leader. */
  TreeIndex index() {
    Map<String, Long> inodes = new HashMap<>();
    for (Map.Entry<String, String> link : new TreeMap<>(hardLinks).entrySet()) {
      TreeEntry leader = entries.get(link.getValue());
      if (leader == null || !leader.isFile()) {
        continue; // a link to another package's file: nothing to compare with
      }
      long number = inodes.computeIfAbsent(leader.path(), key -> inodes.size() + 1L);
      entries.put(link.getKey(), numbered(leader, link.getKey(), number));
      facts.put(link.getKey(), facts.getOrDefault(leader.path(), ObjectFacts.NONE));
    }
    inodes.forEach(
        (path, number) ->
            entries.computeIfPresent(path, (key, entry) -> numbered(entry, path, number)));
    TreeIndex index = TreeIndex.of(List.copyOf(entries.values()));
    for (int i = 0; i < index.size(); i++) {
      index.learn(i, facts.getOrDefault(index.entry(i).path(), ObjectFacts.NONE));
    }
    return index;
  }

  private static TreeEntry numbered(TreeEntry entry, String path, long inode) {
    return new TreeEntry(
        path,
        entry.kind(),
        entry.mode(),
        entry.owner(),
        entry.group(),
        -1,
        -1,
        entry.size(),
        2,
        0,
        inode,
        0,
        0,
        0,
        "");
  }
}
