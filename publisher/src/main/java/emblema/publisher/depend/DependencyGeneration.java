package emblema.publisher.depend;

import emblema.core.action.Action;
import emblema.core.action.ActionType;
import emblema.core.error.StorageException;
import emblema.core.fmri.Fmri;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.core.manifest.Manifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What the files of a manifest need, found by looking into them (spec pkgdepend, sections 3 and 4):
 * shared objects and loaders of programs, interpreters of scripts, targets of hard links. The
 * loader's directories are those of Linux.
 */
public final class DependencyGeneration {
  private static final Fmri SELF = Fmri.parse("self@1");

  private final List<Disk> trees;
  private final List<String> runPaths;
  private final boolean internal;
  private final List<String> problems = new ArrayList<>();

  /**
   * @param trees searched in order for the files
   * @param runPaths instead of the loader's own directories; none: those
   * @param internal whether what the package delivers itself is told too
   */
  public DependencyGeneration(List<Disk> trees, List<String> runPaths, boolean internal) {
    this.trees = List.copyOf(trees);
    this.runPaths = List.copyOf(runPaths);
    this.internal = internal;
  }

  /** Sorted, each once. */
  public List<Action> generate(Manifest manifest) {
    DeliveredPaths own = new DeliveredPaths();
    own.add(SELF, manifest);
    TreeSet<Action> found =
        new TreeSet<>(Comparator.comparing(emblema.core.action.ActionWriter::write));
    for (Action action : manifest.actions()) {
      for (Action need : needs(action)) {
        boolean met =
            Placeholders.candidates(need).stream()
                .anyMatch(path -> !own.find(path, need).isEmpty());
        if (internal || !met) {
          found.add(need);
        }
      }
    }
    return List.copyOf(found);
  }

  /** What could not be looked into, each a sentence. */
  public List<String> problems() {
    return List.copyOf(problems);
  }

  private List<Action> needs(Action action) {
    if (action.type() == ActionType.HARDLINK) {
      String parent = parent(action.key());
      String target = action.attributes().get("target", "");
      String path = Placeholders.normal(target.startsWith("/") ? target : parent + "/" + target);
      return List.of(
          Placeholders.make(
              "hardlink",
              path.substring(path.lastIndexOf('/') + 1),
              List.of(parent(path)),
              action));
    }
    if (action.type() != ActionType.FILE) {
      return List.of();
    }
    String token = String.valueOf(action.payload());
    SafePath path = SafePath.of(token.equals("NOHASH") ? action.key() : token);
    for (Disk tree : trees) {
      Optional<Stat> stat = tree.stat(path).filter(Stat::isFile);
      if (stat.isPresent()) {
        return stat.get().size() == 0 ? List.of() : content(tree, path, stat.get().size(), action);
      }
    }
    problems.add("could not find the file '" + path.text() + "' of '" + action.key() + "'");
    return List.of();
  }

  private List<Action> content(Disk tree, SafePath path, long size, Action action) {
    try (FileBytes file = new FileBytes(tree, path, size)) {
      byte[] head = file.head();
      if (ElfObject.isElf(head)) {
        return ElfObject.read(file).map(elf -> program(elf, action)).orElse(List.of());
      }
      boolean script = head.length > 2 && head[0] == '#' && head[1] == '!' && isExecutable(action);
      return script ? script(head, action) : List.of();
    } catch (IOException e) {
      throw new StorageException(
          "cannot read '" + tree.describe(path) + "'",
          String.valueOf(e.getMessage()),
          List.of(),
          e);
    }
  }

  private static boolean isExecutable(Action action) {
    String mode = action.attributes().get("mode", "0");
    return mode.matches("[0-7]{1,6}") && (Integer.parseInt(mode, 8) & 0111) != 0;
  }

  private List<Action> script(byte[] head, Action action) {
    String text = new String(head, StandardCharsets.ISO_8859_1);
    String line = text.substring(2).split("[\r\n]", 2)[0].strip();
    String interpreter = line.split("\\s+", 2)[0];
    if (!interpreter.startsWith("/")) {
      problems.add(
          "the interpreter '" + interpreter + "' of '" + action.key() + "' is no absolute path");
      return List.of();
    }
    String path = Placeholders.normal(interpreter);
    String whole = path.startsWith("bin/") ? "usr/" + path : path;
    return List.of(
        Placeholders.make(
            "script", whole.substring(whole.lastIndexOf('/') + 1), List.of(parent(whole)), action));
  }

  private List<Action> program(ElfObject elf, Action action) {
    List<String> directories = new ArrayList<>();
    for (String directory : elf.runPath()) {
      String expanded =
          directory
              .replace("${ORIGIN}", "/" + parent(action.key()))
              .replace("$ORIGIN", "/" + parent(action.key()));
      if (expanded.contains("$")) {
        problems.add(
            "'" + action.key() + "' has the run path '" + directory + "', which is not known");
      } else {
        directories.add(Placeholders.normal(expanded));
      }
    }
    directories.addAll(
        runPaths.isEmpty()
            ? LoaderPaths.standard(elf)
            : runPaths.stream().map(Placeholders::normal).toList());
    List<String> distinct = directories.stream().distinct().toList();
    List<Action> needs = new ArrayList<>();
    for (String name : elf.needed()) {
      needs.add(Placeholders.make("elf", name, distinct, action));
    }
    if (!elf.interpreter().isEmpty()) {
      String loader = Placeholders.normal(elf.interpreter());
      String file = loader.substring(loader.lastIndexOf('/') + 1);
      needs.add(Placeholders.make("elf", file, List.of(parent(loader)), action));
    }
    return needs;
  }

  private static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }
}
