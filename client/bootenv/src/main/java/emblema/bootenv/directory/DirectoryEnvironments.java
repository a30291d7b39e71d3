package emblema.bootenv.directory;

import emblema.bootenv.BootEnvironment;
import emblema.bootenv.BootEnvironments;
import emblema.bootenv.EnvironmentNames;
import emblema.core.error.ConflictException;
import emblema.core.error.MalformedException;
import emblema.core.error.NotFoundException;
import emblema.core.event.EventSink;
import emblema.core.io.AtomicFile;
import emblema.core.io.Disk;
import emblema.core.io.DiskFailure;
import emblema.core.io.Durability;
import emblema.core.io.FileLock;
import emblema.core.io.RealDisk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.core.io.TreeCopy;
import emblema.core.io.TreeRemoval;
import emblema.core.io.TreeWalker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Boot environments as full trees below one environment root. What is where, and why a crash does
 * no harm, is in docs/formats/boot-environments-directory.md.
 */
public final class DirectoryEnvironments implements BootEnvironments {
  private final Disk disk;
  private final Setting setting;
  private final EnvironmentRoot here;
  private final Mounts mounts;

  /**
   * What would otherwise be ambient.
   *
   * @param identifiers gives a new UUID each time
   * @param owner who takes the lock
   */
  public record Setting(
      Clock clock, Supplier<String> identifiers, FileLock.Owner owner, Durability durability) {}

  private DirectoryEnvironments(Disk disk, Setting setting) {
    this.disk = disk;
    this.setting = setting;
    this.here = new EnvironmentRoot(disk, setting);
    this.mounts = new Mounts(disk);
  }

  /** Opens an existing environment root. */
  public static DirectoryEnvironments open(Path root, Setting setting) {
    return on(disk(root), setting);
  }

  /** The disk of an environment root, by its real path, which is what mount tables hold. */
  public static Disk disk(Path root) {
    try {
      return RealDisk.open(root.toRealPath());
    } catch (IOException e) {
      throw DiskFailure.of("open", root, e);
    }
  }

  /** Opens an existing environment root on a disk, which closing this closes. */
  public static DirectoryEnvironments on(Disk disk, Setting setting) {
    String first =
        disk.stat(Layout.MARKER)
            .map(s -> new String(disk.readBytes(Layout.MARKER), StandardCharsets.UTF_8))
            .orElseThrow(
                () ->
                    new NotFoundException(
                        "'" + disk.root() + "' holds no boot environments",
                        "'beadm -r " + disk.root() + " init NAME' makes the first one"))
            .strip();
    if (!first.equals(Layout.FORMAT)) {
      throw new MalformedException(
          disk.describe(Layout.MARKER), 1, 1, "unknown format of boot environments", first);
    }
    return new DirectoryEnvironments(disk, setting);
  }

  /**
   * Makes an environment root with one empty environment, which is active now and on the next boot.
   * The directory must exist; what was left half-made is completed.
   */
  public static DirectoryEnvironments create(Disk disk, String name, Setting setting) {
    EnvironmentNames.require(name);
    if (disk.stat(Layout.MARKER).isPresent()) {
      throw new ConflictException("'" + disk.root() + "' holds boot environments already");
    }
    DirectoryEnvironments made = new DirectoryEnvironments(disk, setting);
    for (SafePath directory :
        List.of(Layout.TREES, Layout.INFO, Layout.MOUNTS, Layout.tree(name))) {
      if (disk.stat(directory).isEmpty()) {
        disk.makeDirectory(directory, 0755);
      }
    }
    made.here.note(name, "", "");
    setting.durability().syncAll(disk);
    made.here.point(Layout.BOOTED, name);
    made.here.point(Layout.NEXT, name);
    byte[] format = (Layout.FORMAT + "\n").getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(disk, Layout.MARKER, 0644, format, setting.durability());
    return made;
  }

  /** The environment root that an environment's tree, or a directory in it, belongs to. */
  public static Optional<Path> rootAbove(Path directory) {
    for (Path at = directory.toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.isRegularFile(at.resolve(Layout.MARKER.text()))) {
        return Optional.of(at);
      }
    }
    return Optional.empty();
  }

  /** The environment root. */
  public Path root() {
    return disk.root();
  }

  @Override
  public List<BootEnvironment> list() {
    String booted = here.linked(Layout.BOOTED);
    String next = here.linked(Layout.NEXT);
    List<BootEnvironment> all = new ArrayList<>();
    for (String name : disk.list(Layout.TREES)) {
      Optional<Stat> tree = disk.stat(Layout.tree(name)).filter(Stat::isDirectory);
      if (tree.isPresent() && !Layout.isOurs(name)) {
        Info info = here.info(name, tree.get());
        all.add(
            new BootEnvironment(
                name,
                info.uuid(),
                disk.root().resolve(Layout.linkTo(name)),
                mounts.of(name),
                name.equals(booted),
                name.equals(next),
                info.created(),
                info.description()));
      }
    }
    all.sort(Comparator.comparing(BootEnvironment::created).thenComparing(BootEnvironment::name));
    return all;
  }

  private BootEnvironment require(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new NotFoundException(
                    "boot environment '" + name + "' does not exist",
                    "'beadm list' shows those that do"));
  }

  @Override
  public Optional<BootEnvironment> forRoot(Path root) {
    return list().stream()
        .filter(
            e -> disk.stat(Layout.tree(e.name())).filter(s -> Mounts.isSame(s, root)).isPresent())
        .findFirst();
  }

  @Override
  public long space(String name) {
    long[] sum = new long[1];
    SafePath tree = Layout.tree(require(name).name());
    new TreeWalker(disk)
        .walk(
            tree,
            (path, stat) -> {
              sum[0] += stat.isDirectory() || stat.links() == 1 ? stat.allocated() : 0;
              return true;
            });
    return sum[0];
  }

  @Override
  public BootEnvironment clone(Clone request, Builder builder, EventSink events) {
    String name = EnvironmentNames.require(request.name());
    try (FileLock lock = here.lock()) {
      BootEnvironment source = require(request.source());
      requireFree(name);
      here.sweep();
      SafePath tree = Layout.tree(source.name());
      Stat top = disk.stat(tree).orElseThrow();
      ClonePolicy policy = ClonePolicy.of(source.root(), top, request.isEditable());
      CloneNeeds needs = CloneNeeds.of(disk, tree, policy);
      needs.check(disk, source.name());
      build(
          name,
          building -> {
            TreeCopy.copy(disk, tree, building, policy, needs.objects(), events);
            builder.build(disk.root().resolve(building.text()));
            here.note(name, source.name(), request.description());
          });
    }
    return require(name);
  }

  @Override
  public BootEnvironment create(String name, String description, Builder builder) {
    EnvironmentNames.require(name);
    try (FileLock lock = here.lock()) {
      requireFree(name);
      here.sweep();
      build(
          name,
          building -> {
            disk.makeDirectory(building, 0755);
            builder.build(disk.root().resolve(building.text()));
            here.note(name, "", description);
          });
    }
    return require(name);
  }

  /** Builds under a name that nobody looks at, and renames when everything is durable. */
  private void build(String name, Consumer<SafePath> work) {
    SafePath building = Layout.building(name);
    try {
      work.accept(building);
      setting.durability().syncAll(disk);
    } catch (RuntimeException e) {
      discard(building, e);
      throw e;
    }
    disk.renameNoReplace(building, Layout.tree(name));
    setting.durability().sync(disk, Layout.TREES);
  }

  private void discard(SafePath tree, RuntimeException reason) {
    try {
      TreeRemoval.remove(disk, tree);
    } catch (RuntimeException e) {
      reason.addSuppressed(e);
    }
  }

  @Override
  public void rename(String name, String newName) {
    EnvironmentNames.require(newName);
    try (FileLock lock = here.lock()) {
      BootEnvironment environment = require(name);
      requireFree(newName);
      Refusals.ifActive(environment, "rename");
      Refusals.ifMounted(environment, "rename");
      here.sweep();
      here.note(newName, here.info(name, disk.stat(Layout.tree(name)).orElseThrow()));
      disk.renameNoReplace(Layout.tree(name), Layout.tree(newName));
      setting.durability().sync(disk, Layout.TREES);
      disk.stat(Layout.info(name)).ifPresent(s -> disk.remove(Layout.info(name)));
    }
  }

  @Override
  public void destroy(String name, boolean force) {
    try (FileLock lock = here.lock()) {
      BootEnvironment environment = require(name);
      Refusals.ifActive(environment, "destroy");
      if (force) {
        mounts.unmount(name);
      } else {
        Refusals.ifMounted(environment, "destroy");
      }
      Refusals.ifSomethingIsMountedIn(environment, "destroy");
      here.sweep();
      disk.rename(Layout.tree(name), Layout.trash(name));
      setting.durability().sync(disk, Layout.TREES);
      here.sweep();
    }
  }

  @Override
  public Path mount(String name, Path directory) {
    try (FileLock lock = here.lock()) {
      mounts.mount(require(name).name(), directory);
    }
    return directory;
  }

  @Override
  public void unmount(String name) {
    try (FileLock lock = here.lock()) {
      mounts.unmount(require(name).name());
    }
  }

  @Override
  public void activate(String name) {
    try (FileLock lock = here.lock()) {
      require(name);
      setting.durability().syncAll(disk);
      here.point(Layout.NEXT, name);
    }
  }

  /**
   * Does what a boot loader would: from now on the environment that was next is the one that runs.
   */
  public BootEnvironment boot() {
    try (FileLock lock = here.lock()) {
      String name = here.linked(Layout.NEXT);
      here.point(Layout.BOOTED, require(name).name());
      return require(name);
    }
  }

  private void requireFree(String name) {
    if (disk.stat(Layout.tree(name)).isPresent()) {
      throw new ConflictException("boot environment '" + name + "' exists already");
    }
  }

  @Override
  public void close() {
    disk.close();
  }
}
