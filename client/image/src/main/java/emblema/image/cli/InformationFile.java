package emblema.image.cli;

import emblema.cli.Session;
import emblema.core.error.NotFoundException;
import emblema.store.p5i.P5i;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Publisher information files in the place of repositories (spec p5p-p5i, section 6). */
final class InformationFile {
  private InformationFile() {}

  /** What the file says, if the address is that of such a file: by its name, or a depot's. */
  static Optional<P5i> read(String typed, Session session) {
    String lower = typed.toLowerCase(Locale.ROOT);
    if (!lower.endsWith(".p5i") && !lower.contains("/p5i/0/")) {
      return Optional.empty();
    }
    boolean isAddress = lower.matches("[a-z][a-z0-9+.-]+:.*");
    Path path = session.resolve(isAddress ? "." : typed).toAbsolutePath().normalize();
    byte[] bytes = OpenImage.origins(session).document(isAddress ? typed : path.toUri().toString());
    return Optional.of(P5i.read(new ByteArrayInputStream(bytes), typed));
  }

  /** By prefix; each must say where its packages are. */
  static Map<String, P5i.Publisher> publishers(P5i file, String typed) {
    Map<String, P5i.Publisher> publishers = new LinkedHashMap<>();
    for (P5i.Publisher each : file.publishers()) {
      if (each.repository().map(P5i.Repository::origins).orElse(List.of()).isEmpty()) {
        throw new NotFoundException(
            "'" + typed + "' names no origin for publisher '" + each.prefix() + "'",
            "add the publisher with 'pkg set-publisher -g ORIGIN " + each.prefix() + "'");
      }
      publishers.put(each.prefix(), each);
    }
    return publishers;
  }
}
