package emblema.publisher.master.split;

import emblema.core.error.StorageException;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.core.tree.TreeEntry;
import emblema.core.tree.TreeIndex;
import emblema.flash.integrity.RpmTool;
import emblema.publisher.master.finding.Findings;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a package database inside a tree says, Debian's or rpm's, as a hint only: it misses
 * hand-made changes, which are the reason to use master images.
 */
public final class PackageHints {
  private static final String DIRECTORY = "var/lib/dpkg";

  /** What a package is to people. */
  public record Description(String version, String summary) {}

  private final Map<String, String> owners = new HashMap<>();
  private final Map<String, Description> descriptions = new HashMap<>();
  private final Set<String> editable = new HashSet<>();
  private final TreeIndex tree;

  private PackageHints(TreeIndex tree) {
    this.tree = tree;
  }

  /**
   * An empty one where the tree has none.
   *
   * @param findings told if there is one that cannot be read here
   */
  public static PackageHints read(Disk disk, TreeIndex tree, Findings findings) {
    PackageHints database = new PackageHints(tree);
    database.readDpkg(disk);
    try {
      RpmTool.of(disk).ifPresent(database::readRpm);
    } catch (StorageException e) {
      findings.note(
          e.getMessage()
              + e.detail().map(detail -> " (" + detail + ")").orElse("")
              + ": its packages say nothing about which file belongs where");
    }
    return database;
  }

  private void readDpkg(Disk disk) {
    SafePath status = SafePath.of(DIRECTORY + "/status");
    SafePath info = SafePath.of(DIRECTORY + "/info");
    if (disk.stat(status).filter(Stat::isFile).isPresent()
        && disk.stat(info).filter(Stat::isDirectory).isPresent()) {
      readStatus(text(disk, status));
      for (String name : disk.list(info)) {
        if (name.endsWith(".list")) {
          readList(name.substring(0, name.length() - 5), text(disk, info.resolve(name)));
        }
      }
    }
  }

  private void readRpm(RpmTool rpm) {
    rpm.query(
        "%{NAME}\\t%{VERSION}\\t%{SUMMARY}\\n",
        line -> {
          String[] fields = line.split("\t", 3);
          if (fields.length == 3) {
            note(fields[0], true, fields[1], fields[2]);
          }
        });
    rpm.query(
        "[%{=NAME}\\t%{FILEFLAGS}\\t%{FILENAMES}\\n]",
        line -> {
          String[] fields = line.split("\t", 3);
          if (fields.length == 3 && fields[1].matches("[0-9]{1,9}")) {
            int flags = Integer.parseInt(fields[1]);
            String path = canonical(fields[2].replaceFirst("^/+", ""));
            own(path, fields[0]);
            if ((flags & RpmTool.CONFIGURATION) != 0) {
              editable.add(path);
            }
          }
        });
  }

  private static String text(Disk disk, SafePath file) {
    return new String(disk.readBytes(file), StandardCharsets.UTF_8);
  }

  private void readStatus(String text) {
    String name = "";
    String version = "";
    String summary = "";
    boolean installed = false;
    boolean conffiles = false;
    for (String line : text.lines().toList()) {
      if (line.isEmpty()) {
        note(name, installed, version, summary);
        installed = false;
        version = "";
        summary = "";
      } else if (line.startsWith(" ") && conffiles && line.startsWith(" /")) {
        editable.add(canonical(line.substring(2).split(" ")[0]));
      } else if (!line.startsWith(" ")) {
        conffiles = line.startsWith("Conffiles:");
        if (line.startsWith("Package: ")) {
          name = line.substring(9);
        } else if (line.startsWith("Status: ")) {
          installed = line.endsWith(" installed");
        } else if (line.startsWith("Version: ")) {
          version = line.substring(9);
        } else if (line.startsWith("Description: ")) {
          summary = line.substring(13);
        }
      }
    }
    note(name, installed, version, summary);
  }

  private void note(String name, boolean installed, String version, String summary) {
    if (installed && !name.isEmpty()) {
      descriptions.put(name, new Description(version, summary));
    }
  }

  private void readList(String file, String text) {
    String name = file.split(":", 2)[0];
    if (!descriptions.containsKey(name)) {
      return;
    }
    for (String line : (Iterable<String>) text.lines()::iterator) {
      if (line.length() > 1 && line.startsWith("/")) {
        own(canonical(line.substring(1)), name);
      }
    }
  }

  private void own(String path, String name) {
    int position = tree.find(path);
    if (position >= 0 && !tree.entry(position).isDirectory()) {
      owners.putIfAbsent(tree.entry(position).path(), name);
    }
  }

  /** On systems with a merged /usr, {@code bin/x} means {@code usr/bin/x}. */
  private String canonical(String path) {
    int slash = path.indexOf('/');
    if (slash < 0) {
      return path;
    }
    Optional<TreeEntry> top = tree.at(path.substring(0, slash)).filter(TreeEntry::isLink);
    return top.map(link -> link.target().replaceFirst("^/+", "") + path.substring(slash))
        .orElse(path);
  }

  /** The name of the package that has the path. */
  public Optional<String> ownerOf(String path) {
    return Optional.ofNullable(owners.get(path));
  }

  public Optional<Description> description(String name) {
    return Optional.ofNullable(descriptions.get(name));
  }

  /** Whether it is one of the files that the packages treat as configuration. */
  public boolean isEditable(String path) {
    return editable.contains(path);
  }

  public List<String> names() {
    return descriptions.keySet().stream().sorted().toList();
  }
}
