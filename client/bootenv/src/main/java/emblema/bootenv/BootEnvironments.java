package emblema.bootenv;

import emblema.core.event.EventSink;
import emblema.core.io.SafePath;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * All boot environments of a system (spec boot-environments, section 8).
 *
 * <p>Invariants of every backend: an environment is made or removed as a whole, whatever happens
 * meanwhile; activation is atomic and comes after everything in the environment is durable; the
 * environment that runs and the one that is started next are never destroyed; a failed operation
 * changes nothing.
 *
 * <p>Errors: an unknown name is a {@code NotFoundException}, an invalid one a {@code
 * UsageException}, a name that is taken and a refusal to touch an active environment are {@code
 * ConflictException}s, a second process that changes environments gets a {@code LockedException},
 * lack of space or inodes is a {@code StorageException} with figures.
 */
public interface BootEnvironments extends AutoCloseable {
  /** Files below {@code etc} and {@code var} (which includes an image's metadata). */
  Predicate<SafePath> USUALLY_EDITABLE =
      path -> path.startsWith(new SafePath("etc")) || path.startsWith(new SafePath("var"));

  /**
   * Asks for a new environment.
   *
   * @param source an existing environment's name
   * @param name of the new one
   * @param description one line, or empty
   * @param isEditable which files, relative to the root, somebody may write in place: their content
   *     is never shared with the source in a way that a write would be seen there
   */
  record Clone(String source, String name, String description, Predicate<SafePath> isEditable) {
    public Clone(String source, String name) {
      this(source, name, "", USUALLY_EDITABLE);
    }
  }

  /** In the order of creation, then by name. */
  List<BootEnvironment> list();

  default Optional<BootEnvironment> find(String name) {
    return list().stream().filter(e -> e.name().equals(name)).findFirst();
  }

  /** The one that runs. */
  default Optional<BootEnvironment> current() {
    return list().stream().filter(BootEnvironment::isCurrent).findFirst();
  }

  /** The one that is started at the next boot. */
  default Optional<BootEnvironment> next() {
    return list().stream().filter(BootEnvironment::isNext).findFirst();
  }

  /** The environment whose root this directory is, by whatever path or mount it is named. */
  Optional<BootEnvironment> forRoot(Path root);

  /** Bytes in use by this environment alone: what destroying it would free, at least. */
  long space(String name);

  /** Fills or changes a new environment before anybody can see it. */
  @FunctionalInterface
  interface Builder {
    /** Throws what is wrong: then there is no new environment. */
    void build(Path root);
  }

  default BootEnvironment clone(Clone request, EventSink events) {
    return clone(request, root -> {}, events);
  }

  /**
   * A clone that is changed before it exists: until the builder has returned, and after a failure
   * or a crash, the environments are as they were. A builder that writes to files in place must ask
   * for a clone in which everything is editable.
   */
  BootEnvironment clone(Clone request, Builder builder, EventSink events);

  /**
   * A new environment that begins as an empty directory, in all else like a clone with a builder.
   *
   * @param description one line, or empty
   */
  BootEnvironment create(String name, String description, Builder builder);

  /** Not of one that is active now or at the next boot. */
  void rename(String name, String newName);

  /**
   * Removes an environment.
   *
   * @param force unmount it first if it is mounted
   */
  void destroy(String name, boolean force);

  /** Makes the environment visible at an existing empty directory; returns that directory. */
  Path mount(String name, Path directory);

  /** Nothing happens if it is not mounted. */
  void unmount(String name);

  /** Makes the environment the one that is started at every boot from now on. */
  void activate(String name);

  /** Renews what the boot loader keeps of an environment; nothing where it keeps nothing. */
  default void updateBootArtifacts(String name) {}

  @Override
  void close();
}
