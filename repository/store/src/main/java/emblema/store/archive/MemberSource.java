package emblema.store.archive;

import java.io.IOException;
import java.io.InputStream;

/** Opens what becomes the data of a member; read once, closed by the writer. */
@FunctionalInterface
interface MemberSource {
  InputStream open() throws IOException;
}
