package emblema.image.image;

import emblema.core.error.IntegrityException;
import emblema.core.error.MalformedException;
import emblema.core.error.NotFoundException;
import emblema.core.fmri.Fmri;
import emblema.core.hash.Digest;
import emblema.core.io.Disk;
import emblema.core.io.FileLock;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.core.manifest.Manifest;
import emblema.core.manifest.ManifestReader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An image that exists, opened by the disk that holds its root. What is read is read when first
 * asked for and then kept; after a save it is the saved value. Saving wants the lock of {@link
 * #lock}. Not for use by several threads, but {@link #manifest} may be.
 */
public final class Image implements AutoCloseable {
  private final Disk disk;
  private final ImageLayout layout;
  private final StateStore states;
  private @Nullable ImageConfig config;
  private @Nullable ImageState state;

  private Image(Disk disk, ImageLayout layout) {
    this.disk = disk;
    this.layout = layout;
    this.states = new StateStore(disk, layout);
  }

  /**
   * Opens the image whose root the disk is; closing the image closes the disk.
   *
   * @throws NotFoundException if there is none
   */
  public static Image open(Disk disk) {
    return kindAt(disk)
        .map(kind -> new Image(disk, new ImageLayout(kind)))
        .orElseThrow(() -> new NotFoundException("No image rooted at '" + disk.root() + "'"));
  }

  /** The kind of image that the disk's root is, if it is one; the user kind is looked for first. */
  public static Optional<ImageKind> kindAt(Disk disk) {
    for (ImageKind kind : new ImageKind[] {ImageKind.USER, ImageKind.FULL}) {
      SafePath config = new ImageLayout(kind).config();
      if (disk.stat(config).filter(Stat::isFile).isPresent()) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  public Disk disk() {
    return disk;
  }

  public ImageLayout layout() {
    return layout;
  }

  public History history() {
    return new History(disk, layout);
  }

  public ImageConfig config() {
    ImageConfig read = config;
    if (read == null) {
      SafePath file = layout.config();
      String text = new String(disk.readBytes(file), StandardCharsets.UTF_8);
      read = ImageConfig.read(text, disk.describe(file));
      config = read;
    }
    return read;
  }

  public ImageState state() {
    ImageState read = state;
    if (read == null) {
      read = states.read();
      state = read;
    }
    return read;
  }

  /** The installed packages for listing, without the cost of {@link #state} if that is possible. */
  public StateSnapshot installed() {
    return states.snapshot().orElseGet(() -> StateSnapshot.of(state().entries()));
  }

  /** Forgets what was read, because another process may have changed it before the lock was had. */
  public void reread() {
    config = null;
    state = null;
  }

  /**
   * Takes the image's lock, at once or not at all, and reads the image anew when next asked.
   *
   * @param client the program, named to others who want the lock
   * @throws emblema.core.error.LockedException naming who holds it
   */
  public FileLock lock(String client, Clock clock) {
    FileLock lock =
        FileLock.acquire(
            disk,
            layout.lock(),
            "image '" + disk.root() + "'",
            FileLock.Owner.of(client, HostName.ofThisMachine()),
            clock);
    reread();
    return lock;
  }

  /** Replaces the configuration, atomically and durably; nothing happens if it is unchanged. */
  public void save(ImageConfig changed) {
    if (!changed.equals(config())) {
      MetadataFile.write(disk, layout.config(), changed.write().getBytes(StandardCharsets.UTF_8));
      config = changed;
    }
  }

  /** Replaces the state, atomically and durably, as changed at the given moment. */
  public void save(ImageState changed, Instant now) {
    ImageState stamped = changed.modified(now);
    states.write(stamped);
    MetadataFile.touch(disk, layout.modified(), now);
    state = stamped;
  }

  /** Whether the manifest of a package version is stored in the image. */
  public boolean hasManifest(Fmri fmri) {
    return disk.stat(layout.manifest(fmri)).isPresent();
  }

  /**
   * The stored manifest of an installed or fetched package.
   *
   * @throws IntegrityException if it is not what its publisher's catalog promised
   */
  public Manifest manifest(Fmri fmri) {
    byte[] bytes = checkedManifest(fmri);
    String where = disk.describe(layout.manifest(fmri));
    try {
      return ManifestReader.read(bytes, where, Runtime.getRuntime().availableProcessors());
    } catch (MalformedException e) {
      throw at(where, e);
    }
  }

  /**
   * As {@link #manifest}, each action as it is read, on several threads at once and in any order:
   * nothing but the text is held.
   */
  public void forEachAction(Fmri fmri, int parallelism, ManifestReader.Taker each) {
    byte[] bytes = checkedManifest(fmri);
    String where = disk.describe(layout.manifest(fmri));
    try {
      ManifestReader.inParallel(bytes, where, parallelism, each);
    } catch (MalformedException e) {
      throw at(where, e);
    }
  }

  private static MalformedException at(String where, MalformedException e) {
    return new MalformedException(where, e.line(), e.column(), e.reason(), e.detail().orElse(null));
  }

  private byte[] checkedManifest(Fmri fmri) {
    SafePath file = layout.manifest(fmri);
    String where = disk.describe(file);
    byte[] bytes = manifestBytes(fmri);
    String expected = state().entry(fmri).map(StateEntry::manifestSha1).orElse("");
    String actual = Digest.SHA1.hex(bytes);
    if (!expected.isEmpty() && !expected.equals(actual)) {
      throw new IntegrityException(
          where,
          "SHA-1 of the manifest",
          expected,
          actual,
          "remove the file; 'pkg fix' or the next operation fetches it again");
    }
    return bytes;
  }

  /** The bytes as stored, unchecked. */
  public byte[] manifestBytes(Fmri fmri) {
    SafePath file = layout.manifest(fmri);
    if (disk.stat(file).isEmpty()) {
      throw new NotFoundException(
          "the manifest of '" + fmri + "' is missing",
          "'" + disk.describe(file) + "' does not exist; 'pkg fix' fetches it again");
    }
    return disk.readBytes(file);
  }

  /** Removes the manifests of versions that are gone, and the directories that held only them. */
  public void forgetManifests(Collection<Fmri> gone) {
    for (Fmri fmri : gone) {
      SafePath file = layout.manifest(fmri);
      if (disk.stat(file).isPresent()) {
        disk.remove(file);
        SafePath directory = file.parent().orElseThrow();
        if (disk.list(directory).isEmpty()) {
          disk.removeDirectory(directory);
        }
      }
    }
  }

  @Override
  public void close() {
    disk.close();
  }
}
