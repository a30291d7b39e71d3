package emblema.flash.create;

import emblema.core.error.ConflictException;
import emblema.core.error.StorageException;
import emblema.core.event.EventSink;
import emblema.core.io.Disk;
import emblema.core.io.Durability;
import emblema.core.io.SafePath;
import emblema.core.io.TemporaryNames;
import emblema.flash.tree.MemberSource;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Writes an archive of whatever members it is given, in constant memory. Into a file each member is
 * read once and nothing is copied: the text before the payload is written again, at the same
 * length, when hash and sizes are known (spec flash-archive, 3.5).
 */
final class ArchiveWriting {
  private static final int MODE = 0644;
  private static final int BUFFER = 1 << 16;
  private static final int PATCH = 1 << 20;

  private final ArchiveText text;
  private final MemberSource source;
  private final EventSink events;

  ArchiveWriting(ArchiveText text, MemberSource source, EventSink events) {
    this.text = text;
    this.source = source;
    this.events = events;
  }

  PayloadFacts to(Target target) {
    try {
      return switch (target) {
        case Target.File file -> toFile(file);
        case Target.Stream stream -> toStream(stream.out());
      };
    } catch (IOException e) {
      throw new StorageException(
          "cannot write the archive", Objects.toString(e.getMessage(), null), List.of(), e);
    }
  }

  private PayloadFacts toFile(Target.File file) throws IOException {
    Disk disk = file.directory();
    SafePath temporary = TemporaryNames.of(file.name());
    if (disk.stat(temporary).isPresent()) {
      disk.remove(temporary);
    }
    try {
      PayloadFacts payload;
      long length = text.dependsOnPayload() ? text.widest() : 0;
      try (OutputStream out = disk.create(temporary, MODE)) {
        text.write(out, PayloadFacts.WIDEST, 0);
        payload = PayloadWriter.write(source, text.form(), text.hasId(), out, events);
      }
      if (text.dependsOnPayload()) {
        rewrite(disk, temporary, payload, length);
      }
      Durability.FULL.sync(disk, temporary);
      disk.rename(temporary, file.name());
      Durability.FULL.sync(disk, file.name().parent().orElse(SafePath.ROOT));
      return payload;
    } catch (IOException | RuntimeException e) {
      remove(disk, temporary, e);
      throw e;
    }
  }

  private static void remove(Disk disk, SafePath temporary, Exception reason) {
    try {
      if (disk.stat(temporary).isPresent()) {
        disk.remove(temporary);
      }
    } catch (RuntimeException e) {
      reason.addSuppressed(e);
    }
  }

  private void rewrite(Disk disk, SafePath file, PayloadFacts payload, long length)
      throws IOException {
    try (Patch patch = new Patch(disk, file);
        OutputStream out = new BufferedOutputStream(patch, PATCH)) {
      text.write(out, payload, length);
    }
  }

  /** Writes over a file from its beginning. */
  private static final class Patch extends OutputStream {
    private final Disk disk;
    private final SafePath file;
    private long at;

    Patch(Disk disk, SafePath file) {
      this.disk = disk;
      this.file = file;
    }

    @Override
    public void write(int one) {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      disk.patch(file, at, Arrays.copyOfRange(bytes, offset, offset + length));
      at += length;
    }
  }

  private PayloadFacts toStream(OutputStream out) throws IOException {
    PayloadFacts expected = PayloadFacts.WIDEST;
    if (text.dependsOnPayload()) {
      expected =
          PayloadWriter.write(
              source, text.form(), text.hasId(), OutputStream.nullOutputStream(), events);
    }
    BufferedOutputStream buffered = new BufferedOutputStream(out, BUFFER);
    text.write(buffered, expected, 0);
    PayloadFacts payload = PayloadWriter.write(source, text.form(), text.hasId(), buffered, events);
    buffered.flush();
    if (text.dependsOnPayload() && !payload.equals(expected)) {
      throw new ConflictException(
          "the archive is not what its identification says: files changed while it was written",
          "stop what changes them, or write to a file, where each is read only once");
    }
    return payload;
  }
}
