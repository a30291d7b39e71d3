package emblema.depot.hosting;

import emblema.core.error.UsageException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A repository as a configuration needs to know it.
 *
 * @param prefix below which it is served; empty for the root of the site
 * @param root where its publishers' directories are
 * @param publishers of it
 * @param usual the default one
 */
record HostedRepository(String prefix, Path root, List<String> publishers, Optional<String> usual) {
  HostedRepository {
    publishers = List.copyOf(publishers);
    if (!prefix.isEmpty() && !prefix.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      throw new UsageException(
          "'" + prefix + "' cannot be a part of an address",
          "use letters, digits, '.', '_' and '-'");
    }
    String path = root.toString();
    if (path.chars().anyMatch(c -> c < ' ' || "\"\\$'{};%".indexOf(c) >= 0)) {
      throw new UsageException(
          "the path '" + path + "' has characters that web servers' configurations cannot hold",
          "move the repository, or name it by a link without them");
    }
  }

  /** Its publishers' directories. */
  String directory() {
    return root + "/publisher";
  }

  /** A pattern that matches each publisher, with a slash after it. */
  String publisherPattern() {
    return publishers.isEmpty()
        ? "\\b\\B"
        : String.join("|", publishers.stream().map(HostedRepository::quoted).toList());
  }

  /** Plain in the patterns of both servers: prefixes have only dots that mean something. */
  static String quoted(String text) {
    return text.replace(".", "\\.").replace("[", "\\[").replace("]", "\\]");
  }
}
