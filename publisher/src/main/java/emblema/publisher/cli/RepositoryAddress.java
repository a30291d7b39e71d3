package emblema.publisher.cli;

import emblema.cli.Session;
import emblema.core.error.UsageException;
import java.nio.file.Path;
import java.util.Locale;

/** Repositories as users write them: a path, or {@code file:///path} (spec pkgsend, section 1). */
final class RepositoryAddress {
  private static final String FILE = "file:";

  private RepositoryAddress() {}

  static Path path(String address, Session session) {
    String lower = address.toLowerCase(Locale.ROOT);
    if (lower.startsWith(FILE)) {
      String rest = address.substring(FILE.length());
      if (rest.startsWith("//") && !rest.startsWith("///")) {
        throw new UsageException(
            "repository '" + address + "' must not name a host", "write file:///path");
      }
      return session.resolve("/" + rest.replaceFirst("^/+", ""));
    }
    if (lower.matches("[a-z][a-z0-9+.-]*://.*")) {
      throw new UsageException(
          "repository '" + address + "' is not a directory",
          "publish to a path or file:// address");
    }
    return session.resolve(address);
  }
}
