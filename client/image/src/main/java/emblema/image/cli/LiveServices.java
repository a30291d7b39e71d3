package emblema.image.cli;

import emblema.cli.Arguments;
import emblema.cli.Session;
import emblema.core.event.EventSink;
import emblema.image.image.Image;
import emblema.image.service.ServiceCommands;
import emblema.image.service.Services;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The services that a change may stop and start: those of this machine, and only if the image is
 * its root. For tests {@code PKG_LIVE_ROOT} names another root and {@code -D
 * actuator_cmds_dir=DIRECTORY} the commands; without the latter nothing is run for another root.
 */
final class LiveServices {
  private static final Path ROOT = Path.of("/");
  private static final String DIRECTORY = "actuator_cmds_dir=";

  private LiveServices() {}

  static Services of(Image image, Arguments arguments, Session session, EventSink events) {
    Path live = session.environment("PKG_LIVE_ROOT").map(session::resolve).orElse(ROOT);
    Optional<Path> given =
        session.globals().values("-D").stream()
            .filter(text -> text.startsWith(DIRECTORY))
            .map(text -> session.resolve(text.substring(DIRECTORY.length())))
            .findFirst();
    if (!isSame(image.disk().root(), live) || (given.isEmpty() && !isSame(live, ROOT))) {
      return Services.NONE;
    }
    Optional<Duration> limit = limit(arguments);
    return Services.of(
        new ServiceCommands(
            given.map(List::of).orElse(ServiceCommands.SYSTEM),
            limit.isPresent() || arguments.has("--sync-actuators"),
            limit,
            events),
        Files.isDirectory(live.resolve("run/systemd/system")));
  }

  private static Optional<Duration> limit(Arguments arguments) {
    if (arguments.value("--sync-actuators-timeout").isEmpty()) {
      return Optional.empty();
    }
    int seconds = arguments.number("--sync-actuators-timeout").orElse(0);
    if (seconds < 1) {
      throw arguments.invalid("--sync-actuators-timeout", "a number of seconds from 1");
    }
    return Optional.of(Duration.ofSeconds(seconds));
  }

  private static boolean isSame(Path one, Path other) {
    try {
      return Files.isSameFile(one, other);
    } catch (IOException e) {
      return false;
    }
  }
}
