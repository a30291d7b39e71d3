package emblema.flash.cli;

import emblema.core.io.Disk;
import emblema.core.io.RealDisk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.core.io.TreeCopy;
import emblema.core.io.TreeRemoval;
import emblema.core.io.TreeWalker;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A master and what became of it: two generated trees below one directory, {@code old} and {@code
 * new}, with every kind of object and every kind of change. Times are whole seconds, as archives
 * have them.
 */
final class ImagePair {
  static final SafePath OLD = new SafePath("old");
  static final SafePath NEW = new SafePath("new");

  private static final long SECOND = 1_000_000_000L;
  private static final String[] NAMES = {
    "a", "b.conf", "with blank", "ファイル", "-dash", "c", "lib.so.1", "x".repeat(120), "'quote'"
  };

  private final Disk disk;
  private final Random random;
  private int count;

  private ImagePair(Disk disk, Random random) {
    this.disk = disk;
    this.random = random;
  }

  static void make(Path top, Random random, int objects, int changes) throws IOException {
    try (Disk disk = RealDisk.open(top)) {
      new ImagePair(disk, random).make(objects, changes);
    }
  }

  private void make(int objects, int changes) throws IOException {
    disk.makeDirectory(OLD, 0755);
    for (String name : List.of("etc", "usr", "opt")) {
      disk.makeDirectory(OLD.resolve(name), 0755);
    }
    for (int i = 0; i < objects; i++) {
      add(OLD);
    }
    stamp(OLD);
    TreeCopy.copy(disk, OLD, NEW, TreeCopy.Policy.COPY, event -> {});
    for (int i = 0; i < changes; i++) {
      change();
    }
  }

  private List<SafePath> all(SafePath top) {
    List<SafePath> paths = new ArrayList<>();
    new TreeWalker(disk)
        .walk(
            top,
            (path, stat) -> {
              paths.add(path);
              return true;
            });
    return paths;
  }

  private Stat stat(SafePath path) {
    return disk.stat(path).orElseThrow();
  }

  private SafePath anyDirectory(SafePath top) {
    List<SafePath> directories =
        all(top).stream().filter(path -> stat(path).isDirectory()).toList();
    return directories.get(random.nextInt(directories.size()));
  }

  private void add(SafePath top) throws IOException {
    SafePath path = anyDirectory(top).resolve(NAMES[random.nextInt(NAMES.length)] + "-" + count++);
    make(top, path);
  }

  private void make(SafePath top, SafePath path) throws IOException {
    switch (random.nextInt(9)) {
      case 0, 1 -> disk.makeDirectory(path, random.nextBoolean() ? 0755 : 0711);
      case 2 -> disk.symlink(random.nextBoolean() ? "../nowhere" : "/etc/target", path);
      case 3 -> {
        List<SafePath> files = all(top).stream().filter(each -> stat(each).isFile()).toList();
        if (!files.isEmpty()) {
          disk.link(files.get(random.nextInt(files.size())), path);
        }
      }
      case 4 -> disk.makeNode(path, Stat.Kind.FIFO, 0640, 0);
      default -> file(path);
    }
    if (disk.stat(path).isPresent()) {
      stamp(path, randomTime());
    }
  }

  private void file(SafePath path) throws IOException {
    byte[] content = new byte[random.nextInt(4) == 0 ? 0 : random.nextInt(9000)];
    random.nextBytes(content);
    try (OutputStream out = disk.create(path, 0600)) {
      out.write(content);
      out.write(path.text().getBytes(StandardCharsets.UTF_8));
    }
    int[] modes = {0644, 0755, 0600, 04755, 02711, 0444};
    int mode = modes[random.nextInt(modes.length)];
    if (disk.isPrivileged()) {
      disk.setOwner(path, random.nextInt(3) * 1000, random.nextInt(3) * 10);
    }
    disk.setMode(path, mode);
  }

  private long randomTime() {
    return (1_000_000_000L + random.nextInt(100_000_000)) * SECOND;
  }

  private void stamp(SafePath path, long time) {
    disk.setTimes(path, time, time);
  }

  /** Whole seconds everywhere, from the leaves to the top. */
  private void stamp(SafePath top) {
    for (SafePath path : all(top).reversed()) {
      stamp(path, randomTime());
    }
  }

  private void change() throws IOException {
    // Deployment itself writes below etc: that must stay a directory.
    List<SafePath> paths =
        all(NEW).stream().filter(each -> !each.equals(NEW.resolve("etc"))).toList();
    SafePath path = paths.get(random.nextInt(paths.size()));
    Stat stat = stat(path);
    SafePath parent = path.parent().orElseThrow();
    Stat above = stat(parent);
    switch (random.nextInt(8)) {
      case 0 -> add(NEW);
      case 1 -> TreeRemoval.remove(disk, path);
      case 2 -> {
        TreeRemoval.remove(disk, path);
        make(NEW, path); // Often of another kind.
      }
      case 3 -> {
        if (!stat.isLink()) {
          disk.setMode(path, stat.mode() ^ 0110);
        }
      }
      case 4 -> stamp(path, randomTime());
      case 5 -> {
        if (stat.isFile()) {
          try (OutputStream out = disk.append(path)) {
            out.write('x');
          }
          stamp(path, randomTime());
        }
      }
      case 6 -> disk.rename(path, parent.resolve("renamed-" + count++));
      default -> {
        if (disk.isPrivileged()) {
          disk.setOwner(path, 7, 8);
        }
      }
    }
    settle(parent, above);
    anyTimes();
  }

  /** A directory in which something changed has a new time, but sometimes looks as before. */
  private void settle(SafePath directory, Stat before) {
    if (disk.stat(directory).filter(Stat::isDirectory).isPresent()) {
      stamp(directory, random.nextInt(3) == 0 ? before.mtime() : randomTime());
    }
  }

  /** What changed besides has a time with a fraction, which no archive could hold. */
  private void anyTimes() {
    for (SafePath path : all(NEW)) {
      if (stat(path).mtime() % SECOND != 0) {
        stamp(path, randomTime());
      }
    }
    if (stat(NEW).mtime() % SECOND != 0) {
      stamp(NEW, randomTime());
    }
  }
}
