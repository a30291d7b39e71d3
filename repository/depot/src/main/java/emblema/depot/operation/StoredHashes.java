package emblema.depot.operation;

import emblema.core.error.StorageException;
import emblema.core.hash.Digest;
import emblema.store.file.StoredFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Hashes of the bytes of stored payloads; the last ones asked for are kept. */
final class StoredHashes {
  private static final int KEPT = 10_000;

  private record Hashes(String sha1, String strong) {}

  private final Map<String, Hashes> known =
      Collections.synchronizedMap(
          new LinkedHashMap<>(256, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Hashes> eldest) {
              return size() > KEPT;
            }
          });

  /** The response with the attributes that a manifest says of these bytes. */
  Response describe(Response response, StoredFile file) {
    String key = file.path().getFileName() + " " + file.identity();
    Hashes hashes = known.get(key);
    if (hashes == null) {
      hashes = compute(file);
      known.put(key, hashes);
    }
    return response
        .with("X-Ipkg-Attr-0", "chash=" + hashes.sha1())
        .with("X-Ipkg-Attr-1", "pkg.content-hash=gzip:sha512t_256:" + hashes.strong());
  }

  private static Hashes compute(StoredFile file) {
    MessageDigest sha1 = Digest.SHA1.start();
    MessageDigest strong = Digest.SHA512T_256.start();
    try (InputStream in =
        new DigestInputStream(
            new DigestInputStream(Files.newInputStream(file.path()), sha1), strong)) {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new StorageException(
          "'" + file.path() + "' cannot be read", e.getMessage(), List.of(), e);
    }
    return new Hashes(Digest.finish(sha1), Digest.finish(strong));
  }
}
