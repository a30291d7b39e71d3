package emblema.store.archive;

import emblema.store.origin.Origin;
import emblema.store.origin.OriginContract;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;

class ArchiveOriginTest extends OriginContract {
  @Override
  protected Origin open() {
    try {
      return PackageArchive.open(
          Path.of(
              Objects.requireNonNull(getClass().getResource("/golden/archive/golden.p5p"))
                  .toURI()));
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
