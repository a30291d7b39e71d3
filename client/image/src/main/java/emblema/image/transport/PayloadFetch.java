package emblema.image.transport;

import emblema.core.error.IntegrityException;
import emblema.core.error.StorageException;
import emblema.core.error.UnreachableException;
import emblema.core.hash.ContentHashes;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.image.image.Image;
import emblema.image.image.Trees;
import emblema.store.origin.Origin;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;

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
    sources.fromAny(
        payload.publisher(),
        "the content '" + payload.sha1() + "'",
        origin -> download(origin, payload, temporary));
    disk.rename(temporary, cache.path(payload));
  }

  private boolean download(Origin origin, Payload payload, SafePath temporary) {
    Trees.remove(disk, temporary);
    String where = origin.location() + ": " + payload.sha1();
    Optional<ContentHashes.Stated> stored = ContentHashes.of(payload.action()).forStored();
    try (InputStream in = origin.payload(payload.publisher(), payload.sha1())) {
      MessageDigest digest = stored.map(s -> s.digest().start()).orElse(null);
      long length = copy(new Progress(in), temporary, digest, limit(payload), where);
      if (payload.storedSize() >= 0 && length != payload.storedSize()) {
        throw damaged(where, "length", "" + payload.storedSize(), "" + length);
      }
      if (stored.isPresent() && digest != null) {
        String actual = emblema.core.hash.Digest.finish(digest);
        compare(where, "hash of the compressed content", stored.get(), actual);
      } else {
        verifyContent(payload, temporary, where);
      }
      return true;
    } catch (IOException e) {
      throw new UnreachableException("cannot fetch '" + where + "'", e.getMessage(), List.of(), e);
    }
  }

  /** Endless data must not fill the disk. */
  private static long limit(Payload payload) {
    return payload.storedSize() >= 0 ? payload.storedSize() : Long.MAX_VALUE;
  }

  private long copy(
      InputStream in,
      SafePath to,
      @org.jspecify.annotations.Nullable MessageDigest digest,
      long limit,
      String where)
      throws IOException {
    long length = 0;
    byte[] buffer = new byte[1 << 16];
    try (OutputStream out = disk.create(to, 0644)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        length += n;
        if (length > limit) {
          throw damaged(where, "length", "" + limit, "more");
        }
        if (digest != null) {
          digest.update(buffer, 0, n);
        }
        out.write(buffer, 0, n);
      }
    }
    return length;
  }

  private void verifyContent(Payload payload, SafePath file, String where) throws IOException {
    Optional<ContentHashes.Stated> promised = ContentHashes.of(payload.action()).forContent();
    if (promised.isEmpty()) {
      return;
    }
    MessageDigest digest = promised.get().digest().start();
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = new GZIPInputStream(disk.read(file), 1 << 16)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    } catch (java.util.zip.ZipException | java.io.EOFException e) {
      throw damaged(where, "content", "a gzip stream", String.valueOf(e.getMessage()));
    }
    String actual = emblema.core.hash.Digest.finish(digest);
    compare(where, "hash of the content", promised.get(), actual);
  }

  private void compare(String where, String what, ContentHashes.Stated promised, String actual) {
    if (!promised.hex().equals(actual)) {
      throw damaged(where, promised.digest().word() + " " + what, promised.hex(), actual);
    }
  }

  private static IntegrityException damaged(
      String where, String what, String expected, String actual) {
    return new IntegrityException(
        where, what, expected, actual, "check the repository with 'pkgrepo verify'");
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
