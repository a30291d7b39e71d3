package emblema.image.change;

import emblema.core.error.IntegrityException;
import emblema.core.error.NotFoundException;
import emblema.core.error.StorageException;
import emblema.core.fmri.Fmri;
import emblema.core.hash.Digest;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.manifest.ManifestLine;
import emblema.core.manifest.ManifestReader;
import emblema.image.image.Image;
import emblema.image.image.StateEntry;
import emblema.image.plan.PackageFacts;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The manifests stored in an image, streamed: a package of a hundred thousand files is never held
 * in memory as a whole. The first reading verifies, at its end, the hash that the catalog promised.
 */
final class ImageManifests implements PackageFacts {
  private final Image image;
  private final Set<Fmri> verified = new HashSet<>();

  ImageManifests(Image image) {
    this.image = image;
  }

  @Override
  public void lines(Fmri fmri, Consumer<ManifestLine> each) {
    Disk disk = image.disk();
    SafePath path = image.layout().manifest(fmri);
    String where = disk.describe(path);
    if (disk.stat(path).isEmpty()) {
      throw new NotFoundException(
          "the manifest of '" + fmri + "' is missing",
          "'" + where + "' does not exist; refresh and repeat, or 'pkg fix'");
    }
    String expected =
        verified.contains(fmri)
            ? ""
            : image.state().entry(fmri).map(StateEntry::manifestSha1).orElse("");
    MessageDigest digest = Digest.SHA1.start();
    try (InputStream file = disk.read(path);
        InputStream in = expected.isEmpty() ? file : new DigestInputStream(file, digest)) {
      ManifestReader.lines(in, where, each);
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new StorageException("cannot read '" + where + "'", e.getMessage(), List.of(), e);
    }
    String actual = Digest.finish(digest);
    if (!expected.isEmpty() && !expected.equals(actual)) {
      throw new IntegrityException(
          where,
          "SHA-1 of the manifest",
          expected,
          actual,
          "remove the file; the next operation fetches it again");
    }
    verified.add(fmri);
  }
}
