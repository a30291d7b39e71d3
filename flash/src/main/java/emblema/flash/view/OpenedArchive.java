package emblema.flash.view;

import emblema.core.error.ConflictException;
import emblema.core.error.IntegrityException;
import emblema.core.error.StorageException;
import emblema.core.event.Event;
import emblema.core.event.EventSink;
import emblema.core.io.SharedFile;
import emblema.flash.archive.ArchiveReader;
import emblema.flash.archive.Identification;
import emblema.flash.codec.Member;
import emblema.flash.codec.MemberReader;
import emblema.flash.codec.Payload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * An archive whose contents can be read at random. Where its files are not compressed they are read
 * where they stand; else they are unpacked to a file without name, the only way to get at them.
 */
final class OpenedArchive {
  /** Where Solaris' archivers keep extended attributes. */
  private static final String ATTRIBUTES = "dev/null/attr";

  private final Path path;
  private final EventSink events;
  private final SharedFile content;

  /** Of the first byte of the archiver's stream in {@link #content}. */
  private final long offset;

  private final boolean isCpio;
  private final Identification identification;

  private OpenedArchive(
      Path path,
      EventSink events,
      SharedFile content,
      long offset,
      boolean isCpio,
      Identification identification) {
    this.path = path;
    this.events = events;
    this.content = content;
    this.offset = offset;
    this.isCpio = isCpio;
    this.identification = identification;
  }

  /**
   * Opens an archive; one whose id does not agree is refused.
   *
   * @param temporary takes what has to be unpacked, without a name there
   * @param sections sees what stands before the payload
   */
  static OpenedArchive open(
      Path path, Path temporary, ArchiveReader.Sections sections, EventSink events) {
    SharedFile stored = SharedFile.open(path);
    try (ArchiveReader archive =
        new ArchiveReader(stored.read(0, stored.size()), path.toString())) {
      Identification identification = archive.identification();
      identification.warnings().forEach(text -> events.emit(new Event.Warning(path + ": " + text)));
      archive.sections(sections);
      Payload payload = archive.files();
      payload.warnings().forEach(text -> events.emit(new Event.Warning(path + ": " + text)));
      boolean isCpio = payload.isCpio();
      SharedFile content = stored;
      if (!payload.isStoredPlain()) {
        content = SharedFile.spool(payload.plain(), temporary, path);
        stored.close();
      }
      long offset = payload.isStoredPlain() ? archive.payloadOffset() : 0;
      requireId(identification, payload.finish(), path);
      return new OpenedArchive(path, events, content, offset, isCpio, identification);
    } catch (IOException e) {
      stored.close();
      throw unreadable(path, e);
    } catch (RuntimeException e) {
      stored.close();
      throw e;
    }
  }

  private static void requireId(Identification identification, String md5, Path path) {
    String stated = identification.archiveId().orElse(md5);
    if (!stated.equals(md5)) {
      throw new IntegrityException(
          path.toString(), "archive_id, the MD5 of its files", stated, md5);
    }
  }

  private static StorageException unreadable(Path path, IOException e) {
    return new StorageException(
        "cannot read '" + path + "'", Objects.toString(e.getMessage(), null), List.of(), e);
  }

  Identification identification() {
    return identification;
  }

  SharedFile content() {
    return content;
  }

  void require(boolean differential) {
    if (identification.isDifferential() != differential) {
      throw new ConflictException(
          "archive '" + path + "' is " + (differential ? "FULL" : "DIFFERENTIAL"),
          differential
              ? "a differential one is needed"
              : "a full one is needed: a differential one is only part of a tree");
    }
  }

  /** Hands all members to a tree. */
  void addTo(TreeBuilder tree) {
    try {
      Payload payload = new Payload(content.read(offset, content.size() - offset), false, isCpio);
      MemberReader members = payload.members();
      for (Member member = members.next(); member != null; member = members.next()) {
        if (member.path().startsWith(ATTRIBUTES)
            || member.kind() == Member.Kind.OTHER
            || member.kind() == Member.Kind.SOCKET) {
          events.emit(
              new Event.Warning(
                  path + ": '" + member.path() + "' is a record of attributes: left out"));
          continue;
        }
        long start = offset + payload.position();
        long size = member.size();
        tree.add(member, () -> content.read(start, size));
      }
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }
}
