package emblema.image.change;

import emblema.bootenv.BootEnvironment;
import emblema.bootenv.BootEnvironments;
import emblema.bootenv.EnvironmentNames;
import emblema.core.error.ConflictException;
import emblema.core.event.EventSink;
import emblema.core.io.SafePath;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The boot environment that an image is the root of, if it is one. It counts as live when it is the
 * environment that runs.
 */
public final class LiveEnvironment {
  private final BootEnvironments environments;
  private final BootEnvironment here;

  private LiveEnvironment(BootEnvironments environments, BootEnvironment here) {
    this.environments = environments;
    this.here = here;
  }

  /** Nothing if the image's root is not the root of the running environment. */
  public static Optional<LiveEnvironment> of(BootEnvironments environments, Path root) {
    return environments
        .forRoot(root)
        .filter(BootEnvironment::isCurrent)
        .map(here -> new LiveEnvironment(environments, here));
  }

  String name() {
    return here.name();
  }

  /** Whether another environment than this one is started at the next boot. */
  Optional<String> otherNext() {
    return environments.next().map(BootEnvironment::name).filter(name -> !name.equals(name()));
  }

  /** A valid and free name for a new environment. */
  String newName(EnvironmentWish wish) {
    return wish.name().map(this::free).orElseGet(() -> EnvironmentNames.free(name(), names()));
  }

  String backupName(EnvironmentWish wish) {
    return wish.backupName()
        .map(this::free)
        .orElseGet(() -> EnvironmentNames.backup(name(), names()));
  }

  private String free(String name) {
    EnvironmentNames.require(name);
    if (names().contains(name)) {
      throw new ConflictException(
          "boot environment '" + name + "' exists already", "choose another name");
    }
    return name;
  }

  private List<String> names() {
    return environments.list().stream().map(BootEnvironment::name).toList();
  }

  /** Copies the running environment. */
  BootEnvironment copy(String name, Predicate<SafePath> isEditable, EventSink events) {
    return environments.clone(
        new BootEnvironments.Clone(here.name(), name, "", isEditable), events);
  }

  Optional<BootEnvironment> find(String name) {
    return environments.find(name);
  }

  void activate(String name) {
    environments.updateBootArtifacts(name);
    environments.activate(name);
  }

  void destroy(String name) {
    environments.destroy(name, true);
  }
}
