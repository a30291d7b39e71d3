package emblema.publisher.bundle;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Several bundles, opened and closed together. */
public final class OpenBundles implements AutoCloseable {
  private final List<Bundle> bundles = new ArrayList<>();

  private OpenBundles() {}

  public static OpenBundles open(List<Path> sources, BundleOptions options) {
    OpenBundles open = new OpenBundles();
    try {
      sources.forEach(source -> open.bundles.add(Bundles.open(source, options)));
      return open;
    } catch (RuntimeException e) {
      open.close();
      throw e;
    }
  }

  public List<Bundle> all() {
    return List.copyOf(bundles);
  }

  @Override
  public void close() {
    bundles.forEach(Bundle::close);
  }
}
