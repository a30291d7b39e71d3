package emblema.image.transport;

import emblema.core.error.IntegrityException;
import emblema.core.fmri.Fmri;
import emblema.core.hash.Digest;
import emblema.core.io.AtomicFile;
import emblema.core.io.Disk;
import emblema.core.io.Durability;
import emblema.core.io.SafePath;
import emblema.image.image.Image;
import emblema.image.image.ImageState;
import emblema.image.image.StateEntry;
import emblema.image.image.Trees;
import emblema.store.origin.Origin;
import java.util.Objects;

/** Fetches one manifest into the image, verified against the catalog. */
final class ManifestFetch {
  private final Image image;
  private final ImageState state;
  private final Sources sources;

  ManifestFetch(Image image, Sources sources) {
    this.image = image;
    this.state = image.state();
    this.sources = sources;
  }

  /** Whether the image has it, undamaged. */
  boolean isHere(Fmri fmri) {
    return image.hasManifest(fmri)
        && (expected(fmri).isEmpty()
            || expected(fmri).equals(Digest.SHA1.hex(image.manifestBytes(fmri))));
  }

  /** As the first origin gives it that can, verified; not kept. */
  byte[] read(Fmri fmri) {
    String prefix = Objects.requireNonNull(fmri.publisher());
    return sources.fromAny(
        prefix, "the manifest of '" + fmri + "'", origin -> verified(origin, fmri));
  }

  void fetch(Fmri fmri) {
    byte[] bytes = read(fmri);
    Disk disk = image.disk();
    SafePath file = image.layout().manifest(fmri);
    synchronized (image) {
      Trees.make(disk, file.parent().orElseThrow());
    }
    // Not synced: what a power cut damages is found by its hash and fetched again.
    AtomicFile.write(disk, file, 0644, bytes, Durability.NONE);
  }

  private byte[] verified(Origin origin, Fmri fmri) {
    byte[] bytes = origin.manifest(fmri);
    String actual = Digest.SHA1.hex(bytes);
    if (!expected(fmri).isEmpty() && !expected(fmri).equals(actual)) {
      throw new IntegrityException(
          origin.location() + ": manifest of " + fmri,
          "SHA-1 of the manifest",
          expected(fmri),
          actual,
          "the repository may be damaged, or its catalog has changed: try 'pkg refresh --full'");
    }
    return bytes;
  }

  private String expected(Fmri fmri) {
    return state.entry(fmri).map(StateEntry::manifestSha1).orElse("");
  }
}
