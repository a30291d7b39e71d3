package emblema.flash.reset;

import emblema.core.error.ConflictException;
import emblema.core.event.Event;
import emblema.core.event.EventSink;
import emblema.core.fmri.Glob;
import emblema.core.io.AtomicFile;
import emblema.core.io.Disk;
import emblema.core.io.Durability;
import emblema.core.io.OsNames;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.core.io.TreeRemoval;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Resets the host-specific files of a system that does not run. */
public final class HostReset {
  private static final String DATA = "host-files";

  private final Disk disk;
  private final List<HostRule> rules;
  private final EventSink events;

  private HostReset(Disk disk, List<HostRule> rules, EventSink events) {
    this.disk = disk;
    this.rules = rules;
    this.events = events;
  }

  /** With the rules that come with the software. */
  public static HostReset of(Disk disk, EventSink events) {
    return of(disk, data(), events);
  }

  static HostReset of(Disk disk, String data, EventSink events) {
    return new HostReset(disk, HostRule.parse(data, DATA), events);
  }

  private static String data() {
    try (InputStream in = HostReset.class.getResourceAsStream(DATA)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its file " + DATA);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Absolute patterns of everything that this may touch, for comparisons with the master. */
  public List<String> patterns() {
    return rules.stream().map(rule -> "/" + rule.pattern()).toList();
  }

  /** Does it; the paths that were changed, relative to the root. */
  public List<String> run(RootPassword password) {
    List<String> changed = new ArrayList<>();
    for (HostRule rule : rules) {
      for (SafePath path : matches(rule)) {
        try {
          if (apply(rule, path, password)) {
            changed.add(path.text());
          }
        } catch (ConflictException e) {
          events.emit(new Event.Warning("'" + path + "' was not reset: " + e.getMessage()));
        }
      }
    }
    return changed;
  }

  private List<SafePath> matches(HostRule rule) {
    List<SafePath> found = List.of(SafePath.ROOT);
    for (String name : rule.pattern().split("/", -1)) {
      boolean isPattern = name.indexOf('*') >= 0 || name.indexOf('?') >= 0;
      List<SafePath> next = new ArrayList<>();
      for (SafePath directory : found) {
        if (!isPattern) {
          next.add(directory.resolve(name));
        } else if (stat(directory).filter(Stat::isDirectory).isPresent()) {
          disk.list(directory).stream()
              .filter(each -> Glob.matches(name, each))
              .map(directory::resolve)
              .forEach(next::add);
        }
      }
      found = next;
    }
    return found;
  }

  /** What lies behind a link is not this system's for certain: it is passed over. */
  private Optional<Stat> stat(SafePath path) {
    try {
      return disk.stat(path);
    } catch (ConflictException e) {
      return Optional.empty();
    }
  }

  private boolean apply(HostRule rule, SafePath path, RootPassword password) {
    Optional<Stat> there = stat(path);
    Optional<Stat> file = there.filter(Stat::isFile);
    return switch (rule.action()) {
      case REMOVE -> there.isPresent() && remove(path);
      case EMPTY -> file.isPresent() && put(path, file.get(), "");
      case TEXT -> file.isPresent() && put(path, file.get(), rule.argument());
      case LINK -> there.isPresent() && remove(path) && link(path, rule.argument());
      case FSTAB -> file.isPresent() && localOnly(path, file.get());
      case PASSWORD ->
          file.isPresent()
              && password != RootPassword.KEEP
              && put(path, file.get(), withoutPassword(text(path), password));
      case MARK -> there.isEmpty() && mark(path);
    };
  }

  private boolean remove(SafePath path) {
    TreeRemoval.remove(disk, path);
    return true;
  }

  private boolean link(SafePath path, String target) {
    disk.symlink(target, path);
    return true;
  }

  private boolean mark(SafePath path) {
    AtomicFile.write(disk, path, 0644, new byte[0], Durability.NONE);
    return true;
  }

  private String text(SafePath path) {
    return OsNames.decode(disk.readBytes(path));
  }

  /** Another file under the name: the old one may be another environment's too. */
  private boolean put(SafePath path, Stat stat, String text) {
    if (text(path).equals(text)) {
      return false;
    }
    AtomicFile.write(disk, path, stat.mode(), OsNames.encode(text), Durability.NONE);
    if (disk.isPrivileged()) {
      disk.setOwner(path, stat.uid(), stat.gid());
      disk.setMode(path, stat.mode());
    }
    return true;
  }

  private boolean localOnly(SafePath path, Stat stat) {
    String before = text(path);
    String after = NetworkMounts.without(before);
    if (before.equals(after)) {
      return false;
    }
    SafePath original = new SafePath(path.text() + ".orig");
    AtomicFile.write(disk, original, stat.mode(), OsNames.encode(before), Durability.NONE);
    return put(path, stat, after);
  }

  private static String withoutPassword(String shadow, RootPassword password) {
    StringBuilder text = new StringBuilder();
    for (String line : shadow.split("(?<=\n)", -1)) {
      String[] fields = line.split(":", 3);
      if (fields.length == 3 && fields[0].equals("root")) {
        text.append("root:").append(password == RootPassword.LOCK ? "!" : "");
        text.append(':').append(fields[2]);
      } else {
        text.append(line);
      }
    }
    return text.toString();
  }
}
