package emblema.store.origin;

import emblema.core.fmri.Fmri;
import emblema.store.catalog.Catalog;
import emblema.store.catalog.CatalogFiles;
import emblema.store.p5i.P5i;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * A place that packages can be had from: a repository directory, an archive, a depot. Safe for use
 * by several threads. Errors: not found, unreachable, integrity, malformed; each names the origin.
 */
public interface Origin extends AutoCloseable {

  /** Its address as a URI text, for messages and configuration: {@code file:///repo/}. */
  String location();

  /** Publisher prefixes, sorted. */
  List<String> publishers();

  /** A consistent view of one publisher's catalog at this moment. */
  Catalog catalog(String publisher);

  /** The exact bytes of a stored manifest; the FMRI names publisher and full version. */
  byte[] manifest(Fmri fmri);

  /** The same as a stream: the manifest of a whole system may be too long to hold. */
  default InputStream openManifest(Fmri fmri) {
    return new ByteArrayInputStream(manifest(fmri));
  }

  /**
   * A stored payload: the gzip stream as stored, not yet verified.
   *
   * @param sha1 of the content, its name
   */
  InputStream payload(String publisher, String sha1);

  /**
   * The files of one publisher's catalog as they are stored, for copies that are brought up to date
   * step by step; nothing where the catalog is worked out anew each time, as in archives.
   */
  default Optional<CatalogFiles> catalogFiles(String publisher) {
    return Optional.empty();
  }

  /** What the origin tells about its publishers, sorted by prefix. */
  default List<P5i.Publisher> profiles() {
    return publishers().stream().map(P5i.Publisher::bare).toList();
  }

  @Override
  void close();
}
