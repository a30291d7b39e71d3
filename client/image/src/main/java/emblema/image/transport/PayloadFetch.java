package emblema.image.transport;

import emblema.core.error.StorageException;
import emblema.core.error.UnreachableException;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.image.image.Image;
import emblema.image.image.Trees;
import emblema.store.origin.Origin;
import emblema.store.origin.PayloadReference;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Fetches one payload into the image's cache: written under another name while its hash is
 * computed, and renamed only if that is the promised one.
 */
final class PayloadFetch {
  private final Disk disk;
  private final PayloadCache cache;
  private final Sources sources;
  private final SafePath incoming;
  private final LongConsumer progress;

  /**
   * @param incoming the directory for downloads in progress; exists
   * @param progress told the bytes of each step; from several threads
   */
  PayloadFetch(
      Image image, PayloadCache cache, Sources sources, SafePath incoming, LongConsumer progress) {
    this.disk = image.disk();
    this.cache = cache;
    this.sources = sources;
    this.incoming = incoming;
    this.progress = progress;
  }

  void fetch(Payload payload) {
    SafePath temporary = incoming.resolve(payload.publisher() + "-" + payload.sha1());
    sources.fromAnyOrMirror(
        payload.publisher(),
        "the content '" + payload.sha1() + "'",
        origin -> download(origin, payload, temporary));
    disk.rename(temporary, cache.path(payload));
  }

  private boolean download(Origin origin, Payload payload, SafePath temporary) {
    Trees.remove(disk, temporary);
    String where = origin.location() + ": " + payload.sha1();
    PayloadReference reference = PayloadReference.of(payload.action()).getFirst();
    try (InputStream in = origin.payload(payload.publisher(), payload.sha1());
        OutputStream out = disk.create(temporary, 0644)) {
      return reference.copy(new Progress(in), out, where) >= 0;
    } catch (IOException e) {
      throw new UnreachableException("cannot fetch '" + where + "'", e.getMessage(), List.of(), e);
    }
  }

  /** Tells how much has come. */
  private final class Progress extends FilterInputStream {
    Progress(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int n = super.read(bytes, offset, length);
      if (n > 0) {
        progress.accept(n);
      }
      return n;
    }
  }

  /** Whether there is room for what is to come, with figures if not. */
  static void checkSpace(Disk disk, SafePath place, long bytes, long files) {
    Disk.Space space = disk.space(place);
    if (bytes > space.freeBytes()) {
      throw new StorageException(
          "not enough space for the download in '" + disk.describe(place) + "'",
          "needed: " + bytes + " bytes\navailable: " + space.freeBytes() + " bytes",
          List.of("make room on that file system, then run the command again"),
          null);
    }
    if (files > space.freeInodes()) {
      throw new StorageException(
          "not enough free inodes for the download in '" + disk.describe(place) + "'",
          "needed: " + files + "\navailable: " + space.freeInodes(),
          List.of("remove files on that file system, then run the command again"),
          null);
    }
  }
}
