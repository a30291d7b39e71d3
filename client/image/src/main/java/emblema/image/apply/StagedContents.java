package emblema.image.apply;

import emblema.core.action.Action;
import emblema.core.action.FileAction;
import emblema.core.attribute.Attributes;
import emblema.core.error.IntegrityException;
import emblema.core.error.MalformedException;
import emblema.core.fmri.Fmri;
import emblema.core.hash.ContentHashes;
import emblema.core.hash.Digest;
import emblema.core.io.Disk;
import emblema.core.io.DiskFailure;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Makes files complete in slots: content decompressed and verified, owner, mode, extended
 * attributes and times set. A file that does not become what its action promises never gets near
 * its path.
 */
final class StagedContents {
  private static final String EXTENDED_ATTRIBUTE = "org.emblema.xattr";
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final Disk disk;
  private final WorkArea area;
  private final Payloads payloads;

  StagedContents(Disk disk, WorkArea area, Payloads payloads) {
    this.disk = disk;
    this.area = area;
    this.payloads = payloads;
  }

  /** Writes and verifies the content; the slot has mode 0600 and this process's owner. */
  SafePath content(Fmri owner, Action action, SafePath destination) {
    SafePath slot = area.slot(destination);
    ContentHashes.Stated stated =
        ContentHashes.of(action)
            .forContent()
            .orElseThrow(
                () ->
                    new MalformedException(
                        "'" + destination + "' of " + owner + " has no content hash"));
    MessageDigest digest = stated.digest().start();
    try (InputStream in = new GZIPInputStream(payloads.open(owner, action), 1 << 16);
        OutputStream out = disk.create(slot, 0600)) {
      byte[] buffer = new byte[1 << 16];
      for (int n = read(in, buffer, owner, destination);
          n >= 0;
          n = read(in, buffer, owner, destination)) {
        digest.update(buffer, 0, n);
        out.write(buffer, 0, n);
      }
    } catch (ZipException e) {
      throw corrupt(owner, destination, e);
    } catch (IOException e) {
      throw DiskFailure.of("write", disk.root().resolve(slot.text()), e);
    }
    String actual = HexFormat.of().formatHex(digest.digest());
    if (!actual.equals(stated.hex())) {
      throw new IntegrityException(
          destination.text(),
          stated.digest().javaName() + " of the content in " + owner,
          stated.hex(),
          actual,
          "the payload in the image's cache is damaged: run the command again to fetch it anew");
    }
    return slot;
  }

  private static int read(InputStream in, byte[] buffer, Fmri owner, SafePath destination) {
    try {
      return in.read(buffer);
    } catch (IOException e) {
      throw corrupt(owner, destination, e);
    }
  }

  private static IntegrityException corrupt(Fmri owner, SafePath destination, IOException e) {
    return new IntegrityException(
        destination.text(),
        "gzip stream of the payload in " + owner,
        "readable to its end",
        String.valueOf(e.getMessage()));
  }

  /** Gives a slot what the action says beside its content. */
  void complete(SafePath slot, FileAction action, Effect.Ownership ownership) {
    ownership.applyTo(disk, slot);
    extendedAttributes(slot, action.attributes());
    action
        .attributes()
        .first("timestamp")
        .ifPresent(
            text -> {
              long nanos = STAMP.parse(text, Instant::from).getEpochSecond() * 1_000_000_000L;
              disk.setTimes(slot, nanos, nanos);
            });
  }

  /** Values are {@code name:base64}; what an ordinary user may not set is left out. */
  void extendedAttributes(SafePath slot, Attributes attributes) {
    for (String value : attributes.all(EXTENDED_ATTRIBUTE)) {
      int colon = value.lastIndexOf(':');
      String name = colon < 0 ? value : value.substring(0, colon);
      if (disk.isPrivileged() || name.startsWith("user.")) {
        disk.setExtendedAttribute(
            slot, name, Base64.getDecoder().decode(value.substring(colon + 1)));
      }
    }
  }

  /** A copy of an existing file in a slot, with its times and extended attributes. */
  SafePath copy(SafePath file, Stat stat) {
    SafePath slot = area.slot(file);
    disk.clone(file, slot, 0600);
    disk.extendedAttributes(file)
        .forEach(
            (name, value) -> {
              if (disk.isPrivileged() || name.startsWith("user.")) {
                disk.setExtendedAttribute(slot, name, value);
              }
            });
    disk.setTimes(slot, stat.atime(), stat.mtime());
    return slot;
  }

  /** Bytes of our own making, for account files and the like. */
  SafePath bytes(SafePath destination, byte[] content, Effect.Ownership ownership) {
    SafePath slot = area.slot(destination);
    try (OutputStream out = disk.create(slot, 0600)) {
      out.write(content);
    } catch (IOException e) {
      throw DiskFailure.of("write", disk.root().resolve(slot.text()), e);
    }
    ownership.applyTo(disk, slot);
    return slot;
  }

  /** The hash of what is on disk. */
  String hash(SafePath file, Digest digest) {
    MessageDigest running = digest.start();
    try (InputStream in = disk.read(file)) {
      byte[] buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        running.update(buffer, 0, n);
      }
    } catch (IOException e) {
      throw DiskFailure.of("read", disk.root().resolve(file.text()), e);
    }
    return HexFormat.of().formatHex(running.digest());
  }
}
