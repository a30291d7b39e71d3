package emblema.image.change;

import emblema.bootenv.BootEnvironment;
import emblema.core.error.EmblemaException;
import emblema.core.event.Event;
import emblema.core.io.FileLock;
import emblema.core.io.RealDisk;
import emblema.core.io.SafePath;
import emblema.image.apply.Applied;
import emblema.image.image.History;
import emblema.image.image.Image;
import emblema.image.image.ImageConfig;
import emblema.image.transport.Transport;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A plan carried out in a copy of the running environment (spec boot-environments 4.1). The running
 * one is only read; the copy is activated when everything in it is done, saved and durable, and
 * destroyed when anything fails before.
 */
final class NewEnvironment implements AutoCloseable {
  private final LiveEnvironment running;
  private final String name;
  private final Image source;
  private final UpdateTransaction.Surroundings around;
  private @Nullable Image copy;

  NewEnvironment(
      LiveEnvironment running, String name, Image source, UpdateTransaction.Surroundings around) {
    this.running = running;
    this.name = name;
    this.source = source;
    this.around = around;
  }

  ChangeResult carryOut(PlannedChange planned, boolean activate, ImageConfig config) {
    UnfinishedEnvironment unfinished = new UnfinishedEnvironment(source);
    unfinished.note(name, "");
    BootEnvironment environment;
    try {
      environment = running.copy(name, SharedPaths.editable(source), around.events());
    } catch (RuntimeException e) {
      unfinished.forget();
      throw e;
    }
    Applied applied;
    try {
      unfinished.note(name, environment.uuid());
      Image image = Image.open(RealDisk.open(environment.root()));
      copy = image;
      new UnfinishedEnvironment(image).forget();
      applied = apply(image, planned);
      unfinished.forget();
      if (activate) {
        running.activate(name);
      }
    } catch (RuntimeException e) {
      giveUp(e);
      throw e;
    }
    return new ChangeResult(
        applied, Optional.of(name), Optional.of(running.name()), Optional.empty(), activate);
  }

  private Applied apply(Image image, PlannedChange planned) {
    try (FileLock lock = image.lock(around.client(), around.clock());
        Transport transport = around.transports().apply(image)) {
      CachedPayloads payloads = new CachedPayloads(image, transport);
      payloads.fetch(planned.plan().contents());
      Applied applied =
          new Execution(image, payloads, around.events(), around.clock())
              .run(planned.plan(), planned.choice());
      transport.forgetTemporary(around.clock().instant());
      image.disk().syncAll(SafePath.ROOT);
      return applied;
    }
  }

  /** The environment that was not finished goes; why is told by the error itself. */
  private void giveUp(RuntimeException reason) {
    close();
    try {
      running.destroy(name);
      new UnfinishedEnvironment(source).forget();
      around
          .events()
          .emit(
              new Event.Warning(
                  "the running boot environment '"
                      + running.name()
                      + "' is unchanged; the unfinished '"
                      + name
                      + "' has been removed"));
    } catch (EmblemaException e) {
      reason.addSuppressed(e);
      around
          .events()
          .emit(
              new Event.Warning(
                  "the running boot environment '"
                      + running.name()
                      + "' is unchanged; the unfinished '"
                      + name
                      + "' is not activated and could not be removed: "
                      + e.getMessage()));
    }
  }

  /** The history of the new environment, if it was made. */
  Optional<History> history() {
    return Optional.ofNullable(copy).map(Image::history);
  }

  @Override
  public void close() {
    Image open = copy;
    copy = null;
    if (open != null) {
      open.close();
    }
  }
}
