package emblema.publisher.cli;

import emblema.cli.Arguments;
import emblema.cli.Session;
import emblema.core.error.UsageException;
import java.nio.file.Path;

/** The repository that {@code pkgsend} publishes to: {@code -s}, or the variable PKG_REPO. */
final class SendTarget {
  private SendTarget() {}

  static Path path(Arguments arguments, Session session) {
    String address =
        arguments
            .value("-s")
            .or(() -> session.globals().value("-s"))
            .or(() -> session.environment("PKG_REPO"))
            .orElseThrow(
                () ->
                    new UsageException(
                        "a destination package repository must be provided using -s"));
    return RepositoryAddress.path(address, session);
  }
}
