package emblema.image.trust;

import emblema.core.error.EmblemaException;
import emblema.core.error.MalformedException;
import emblema.core.fmri.PercentEncoding;
import emblema.core.hash.Digest;
import emblema.core.io.AtomicFile;
import emblema.core.io.Disk;
import emblema.core.io.Durability;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.core.sign.RevocationList;
import emblema.core.sign.RevocationSource;
import emblema.image.image.Image;
import emblema.image.image.Trees;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Revocation lists, kept below {@code publisher/<prefix>/crls} until a newer one is due. An old one
 * is better than none: it counts where no newer one can be had.
 */
final class RevocationLists implements RevocationSource {
  private static final int LONGEST_NAME = 200;

  private final Image image;
  private final SafePath directory;
  private final Function<String, byte[]> download;
  private final Instant now;
  private final Map<String, Optional<RevocationList>> asked = new HashMap<>();

  RevocationLists(Image image, String prefix, Function<String, byte[]> download, Instant now) {
    this.image = image;
    this.directory = image.layout().revocationLists(prefix);
    this.download = download;
    this.now = now;
  }

  /** Each address is asked once, however many packages name it. */
  @Override
  public Optional<RevocationList> list(String uri) {
    return asked.computeIfAbsent(uri, this::find);
  }

  private Optional<RevocationList> find(String uri) {
    String encoded = PercentEncoding.encode(uri);
    String name =
        encoded.length() <= LONGEST_NAME
            ? encoded
            : Digest.SHA1.hex(uri.getBytes(StandardCharsets.UTF_8));
    SafePath file = directory.resolve(name);
    Optional<RevocationList> kept = kept(file);
    if (kept.flatMap(RevocationList::nextUpdate).filter(now::isBefore).isPresent()) {
      return kept;
    }
    return fetched(uri, file).or(() -> kept);
  }

  private Optional<RevocationList> kept(SafePath file) {
    Disk disk = image.disk();
    return disk.stat(file).filter(Stat::isFile).isPresent()
        ? read(disk.readBytes(file), disk.describe(file))
        : Optional.empty();
  }

  private Optional<RevocationList> fetched(String uri, SafePath file) {
    byte[] bytes;
    try {
      bytes = download.apply(uri);
    } catch (EmblemaException e) {
      return Optional.empty();
    }
    Optional<RevocationList> list = read(bytes, uri);
    if (list.isPresent()) {
      Trees.make(image.disk(), directory);
      AtomicFile.write(image.disk(), file, 0644, bytes, Durability.NONE);
    }
    return list;
  }

  private static Optional<RevocationList> read(byte[] bytes, String source) {
    try {
      return Optional.of(RevocationList.read(bytes, source));
    } catch (MalformedException e) {
      return Optional.empty();
    }
  }
}
