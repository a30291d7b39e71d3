package emblema.publisher.master.prove;

import emblema.core.action.Action;
import emblema.core.error.StorageException;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.core.tree.TreeEntry;
import emblema.core.tree.TreeIndex;
import emblema.publisher.master.plan.Plan;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a machine might keep: a file in each directory that the release removes or moves, a line in
 * each editable file; and where they must be after the update.
 */
final class Probes {
  static final String NAME = ".emblema-probe";
  private static final String LINE = "# emblema probe\n";
  private static final String LOST = "var/pkg/lost+found";
  private static final Set<String> EDITED = Set.of("true", "renamenew", "renameold");

  private final Plan plan;

  /** Old place to new place; empty text for lost+found. */
  private final TreeMap<String, String> files = new TreeMap<>();

  private final TreeMap<String, String> edits = new TreeMap<>();

  Probes(Plan plan) {
    this.plan = plan;
  }

  int count() {
    return files.size() + edits.size();
  }

  /** Puts the probes into an image of the old release. */
  void place(Disk image) {
    TreeIndex now = plan.now().delivered();
    TreeIndex before = plan.ledger().tree();
    for (int i = 0; i < before.size(); i++) {
      TreeEntry entry = before.entry(i);
      SafePath path = SafePath.of(entry.path());
      boolean there = image.stat(path).filter(Stat::isDirectory).isPresent();
      if (entry.isDirectory()
          && there
          && !plan.ledger().isGenerated(entry.path())
          && now.at(entry.path()).filter(TreeEntry::isDirectory).isEmpty()) {
        write(image.create(path.resolve(NAME), 0644), entry.path());
        files.put(entry.path() + "/" + NAME, destination(entry.path()));
      }
    }
    for (Map.Entry<String, Action> each : plan.ledger().special().entrySet()) {
      SafePath path = SafePath.of(each.getKey());
      String preserve = each.getValue().attributes().get("preserve", "");
      if (EDITED.contains(preserve)
          && image.stat(path).filter(Stat::isFile).isPresent()
          && !plan.ledger().isGenerated(each.getKey())) {
        write(image.append(path), LINE);
        edits.put(each.getKey(), preserve);
      }
    }
  }

  private static void write(OutputStream out, String text) {
    try (out) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new StorageException(
          "cannot write a probe", String.valueOf(e.getMessage()), List.of(), e);
    }
  }

  private String destination(String directory) {
    for (String receiver : plan.transitions().receivers()) {
      for (String from : plan.transitions().salvagedInto(receiver)) {
        if (covers(from, directory)) {
          return receiver + directory.substring(from.length()) + "/" + NAME;
        }
      }
    }
    for (Map.Entry<String, Action> staging : plan.transitions().staging().entrySet()) {
      for (String from : staging.getValue().attributes().all("salvage-from")) {
        if (covers(from, directory)) {
          return staging.getKey() + directory.substring(from.length()) + "/" + NAME;
        }
      }
    }
    return "";
  }

  private static boolean covers(String from, String directory) {
    return directory.equals(from) || directory.startsWith(from + "/");
  }

  /** Paths at which an updated image may differ from a fresh one. */
  Set<String> expected() {
    Set<String> paths = new HashSet<>();
    files.values().forEach(path -> addWithParents(path, paths));
    edits
        .keySet()
        .forEach(path -> List.of("", ".new", ".old").forEach(end -> paths.add(place(path) + end)));
    return paths;
  }

  private static void addWithParents(String path, Set<String> paths) {
    String each = path;
    while (!each.isEmpty()) {
      paths.add(each);
      int slash = each.lastIndexOf('/');
      each = slash < 0 ? "" : each.substring(0, slash);
    }
  }

  /** Where an editable file is after the update. */
  private String place(String path) {
    return plan.transitions().originalNames().entrySet().stream()
        .filter(each -> each.getValue().endsWith(":" + path))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(path);
  }

  /** What is not where it should be after the update. */
  List<String> missing(Disk image) {
    List<String> missing = new ArrayList<>();
    String lost =
        image.stat(SafePath.of(LOST)).isPresent() ? lostAndFound(image, SafePath.of(LOST)) : "";
    files.forEach(
        (from, to) -> {
          boolean found =
              to.isEmpty()
                  ? lost.contains(
                      "\n" + from.substring(0, from.length() - NAME.length() - 1) + "\n")
                  : image.stat(SafePath.of(to)).filter(Stat::isFile).isPresent();
          if (!found) {
            missing.add("'" + from + "' is not at '" + (to.isEmpty() ? LOST : to) + "'");
          }
        });
    edits.forEach(
        (path, preserve) -> {
          String now = place(path);
          boolean kept = has(image, now) || has(image, now + ".old") || lost.contains(LINE.strip());
          if (!kept) {
            missing.add("the edit of '" + path + "' is lost");
          }
        });
    return missing;
  }

  private static boolean has(Disk image, String file) {
    SafePath path = SafePath.of(file);
    return image.stat(path).filter(Stat::isFile).isPresent()
        && new String(image.readBytes(path), StandardCharsets.UTF_8).contains(LINE.strip());
  }

  /** Contents of all small files below, each between line feeds. */
  private static String lostAndFound(Disk image, SafePath directory) {
    StringBuilder text = new StringBuilder("\n");
    for (Disk.Entry entry : image.entries(directory)) {
      SafePath path = directory.resolve(entry.name());
      if (entry.stat().isDirectory()) {
        text.append(lostAndFound(image, path));
      } else if (entry.stat().isFile() && entry.stat().size() < 1 << 20) {
        text.append(new String(image.readBytes(path), StandardCharsets.UTF_8)).append('\n');
      }
    }
    return text.toString();
  }
}
