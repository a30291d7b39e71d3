package emblema.publisher.bundle;

import emblema.store.publication.PayloadSource;
import java.util.Optional;

/** The files of an SVR4 package: {@code pkginfo}, {@code pkgmap}, {@code reloc/…}, and so on. */
interface SvrFiles extends AutoCloseable {
  /** The content of a file by its name in the package. */
  Optional<PayloadSource> file(String name);

  /** How the package was given. */
  String name();

  @Override
  void close();
}
