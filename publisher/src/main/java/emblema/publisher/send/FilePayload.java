package emblema.publisher.send;

import emblema.core.error.AccessException;
import emblema.core.error.ConflictException;
import emblema.core.error.NotFoundException;
import emblema.core.error.StorageException;
import emblema.store.publication.PayloadSource;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
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
      return new AtRest(file);
    } catch (NoSuchFileException e) {
      throw new NotFoundException("'" + file + "' does not exist any more");
    } catch (AccessDeniedException e) {
      throw new AccessException("no permission to read '" + file + "'");
    } catch (IOException e) {
      throw new StorageException("'" + file + "' cannot be read", e.getMessage(), List.of(), e);
    }
  }

  /** A file that must be the same at the end of reading as it was at the beginning. */
  private static final class AtRest extends FilterInputStream {
    private final Path file;
    private final BasicFileAttributes before;

    AtRest(Path file) throws IOException {
      super(Files.newInputStream(file));
      this.file = file;
      this.before = Files.readAttributes(file, BasicFileAttributes.class);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int count = super.read(into, offset, length);
      if (count < 0) {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        if (now.size() != before.size()
            || !now.lastModifiedTime().equals(before.lastModifiedTime())) {
          throw new ConflictException(
              "'" + file + "' changed while it was read",
              "publish again when nothing writes to it");
        }
      }
      return count;
    }
  }
}
