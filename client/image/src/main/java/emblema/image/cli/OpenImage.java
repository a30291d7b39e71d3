package emblema.image.cli;

import emblema.cli.Session;
import emblema.core.error.NotFoundException;
import emblema.core.error.UsageException;
import emblema.core.event.EventSink;
import emblema.core.io.FileLock;
import emblema.core.io.RealDisk;
import emblema.image.change.Recovery;
import emblema.image.image.Image;
import emblema.image.image.ImageKind;
import emblema.image.image.ImageLayout;
import emblema.image.image.Recorder;
import emblema.image.transport.OriginOpener;
import emblema.image.transport.Origins;
import emblema.image.transport.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The image that a command works on, found by the rules of spec client-cli, section 1.2, and what
 * else a command needs beside it.
 */
public final class OpenImage implements AutoCloseable {
  private static final int TRANSFERS = 4;

  private final Image image;
  private final Session session;

  private OpenImage(Image image, Session session) {
    this.image = image;
    this.session = session;
  }

  /** Finds and opens the image; nothing in it is read yet but where it is. */
  public static OpenImage of(Session session) {
    Path root = root(session);
    return new OpenImage(Image.open(RealDisk.open(root)), session);
  }

  /** For commands that have no image. */
  static void refuseRoot(Session session) {
    if (session.globals().has("-R")) {
      throw new UsageException("-R not allowed for this subcommand");
    }
  }

  private static Path root(Session session) {
    Optional<String> typed = session.globals().value("-R");
    if (typed.isPresent()) {
      return exactly(session, typed.get(), "");
    }
    Optional<String> variable = session.environment("PKG_IMAGE");
    if (variable.isPresent()) {
      return exactly(session, variable.get(), " (set by $PKG_IMAGE)");
    }
    for (@Nullable Path at = session.directory().toAbsolutePath().normalize();
        at != null;
        at = at.getParent()) {
      if (isImage(at)) {
        return at;
      }
    }
    throw new NotFoundException(
        "No image found",
        "name one with 'pkg -R <dir>' or $PKG_IMAGE, or make one with 'pkg image-create'");
  }

  private static Path exactly(Session session, String typed, String origin) {
    Path root = session.resolve(typed).toAbsolutePath().normalize();
    if (!isImage(root)) {
      throw new NotFoundException("No image rooted at '" + typed + "'" + origin);
    }
    return root;
  }

  private static boolean isImage(Path root) {
    for (ImageKind kind : ImageKind.values()) {
      if (Files.isRegularFile(root.resolve(new ImageLayout(kind).config().text()))) {
        return true;
      }
    }
    return false;
  }

  public Image image() {
    return image;
  }

  public Instant now() {
    return session.clock().instant();
  }

  /** Takes the image's lock for this command, and settles what an interrupted one left. */
  public FileLock lock() {
    FileLock lock = image.lock(session.program(), session.clock());
    try {
      Recovery.settle(image, session.quietEvents());
      return lock;
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** Runs an operation under the image's lock and records it in the history. */
  public <T> T change(String operation, Recorder.Work<T> work) {
    return recorder(session)
        .record(
            image::history,
            operation,
            record -> {
              try (FileLock lock = lock()) {
                return work.run(record);
              }
            });
  }

  static Origins origins(Session session) {
    return new Origins(session.directory().toAbsolutePath(), session.environment());
  }

  /** Opens origins by the addresses that this session's user types. */
  public OriginOpener opener() {
    return origins(session);
  }

  public Transport transport(EventSink events) {
    return transport(events, List.of());
  }

  /**
   * @param temporary addresses of origins that are asked before all others
   */
  Transport transport(EventSink events, List<String> temporary) {
    return new Transport(image, opener(), events, TRANSFERS, temporary);
  }

  /** Who runs this command, for histories. */
  public static Recorder recorder(Session session) {
    String user =
        session.environment("LOGNAME").or(() -> session.environment("USER")).orElse("unknown");
    int id = userId();
    return new Recorder(
        session.program(),
        Pkg.VERSION,
        session.commandLine(),
        id == 0 ? "root" : user,
        id,
        session.clock());
  }

  private static int userId() {
    try {
      return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    } catch (IOException | UnsupportedOperationException e) {
      return -1;
    }
  }

  @Override
  public void close() {
    image.close();
  }
}
