package emblema.publisher.depend;

import emblema.core.error.StorageException;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.tree.LinkTargets;
import emblema.core.tree.TreeEntry;
import emblema.core.tree.TreeIndex;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Answers what files of one tree need, and what those need in turn. Only files with an execute bit
 * and those named like shared objects are looked into, each once. Not for several threads.
 */
public final class FileNeeds {
  private static final List<String> PROGRAMS =
      List.of("usr/local/sbin", "usr/local/bin", "usr/sbin", "usr/bin", "sbin", "bin");

  private final Disk disk;
  private final TreeIndex tree;
  private final LinkTargets links;
  private final LoaderPaths loader;
  private final Map<String, Content> contents = new HashMap<>();
  private final Map<String, List<Need>> needs = new HashMap<>();

  /** Paths of what is called like shared objects, by name; filled when first asked. */
  private final Map<String, List<String>> objects = new HashMap<>();

  /** What a file is, as far as it matters here. */
  private record Content(Optional<ElfObject> elf, List<String> interpreter) {
    static final Content OTHER = new Content(Optional.empty(), List.of());
  }

  /**
   * @param disk opened at the tree's root
   */
  public FileNeeds(Disk disk, TreeIndex tree) {
    this.disk = disk;
    this.tree = tree;
    this.links = new LinkTargets(tree);
    this.loader = new LoaderPaths(disk, tree);
  }

  /** Whether a file may need anything at all. */
  public static boolean mayNeed(TreeEntry entry) {
    return entry.isFile()
        && entry.size() > 0
        && ((entry.mode() & 0111) != 0 || entry.name().contains(".so"));
  }

  /** What the file at the path needs, sorted by name; nothing for what is no program. */
  public List<Need> of(String path) {
    List<Need> known = needs.get(path);
    if (known == null) {
      known = find(path);
      needs.put(path, known);
    }
    return known;
  }

  /** The paths, what they need, what that needs, and the links on the way. */
  public Set<String> closure(Collection<String> paths) {
    Set<String> all = new TreeSet<>();
    Deque<String> waiting = new ArrayDeque<>();
    for (String path : paths) {
      links
          .follow(path)
          .ifPresent(
              resolved -> {
                all.addAll(resolved.links());
                waiting.add(resolved.path());
              });
    }
    while (!waiting.isEmpty()) {
      String path = waiting.remove();
      if (!tree.has(path) || !all.add(path)) {
        continue;
      }
      for (Need need : of(path)) {
        all.addAll(need.links());
        if (need.isMet()) {
          waiting.add(need.found());
        }
      }
    }
    return all;
  }

  /** A shared object by name, as the loader finds it for the program at the path. */
  public Optional<Need> library(String name, String program) {
    return content(program).elf().map(elf -> library(name, elf, program)).filter(Need::isMet);
  }

  /** A module that a program loads by name from a directory beside its shared objects. */
  public Optional<Need> module(String directory, String name, String program) {
    ElfObject elf = content(program).elf().orElse(null);
    if (elf == null) {
      return Optional.empty();
    }
    return loader.directories(elf, program).stream()
        .map(each -> at(name, each + "/" + directory + "/" + name))
        .filter(Need::isMet)
        .findFirst();
  }

  /** The file that a path leads to, links followed. */
  public Optional<String> file(String path) {
    return Optional.of(at(path, path)).filter(Need::isMet).map(Need::found);
  }

  private List<Need> find(String path) {
    Content content = content(path);
    TreeSet<Need> found =
        new TreeSet<>(java.util.Comparator.comparing(Need::name).thenComparing(Need::found));
    content
        .elf()
        .ifPresent(
            elf -> {
              elf.needed().forEach(name -> found.add(library(name, elf, path)));
              if (!elf.interpreter().isEmpty()) {
                found.add(at(elf.interpreter(), elf.interpreter()));
              }
            });
    if (!content.interpreter().isEmpty()) {
      String program = content.interpreter().getFirst();
      found.add(at(program, program));
      if (program.endsWith("/env") && content.interpreter().size() > 1) {
        found.add(program(content.interpreter().get(1)));
      }
    }
    return List.copyOf(found);
  }

  private Need library(String name, ElfObject elf, String path) {
    if (name.contains("/")) {
      return at(name, name);
    }
    for (String directory : loader.directories(elf, path)) {
      Need need = at(name, directory + "/" + name);
      if (need.isMet() && fits(elf, need)) {
        return need;
      }
    }
    return anywhere(name, elf);
  }

  private boolean fits(ElfObject elf, Need need) {
    return content(need.found()).elf().filter(elf::fits).isPresent();
  }

  /**
   * An object off the search path serves if it is the only one: its user's run path leads there.
   */
  private Need anywhere(String name, ElfObject elf) {
    if (objects.isEmpty()) {
      for (int i = 0; i < tree.size(); i++) {
        TreeEntry entry = tree.entry(i);
        if (!entry.isDirectory() && entry.name().contains(".so")) {
          objects.computeIfAbsent(entry.name(), key -> new ArrayList<>()).add(entry.path());
        }
      }
    }
    List<Need> serving =
        objects.getOrDefault(name, List.of()).stream()
            .map(path -> at(name, path))
            .filter(need -> need.isMet() && fits(elf, need))
            .toList();
    boolean one = serving.stream().map(Need::found).distinct().count() == 1;
    return one ? serving.getFirst() : new Need(name, "", List.of());
  }

  private Need program(String name) {
    for (String directory : PROGRAMS) {
      Need need = at(name, directory + "/" + name);
      if (need.isMet()) {
        return need;
      }
    }
    return new Need(name, "", List.of());
  }

  private Need at(String name, String path) {
    return links
        .follow(path)
        .filter(there -> tree.at(there.path()).filter(TreeEntry::isFile).isPresent())
        .map(there -> new Need(name, there.path(), there.links()))
        .orElseGet(() -> new Need(name, "", List.of()));
  }

  private Content content(String path) {
    Content known = contents.get(path);
    if (known == null) {
      TreeEntry entry = tree.at(path).filter(FileNeeds::mayNeed).orElse(null);
      known = entry == null ? Content.OTHER : read(entry);
      contents.put(path, known);
    }
    return known;
  }

  private Content read(TreeEntry entry) {
    try (FileBytes file = new FileBytes(disk, SafePath.of(entry.path()), entry.size())) {
      byte[] head = file.head();
      if (ElfObject.isElf(head)) {
        return new Content(ElfObject.read(file), List.of());
      }
      boolean script =
          (entry.mode() & 0111) != 0 && head.length > 2 && head[0] == '#' && head[1] == '!';
      return script ? new Content(Optional.empty(), interpreter(head)) : Content.OTHER;
    } catch (IOException e) {
      throw new StorageException(
          "cannot read '" + disk.describe(SafePath.of(entry.path())) + "'",
          String.valueOf(e.getMessage()),
          List.of(),
          e);
    }
  }

  /** The words of the first line; none if the interpreter has no absolute path. */
  private static List<String> interpreter(byte[] head) {
    int end = 2;
    while (end < head.length && head[end] != '\n' && head[end] != 0) {
      end++;
    }
    String line = new String(head, 2, end - 2, StandardCharsets.UTF_8).strip();
    List<String> words = new ArrayList<>(List.of(line.split("\\s+")));
    words.removeIf(word -> word.equals("-S"));
    return !words.isEmpty() && words.getFirst().startsWith("/") ? words : List.of();
  }
}
