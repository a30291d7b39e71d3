package emblema.store.http;

import emblema.core.error.NotFoundException;
import emblema.core.error.StorageException;
import emblema.core.error.UnreachableException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Small files by their addresses, {@code http:}, {@code https:} or {@code file:}: revocation lists,
 * publisher information. Bounded in time and size, through the proxies of the settings.
 */
public final class SmallDownload {
  private static final int LARGEST = 16 << 20;
  private static final int ATTEMPTS = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final HttpSettings settings;

  public SmallDownload(HttpSettings settings) {
    this.settings = settings;
  }

  /** The whole file; an error that names the address if it cannot be had. */
  public byte[] get(String uri) {
    URI address;
    try {
      address = URI.create(uri);
    } catch (IllegalArgumentException e) {
      throw new UnreachableException("'" + uri + "' is not an address");
    }
    return switch (String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT)) {
      case "http", "https" -> http(address);
      case "file" -> file(address);
      default -> throw new UnreachableException("'" + uri + "' is of no kind that is fetched");
    };
  }

  private byte[] http(URI address) {
    String whole = address.toString();
    int slash = whole.indexOf('/', whole.indexOf("//") + 2);
    String base = slash < 0 ? whole + "/" : whole.substring(0, slash + 1);
    Duration patience = settings.stall().compareTo(PATIENCE) < 0 ? settings.stall() : PATIENCE;
    HttpSettings quick =
        settings.withPatience(Math.min(ATTEMPTS, settings.attempts()), patience, settings.pause());
    try (Wire wire = new Wire(base, Access.PLAIN, quick)) {
      return wire.document(slash < 0 ? "" : whole.substring(slash + 1), LARGEST, false);
    }
  }

  private static byte[] file(URI address) {
    try (InputStream in = Files.newInputStream(Path.of(address))) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw new StorageException("'" + address + "' is larger than any such file");
      }
      return bytes;
    } catch (NoSuchFileException e) {
      throw new NotFoundException("'" + e.getFile() + "' does not exist");
    } catch (IOException e) {
      throw new StorageException("'" + address + "' cannot be read", e.getMessage(), List.of(), e);
    } catch (IllegalArgumentException e) {
      throw new UnreachableException("'" + address + "' is not a file of this machine");
    }
  }
}
