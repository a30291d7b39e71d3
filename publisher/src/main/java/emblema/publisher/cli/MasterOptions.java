package emblema.publisher.cli;

import emblema.cli.Arguments;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.core.error.NotFoundException;
import emblema.core.error.StorageException;
import emblema.core.error.UsageException;
import emblema.core.event.EventSink;
import emblema.core.io.Disk;
import emblema.publisher.master.cosmetic.Comparison;
import emblema.publisher.master.rule.Rule;
import emblema.publisher.master.rule.RuleReader;
import emblema.publisher.master.rule.Rules;
import emblema.publisher.master.select.FileClass;
import emblema.publisher.master.select.MasterTree;
import emblema.publisher.master.select.ScanCaches;
import emblema.publisher.master.select.Selection;
import emblema.publisher.master.select.SelectionRules;
import emblema.publisher.master.select.TreeReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The options that choose and read trees; shared by all subcommands that look at one. */
final class MasterOptions {
  private final Arguments arguments;
  private final Session session;
  private final Rules rules;
  private final Selection selection;
  private final int threads;

  MasterOptions(Arguments arguments, Session session) {
    this(arguments, session, 0);
  }

  MasterOptions(Arguments arguments, Session session, int threads) {
    this(arguments, session, threads, Rules.NONE);
  }

  /**
   * @param threads instead of what the options say, or 0
   * @param more rules after those of the options
   */
  MasterOptions(Arguments arguments, Session session, int threads, Rules more) {
    this.threads = threads;
    this.arguments = arguments;
    this.session = session;
    this.rules = readRules(more);
    this.selection = new Selection(selectionRules(), classesOff(), rules);
  }

  static Syntax addTo(Syntax syntax) {
    return syntax
        .list("-x", "path", "leave out a file, or a directory with all below")
        .list("-y", "path", "put back what an exclusion leaves out")
        .list("-X", "file", "paths to leave out, one a line")
        .list("-f", "file", "paths to deliver, one a line, whatever their class")
        .flag("-F", "deliver nothing but the paths of -f, literally")
        .list("-z", "file", "lines '+ path' and '- path'")
        .list("--class", "name=on|off", "switch a built-in class of paths")
        .flag("--no-default-classes", "switch all built-in classes off")
        .list("--rules", "file", "a rule file; may be repeated, later wins")
        .value("-j", "n", "threads")
        .value("--cache", "dir", "where scans are remembered")
        .flag("--no-cache", "read every file anew")
        .count("-v", "tell more")
        .flag("-q", "tell only warnings and errors")
        .excludes("-q", "-v")
        .excludes("--cache", "--no-cache");
  }

  /** The switches for comparing two trees. */
  static Syntax addComparison(Syntax syntax) {
    return syntax
        .flag("--skip-cosmetic", "stamps of Python caches, gzip streams and archives do not count")
        .flag("--elf-loadable", "ELF files that load the same do not count as changed")
        .flag("--trust-stat", "files of equal size and time are not read again");
  }

  Comparison comparison() {
    return new Comparison(arguments.has("--skip-cosmetic"), arguments.has("--elf-loadable"));
  }

  Rules rules() {
    return rules;
  }

  Selection selection() {
    return selection;
  }

  EventSink events() {
    return arguments.has("-q") ? session.quietEvents() : session.events();
  }

  int threads() {
    if (threads > 0) {
      return threads;
    }
    int given = arguments.number("-j").orElse(Runtime.getRuntime().availableProcessors());
    if (given < 1) {
      throw arguments.invalid("-j", "a number from 1");
    }
    return given;
  }

  /** The directory that an option names, opened. */
  Disk tree(String option) {
    return tree(option, Optional.empty());
  }

  /**
   * The same, or the tree that a differential archive makes of another.
   *
   * @param base the other
   */
  private Disk tree(String option, Optional<Disk> base) {
    return OldTree.directory(arguments.required(option), option, base, session);
  }

  /**
   * An old tree, if there is one, and the new one.
   *
   * @param old null if only what was published counts
   */
  record Pair(@Nullable MasterTree old, MasterTree now) {}

  /**
   * Reads the tree that {@code -R} names and the one that {@code -A} names, once if they are the
   * same.
   *
   * @param isNew whether the new tree is to be published
   */
  Pair pair(boolean isNew) {
    Optional<Disk> old = new OldTree(arguments.required("-A"), session).open();
    Disk disk = tree("-R", old);
    if (arguments.has("--trust-stat")) {
      MasterTree trusted =
          reader()
              .read(
                  old.orElseThrow(
                      () ->
                          new UsageException(
                              "option '--trust-stat' needs an old tree: option '-A'")),
                  false);
      return new Pair(trusted, reader().trusting(trusted.delivered()).read(disk, isNew));
    }
    boolean same =
        old.filter(each -> each.root().equals(disk.root())).isPresent()
            && rules.all(Rule.Shared.class).findAny().isEmpty();
    if (same) {
      MasterTree both = reader().read(disk, isNew);
      return new Pair(both, both);
    }
    Optional<MasterTree> before = old.map(each -> reader().read(each, false));
    return new Pair(before.orElse(null), reader().read(disk, isNew, before));
  }

  TreeReader reader() {
    return new TreeReader(rules, selection, caches(), ownUid(), threads(), events());
  }

  /** What an ordinary user owns counts as root's: ids of their own mean nothing on a machine. */
  private static int ownUid() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid") instanceof Integer uid
          ? uid
          : -1;
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return -1;
    }
  }

  private Optional<ScanCaches> caches() {
    if (arguments.has("--no-cache")) {
      return Optional.empty();
    }
    Optional<Path> directory =
        arguments
            .value("--cache")
            .map(session::resolve)
            .or(
                () ->
                    session
                        .environment("XDG_CACHE_HOME")
                        .map(home -> Path.of(home).resolve("emblema")))
            .or(
                () ->
                    session
                        .environment("HOME")
                        .map(home -> Path.of(home).resolve(".cache/emblema")));
    return directory
        .flatMap(path -> DirectoryMaker.make(path))
        .map(path -> ScanCaches.in(path, session.clock()));
  }

  private Rules readRules(Rules more) {
    Rules all = more;
    for (String file : arguments.values("--rules")) {
      all = all.precededBy(RuleReader.read(text(file), file));
    }
    return all;
  }

  private SelectionRules selectionRules() {
    SelectionRules.Builder builder = new SelectionRules.Builder();
    List<String> standardInput = new ArrayList<>();
    arguments.values("-x").forEach(builder::exclude);
    arguments.values("-y").forEach(builder::include);
    for (String option : List.of("-X", "-f", "-z")) {
      for (String file : arguments.values(option)) {
        if (file.equals("-")) {
          standardInput.add(option);
        }
        String text = text(file);
        switch (option) {
          case "-X" -> builder.excludeLines(text);
          case "-f" -> builder.listLines(text);
          default -> builder.signedLines(text, file);
        }
      }
    }
    if (standardInput.size() > 1) {
      throw new UsageException(
          "only one of " + String.join(", ", standardInput) + " may read standard input");
    }
    if (arguments.has("-F")) {
      builder.listOnly();
    }
    return builder.build();
  }

  private Set<FileClass> classesOff() {
    Set<FileClass> off =
        arguments.has("--no-default-classes")
            ? EnumSet.allOf(FileClass.class)
            : EnumSet.noneOf(FileClass.class);
    for (String text : arguments.values("--class")) {
      String[] parts = text.split("=", 2);
      Optional<FileClass> named = FileClass.named(parts[0]);
      if (named.isEmpty() || parts.length < 2 || !parts[1].matches("on|off")) {
        throw new UsageException(
            "invalid argument '" + text + "' for option '--class'",
            "classes are "
                + String.join(
                    ", ", EnumSet.allOf(FileClass.class).stream().map(FileClass::word).toList()));
      }
      if (parts[1].equals("on")) {
        off.remove(named.get());
      } else {
        off.add(named.get());
      }
    }
    return off;
  }

  private String text(String file) {
    try {
      if (file.equals("-")) {
        return new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
      }
      return Files.readString(session.resolve(file));
    } catch (java.nio.file.NoSuchFileException e) {
      throw new NotFoundException("file '" + file + "' does not exist");
    } catch (IOException e) {
      throw new StorageException(
          "cannot read '" + file + "'", String.valueOf(e.getMessage()), List.of(), e);
    }
  }
}
