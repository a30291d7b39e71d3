package emblema.image.transport;

import emblema.core.error.IntegrityException;
import emblema.core.error.UnreachableException;
import emblema.core.hash.Digest;
import emblema.store.origin.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Certificates as origins store them: small payloads about which only their name is known. */
final class Certificates {
  private static final int LARGEST = 1 << 20;

  private Certificates() {}

  static byte[] read(Origin origin, String prefix, String sha1) {
    String where = origin.location() + ": " + sha1;
    String hint = "check the repository with 'pkgrepo verify'";
    try (InputStream in = new GZIPInputStream(origin.payload(prefix, sha1))) {
      byte[] content = in.readNBytes(LARGEST);
      String actual = Digest.SHA1.hex(content);
      if (!actual.equals(sha1)) {
        throw new IntegrityException(where, "SHA-1 of the content", sha1, actual, hint);
      }
      return content;
    } catch (ZipException e) {
      throw new IntegrityException(
          where, "content", "a gzip stream", String.valueOf(e.getMessage()), hint);
    } catch (IOException e) {
      throw new UnreachableException("cannot fetch '" + where + "'", e.getMessage(), List.of(), e);
    }
  }
}
