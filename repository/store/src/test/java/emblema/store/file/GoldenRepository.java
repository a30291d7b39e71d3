package emblema.store.file;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Objects;

/** The repository that the reference made, and the sources it was made from. */
final class GoldenRepository {
  private GoldenRepository() {}

  static Path path(String name) {
    try {
      URL url = Objects.requireNonNull(GoldenRepository.class.getResource("/golden/" + name));
      return Path.of(url.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
