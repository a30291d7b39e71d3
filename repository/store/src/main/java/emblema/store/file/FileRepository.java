package emblema.store.file;

import emblema.core.fmri.Fmri;
import emblema.store.catalog.Catalog;
import emblema.store.origin.Origin;
import emblema.store.publication.Publication;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** A version 4 repository in a directory (spec repository). */
public final class FileRepository implements Origin {
  private final Path root;

  private FileRepository(Path root) {
    this.root = root;
  }

  /** Opens an existing repository for reading; publishing opens for writing when it begins. */
  public static FileRepository open(Path root) {
    return new FileRepository(root);
  }

  /** Makes a new one; conflict if the directory has content. */
  public static FileRepository create(Path root) {
    throw new UnsupportedOperationException("not yet");
  }

  /** The configured default publisher ({@code publisher/prefix}). */
  public Optional<String> defaultPublisher() {
    throw new UnsupportedOperationException("not yet");
  }

  /** Adds a publisher; the first one becomes the default. */
  public void addPublisher(String prefix) {
    throw new UnsupportedOperationException("not yet");
  }

  /** Begins a publication; several processes may publish at once. */
  public Publication publish(InstantSource clock) {
    throw new UnsupportedOperationException("not yet");
  }

  @Override
  public String location() {
    return "file://" + root + "/";
  }

  @Override
  public List<String> publishers() {
    throw new UnsupportedOperationException("not yet");
  }

  @Override
  public Catalog catalog(String publisher) {
    throw new UnsupportedOperationException("not yet");
  }

  @Override
  public byte[] manifest(Fmri fmri) {
    throw new UnsupportedOperationException("not yet");
  }

  @Override
  public InputStream payload(String publisher, String sha1) {
    throw new UnsupportedOperationException("not yet");
  }

  @Override
  public void close() {}
}
