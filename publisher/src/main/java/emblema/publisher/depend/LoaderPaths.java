package emblema.publisher.depend;

import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.tree.LinkTargets;
import emblema.core.tree.TreeEntry;
import emblema.core.tree.TreeIndex;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where the loader looks for shared objects: run path, the directories of the tree's {@code
 * etc/ld.so.conf}, the usual ones (spec pkgdepend, section 4.1, the deviation for Linux).
 */
final class LoaderPaths {
  private static final SafePath CONFIGURATION = SafePath.of("etc/ld.so.conf");
  private static final int MOST_INCLUDES = 100;

  private final Disk disk;
  private final TreeIndex tree;
  private final Set<String> configured = new LinkedHashSet<>();
  private int included;

  LoaderPaths(Disk disk, TreeIndex tree) {
    this.disk = disk;
    this.tree = tree;
    if (tree.at(CONFIGURATION.text()).filter(TreeEntry::isFile).isPresent()) {
      read(CONFIGURATION);
    }
  }

  private void read(SafePath file) {
    if (++included > MOST_INCLUDES) {
      return;
    }
    String text = new String(disk.readBytes(file), StandardCharsets.UTF_8);
    for (String line : (Iterable<String>) text.lines()::iterator) {
      String words = line.replaceFirst("#.*", "").strip();
      if (words.startsWith("include ") || words.startsWith("include\t")) {
        for (String glob : words.substring(8).strip().split("\\s+")) {
          include(glob, file);
        }
      } else if (words.startsWith("/")) {
        configured.add(words.replaceFirst("^/+", "").replaceFirst("[=\\s].*$", ""));
      }
    }
  }

  /** A pattern within one directory, as is usual: {@code ld.so.conf.d/*.conf}. */
  private void include(String glob, SafePath from) {
    String whole = glob.startsWith("/") ? glob.substring(1) : parent(from.text()) + "/" + glob;
    String directory = parent(whole);
    Pattern names =
        Pattern.compile(
            "\\Q"
                + whole
                    .substring(directory.length() + 1)
                    .replace("*", "\\E[^/]*\\Q")
                    .replace("?", "\\E[^/]\\Q")
                + "\\E");
    String resolved =
        new LinkTargets(tree).follow(directory).map(LinkTargets.Resolution::path).orElse("");
    TreeIndex.Span span = tree.below(resolved);
    for (int i = span.first(); i < span.last(); i++) {
      TreeEntry entry = tree.entry(i);
      boolean file = entry.isFile() && entry.parent().equals(resolved);
      if (file && names.matcher(entry.name()).matches()) {
        read(SafePath.of(entry.path()));
      }
    }
  }

  /** Directories to search for what an object needs, in order, without leading slashes. */
  List<String> directories(ElfObject object, String path) {
    Set<String> directories = new LinkedHashSet<>();
    for (String each : object.runPath()) {
      expanded(each, object, path).forEach(directories::add);
    }
    directories.addAll(configured);
    directories.addAll(standard(object));
    return List.copyOf(directories);
  }

  /** Where the loader looks on its own. */
  static List<String> standard(ElfObject object) {
    List<String> directories = new ArrayList<>();
    String triplet = triplet(object);
    if (object.wide()) {
      directories.add("lib64");
      directories.add("usr/lib64");
    }
    directories.add("lib");
    directories.add("usr/lib");
    if (!triplet.isEmpty()) {
      directories.add("lib/" + triplet);
      directories.add("usr/lib/" + triplet);
    }
    return List.copyOf(directories);
  }

  /** Entries that are not absolute after expansion mean the process's directory: nothing here. */
  private static List<String> expanded(String entry, ElfObject object, String path) {
    String origin = entry.replaceAll("\\$(ORIGIN\\b|\\{ORIGIN\\})", quoted("/" + parent(path)));
    List<String> values = new ArrayList<>();
    if (origin.matches(".*\\$(LIB\\b|\\{LIB\\}).*")) {
      List<String> libraries = new ArrayList<>(List.of("lib"));
      libraries.add(object.wide() ? "lib64" : "lib32");
      libraries.add("lib/" + triplet(object));
      libraries.forEach(
          each -> values.add(origin.replaceAll("\\$(LIB\\b|\\{LIB\\})", quoted(each))));
    } else {
      values.add(origin);
    }
    return values.stream()
        .map(each -> each.replaceAll("\\$(PLATFORM\\b|\\{PLATFORM\\})", platform(object)))
        .filter(each -> each.startsWith("/"))
        .map(each -> each.replaceFirst("^/+", ""))
        .toList();
  }

  private static String quoted(String text) {
    return java.util.regex.Matcher.quoteReplacement(text);
  }

  private static String platform(ElfObject object) {
    return triplet(object).replaceFirst("-.*", "");
  }

  private static String triplet(ElfObject object) {
    return switch (object.machine()) {
      case 3 -> "i386-linux-gnu";
      case 21 -> "powerpc64le-linux-gnu";
      case 22 -> "s390x-linux-gnu";
      case 40 -> "arm-linux-gnueabihf";
      case 62 -> object.wide() ? "x86_64-linux-gnu" : "x86_64-linux-gnux32";
      case 183 -> "aarch64-linux-gnu";
      case 243 -> "riscv64-linux-gnu";
      default -> "";
    };
  }

  private static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }
}
