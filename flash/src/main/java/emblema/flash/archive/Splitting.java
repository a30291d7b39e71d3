package emblema.flash.archive;

import emblema.core.error.NotFoundException;
import emblema.core.event.EventSink;
import emblema.core.io.AtomicFile;
import emblema.core.io.Disk;
import emblema.core.io.Durability;
import emblema.core.io.SafePath;
import emblema.flash.codec.Payload;
import emblema.flash.tree.Extraction;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Takes an archive apart into one file a section, byte for byte (spec flar-cli, section 7).
 * Existing files are replaced as a whole, nothing is deleted.
 */
public final class Splitting {
  private static final int MODE = 0644;

  private final Disk target;
  private final Predicate<String> wanted;
  private final boolean unpack;
  private final EventSink events;

  /**
   * @param target a directory that gets the files
   * @param wanted names of sections, cookie and archive among them
   * @param unpack whether the payload becomes a directory instead of a file
   */
  public Splitting(Disk target, Predicate<String> wanted, boolean unpack, EventSink events) {
    this.target = target;
    this.wanted = wanted;
    this.unpack = unpack;
    this.events = events;
  }

  /**
   * Splits.
   *
   * @param required names that the archive must have
   * @return the names of what was written
   */
  public List<String> run(ArchiveReader archive, Set<String> required) {
    List<String> written = new ArrayList<>();
    Set<String> seen =
        new HashSet<>(List.of(SectionName.COOKIE, SectionName.IDENTIFICATION, SectionName.ARCHIVE));
    if (wanted.test(SectionName.COOKIE)) {
      write(
          SectionName.COOKIE,
          (archive.cookieLine() + "\n").getBytes(StandardCharsets.UTF_8),
          written);
    }
    if (wanted.test(SectionName.IDENTIFICATION)) {
      write(SectionName.IDENTIFICATION, archive.identificationBytes(), written);
    }
    archive.sections(
        (name, body) -> {
          seen.add(name);
          if (wanted.test(name)) {
            write(name, body, written);
          }
        });
    for (String name : required) {
      if (!seen.contains(name)) {
        throw new NotFoundException("'" + archive.source() + "' has no section '" + name + "'");
      }
    }
    if (wanted.test(SectionName.ARCHIVE)) {
      if (unpack) {
        unpack(archive);
        written.add(SectionName.ARCHIVE);
      } else {
        write(SectionName.ARCHIVE, archive.payload(), written);
      }
    }
    return written;
  }

  private void write(String name, byte[] content, List<String> written) {
    AtomicFile.write(target, SafePath.of(name), MODE, content, Durability.NONE);
    written.add(name);
  }

  private void write(String name, InputStream content, List<String> written) {
    AtomicFile.write(target, SafePath.of(name), MODE, content::transferTo, Durability.NONE);
    written.add(name);
  }

  private void unpack(ArchiveReader archive) {
    SafePath directory = SafePath.of(SectionName.ARCHIVE);
    if (target.stat(directory).isEmpty()) {
      target.makeDirectory(directory, 0755);
    }
    try {
      Payload payload = archive.files();
      payload.warnings().forEach(text -> events.emit(new emblema.core.event.Event.Warning(text)));
      new Extraction(target, directory, events).run(payload.members(), archive.source());
      archive.checkId(payload.finish(), events);
    } catch (IOException e) {
      throw archive.unreadable(e);
    }
  }
}
