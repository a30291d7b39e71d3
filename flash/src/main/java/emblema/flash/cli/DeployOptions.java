package emblema.flash.cli;

import emblema.cli.Arguments;
import emblema.cli.Session;
import emblema.core.error.NotFoundException;
import emblema.flash.deploy.DeploymentOptions;
import emblema.flash.deploy.DeploymentOptions.Check;
import emblema.flash.reset.RootPassword;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** The options of {@code flar deploy} as a request. */
final class DeployOptions {
  private DeployOptions() {}

  static DeploymentOptions of(Arguments arguments, Session session) {
    Set<Check> skipped = EnumSet.noneOf(Check.class);
    for (Check check : Check.values()) {
      if (arguments.has("--no-" + check.name().toLowerCase(Locale.ROOT) + "-check")) {
        skipped.add(check);
      }
    }
    return new DeploymentOptions(
        skipped,
        arguments.has("--forced-deployment"),
        arguments.has("--run-scripts"),
        timeout(arguments),
        localScripts(arguments, session),
        arguments.has("--keep-identity"),
        RootPassword.valueOf(arguments.value("--unconfig-root", "lock").toUpperCase(Locale.ROOT)),
        arguments.has("--strict"));
  }

  private static Optional<Duration> timeout(Arguments arguments) {
    OptionalInt seconds = arguments.number("--script-timeout");
    if (seconds.isPresent() && seconds.getAsInt() < 1) {
      throw arguments.invalid("--script-timeout", "a number of seconds from 1");
    }
    return seconds.isPresent()
        ? Optional.of(Duration.ofSeconds(seconds.getAsInt()))
        : Optional.empty();
  }

  private static Optional<Path> localScripts(Arguments arguments, Session session) {
    Optional<Path> directory = arguments.value("--local-customization").map(session::resolve);
    directory
        .filter(path -> !Files.isDirectory(path))
        .ifPresent(
            path -> {
              throw new NotFoundException("directory '" + path + "' does not exist");
            });
    return directory;
  }
}
