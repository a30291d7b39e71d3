package emblema.image.transport;

import emblema.core.error.NotFoundException;
import emblema.core.error.StorageException;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.image.image.Image;
import emblema.image.image.Trees;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * Payloads that were downloaded, below {@code publisher/<prefix>/file} (spec image-layout, section
 * 10), compressed as downloaded. A file of the right name and length is there; its content is
 * verified when it was fetched and must be verified again where it is used.
 */
public final class PayloadCache {
  private final Image image;
  private final Disk disk;

  public PayloadCache(Image image) {
    this.image = image;
    this.disk = image.disk();
  }

  public boolean has(Payload payload) {
    Optional<Stat> stat = disk.stat(path(payload));
    return stat.isPresent()
        && stat.get().isFile()
        && (payload.storedSize() < 0 || payload.storedSize() == stat.get().size());
  }

  /** The gzip stream. */
  public InputStream stored(Payload payload) {
    if (!has(payload)) {
      throw new NotFoundException(
          "the content '" + payload.sha1() + "' is not in the image's cache",
          "'" + disk.describe(path(payload)) + "' is missing; run the command again to fetch it");
    }
    return disk.read(path(payload));
  }

  /** The content, decompressed, not verified. */
  public InputStream content(Payload payload) {
    try {
      return new GZIPInputStream(new BufferedInputStream(stored(payload), 1 << 16), 1 << 16);
    } catch (IOException e) {
      throw new StorageException(
          "cannot read '" + disk.describe(path(payload)) + "'", e.getMessage(), List.of(), e);
    }
  }

  /** Where the payload lies, or will. */
  public SafePath path(Payload payload) {
    return image.layout().payload(payload.publisher(), payload.sha1());
  }

  /** Forgets one payload, because it turned out to be damaged. */
  public void discard(Payload payload) {
    Trees.remove(disk, path(payload));
  }

  /** Forgets everything: what the property flush-content-cache-on-success asks for. */
  public void flush() {
    for (String prefix :
        disk.stat(image.layout().publishers()).isPresent()
            ? disk.list(image.layout().publishers())
            : List.<String>of()) {
      Trees.remove(disk, image.layout().payloads(prefix));
    }
  }
}
