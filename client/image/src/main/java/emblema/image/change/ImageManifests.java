package emblema.image.change;

import emblema.core.action.Action;
import emblema.core.error.IntegrityException;
import emblema.core.error.NotFoundException;
import emblema.core.error.StorageException;
import emblema.core.fmri.Fmri;
import emblema.core.hash.Digest;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.manifest.ManifestReader;
import emblema.image.image.Image;
import emblema.image.image.StateEntry;
import emblema.image.plan.PackageFacts;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.function.Consumer;

/**
 * The manifests stored in an image, streamed: a package of a hundred thousand files is never held
 * in memory as a whole. Each reading verifies the hash that the catalog promised, at its end.
 */
record ImageManifests(Image image) implements PackageFacts {
  @Override
  public void actions(Fmri fmri, Consumer<? super Action> each) {
    Disk disk = image.disk();
    SafePath file = image.layout().manifest(fmri);
    String where = disk.describe(file);
    if (disk.stat(file).isEmpty()) {
      throw new NotFoundException(
          "the manifest of '" + fmri + "' is missing",
          "'" + where + "' does not exist; refresh and repeat, or 'pkg fix'");
    }
    String expected = image.state().entry(fmri).map(StateEntry::manifestSha1).orElse("");
    MessageDigest digest = Digest.SHA1.start();
    try (InputStream in =
        new DigestInputStream(new BufferedInputStream(disk.read(file), 1 << 16), digest)) {
      ManifestReader.stream(in, where, each::accept);
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
  }
}
