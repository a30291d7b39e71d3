package emblema.publisher.receive;

import emblema.core.error.IntegrityException;
import emblema.core.error.StorageException;
import emblema.core.fmri.Fmri;
import emblema.core.hash.Digest;
import emblema.core.io.AtomicFile;
import emblema.core.io.Disk;
import emblema.core.io.Durability;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.store.origin.Origin;
import emblema.store.origin.PayloadReference;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Packages as plain directories: the manifest, and each payload under its SHA-1 (spec pkgrecv,
 * section 3.2). The manifest comes last and says that all is there.
 */
final class RawDestination implements Destination {
  private final Disk disk;
  private final boolean compressed;

  /**
   * @param disk the directory; closed with this
   * @param compressed whether payloads stay gzip streams
   */
  RawDestination(Disk disk, boolean compressed) {
    this.disk = disk;
    this.compressed = compressed;
  }

  @Override
  public String verb() {
    return "Processing";
  }

  /** A directory may hold an unfinished or older copy; each file is looked at. */
  @Override
  public boolean has(Fmri name) {
    return false;
  }

  @Override
  public List<PayloadReference> missing(ReceivedPackage received) {
    SafePath directory = directory(received);
    return received.payloads().stream().filter(each -> !isThere(directory, each)).toList();
  }

  private static SafePath directory(ReceivedPackage received) {
    return new SafePath(received.name().stemElement()).resolve(received.name().versionElement());
  }

  private boolean isThere(SafePath directory, PayloadReference payload) {
    SafePath file = directory.resolve(payload.sha1());
    if (disk.stat(file).filter(Stat::isFile).isEmpty()) {
      return false;
    }
    try (InputStream in = disk.read(file)) {
      if (compressed) {
        return payload.copy(in, OutputStream.nullOutputStream(), disk.describe(file)) >= 0;
      }
      var digest = Digest.SHA1.start();
      long ignored = new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream());
      return Digest.finish(digest).equals(payload.sha1());
    } catch (IntegrityException e) {
      return false;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  @Override
  public void take(ReceivedPackage received, Origin source, DownloadCache payloads) {
    SafePath directory = directory(received);
    make(directory);
    SafePath manifest = directory.resolve("manifest");
    List<PayloadReference> missing = missing(received);
    if (missing.isEmpty()
        && disk.stat(manifest).isPresent()
        && Arrays.equals(disk.readBytes(manifest), received.manifest())) {
      return;
    }
    for (PayloadReference payload : missing) {
      SafePath file = directory.resolve(payload.sha1());
      AtomicFile.write(
          disk,
          file,
          0644,
          out -> {
            try (InputStream in = payloads.open(source, received.publisher(), payload);
                InputStream content = compressed ? in : new GZIPInputStream(in, 1 << 16)) {
              content.transferTo(out);
            } catch (IOException e) {
              throw unreadable(file, e);
            }
          },
          Durability.NONE);
    }
    AtomicFile.write(disk, manifest, 0644, received.manifest(), Durability.NONE);
  }

  private void make(SafePath directory) {
    for (SafePath each : List.of(directory.parent().orElseThrow(), directory)) {
      if (disk.stat(each).isEmpty()) {
        disk.makeDirectory(each, 0755);
      }
    }
  }

  private StorageException unreadable(SafePath file, IOException e) {
    return new StorageException(
        "'" + disk.describe(file) + "' cannot be read or written", e.getMessage(), List.of(), e);
  }

  @Override
  public void finish() {
    disk.syncAll(SafePath.ROOT);
  }

  @Override
  public void close() {
    disk.close();
  }
}
