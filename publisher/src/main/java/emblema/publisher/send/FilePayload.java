package emblema.publisher.send;

import emblema.core.error.AccessException;
import emblema.core.error.NotFoundException;
import emblema.core.error.StorageException;
import emblema.store.publication.PayloadSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** The content of a file outside of any repository. */
record FilePayload(Path file) implements PayloadSource {
  @Override
  public long size() {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return -1;
    }
  }

  @Override
  public InputStream open() {
    try {
      return Files.newInputStream(file);
    } catch (NoSuchFileException e) {
      throw new NotFoundException("'" + file + "' does not exist any more");
    } catch (AccessDeniedException e) {
      throw new AccessException("no permission to read '" + file + "'");
    } catch (IOException e) {
      throw new StorageException("'" + file + "' cannot be read", e.getMessage(), List.of(), e);
    }
  }
}
