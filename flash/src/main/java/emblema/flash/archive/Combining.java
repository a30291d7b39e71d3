package emblema.flash.archive;

import emblema.core.error.ConflictException;
import emblema.core.error.NotFoundException;
import emblema.core.error.StorageException;
import emblema.core.event.Event;
import emblema.core.event.EventSink;
import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.core.io.Stat;
import emblema.flash.codec.CpioWriter;
import emblema.flash.codec.LzwOutputStream;
import emblema.flash.codec.MemberWriter;
import emblema.flash.codec.PaxWriter;
import emblema.flash.tree.Packing;
import emblema.flash.tree.Scope;
import emblema.flash.tree.TreeSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Puts section files together to an archive (spec flar-cli, section 8). Nothing is checked or
 * brought up to date but what would make an archive that nobody can read.
 */
public final class Combining {
  private final Disk files;
  private final List<String> sections;
  private final EventSink events;

  /**
   * @param files a directory with the files {@code cookie}, {@code identification} and {@code
   *     archive}, which may be a directory, and one for each of the sections
   * @param sections names, in any order: those of the software come first, in theirs
   */
  public Combining(Disk files, List<String> sections, EventSink events) {
    this.files = files;
    this.sections = ordered(sections);
    this.events = events;
  }

  private static List<String> ordered(List<String> sections) {
    List<String> ordered = new ArrayList<>(SectionName.SYSTEM);
    ordered.retainAll(sections);
    sections.stream().filter(name -> !ordered.contains(name)).forEach(ordered::add);
    return ordered;
  }

  /** Refuses what is missing before anything is written. */
  public void check() {
    List<String> needed =
        new ArrayList<>(
            List.of(SectionName.COOKIE, SectionName.IDENTIFICATION, SectionName.ARCHIVE));
    for (String name : sections) {
      if (!SectionName.isFree(name) && !SectionName.SYSTEM.contains(name)) {
        throw new ConflictException("'" + name + "' cannot be a section of its own");
      }
      if (!name.startsWith("X") && SectionName.isFree(name)) {
        warn("section '" + name + "' does not begin with X: older software may refuse it");
      }
    }
    needed.addAll(sections);
    for (String name : needed) {
      if (files.stat(SafePath.of(name)).isEmpty()) {
        throw new NotFoundException(
            "'" + files.describe(SafePath.of(name)) + "' does not exist",
            "'flar split' makes the files that 'flar combine' puts together");
      }
    }
    boolean typed = identification().value(Keyword.TYPE).isPresent();
    if (typed && !sections.containsAll(List.of("predeployment", "postdeployment", "reboot"))) {
      warn(
          "the archive will have no deployment sections: keep them with -u 'predeployment"
              + " postdeployment reboot'");
    }
  }

  private Identification identification() {
    byte[] text = files.readBytes(SafePath.of(SectionName.IDENTIFICATION));
    List<String> lines = new ArrayList<>();
    LineInput input = new LineInput(new ByteArrayInputStream(text));
    try {
      for (byte[] line = input.line(text.length); line != null; line = input.line(text.length)) {
        lines.add(LineInput.text(line));
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return Identification.parse(
        lines, files.describe(SafePath.of(SectionName.IDENTIFICATION)), false);
  }

  /** Writes the archive; does not close {@code out}. */
  public void write(OutputStream out) {
    try {
      copy(SectionName.COOKIE, out);
      section(SectionName.IDENTIFICATION, out);
      for (String name : sections) {
        section(name, out);
      }
      put("section_begin=" + SectionName.ARCHIVE + "\n", out);
      SafePath archive = SafePath.of(SectionName.ARCHIVE);
      if (files.stat(archive).filter(Stat::isDirectory).isPresent()) {
        pack(archive, out);
      } else {
        copy(SectionName.ARCHIVE, out);
      }
    } catch (IOException e) {
      throw new StorageException(
          "cannot write the archive", Objects.toString(e.getMessage(), null), List.of(), e);
    }
  }

  private void section(String name, OutputStream out) throws IOException {
    SectionText.section(name, files.read(SafePath.of(name)), out);
  }

  private void copy(String name, OutputStream out) throws IOException {
    try (InputStream in = files.read(SafePath.of(name))) {
      in.transferTo(out);
    }
  }

  private void pack(SafePath directory, OutputStream out) throws IOException {
    Identification identification = identification();
    boolean cpio = identification.method() == Identification.Method.CPIO;
    LzwOutputStream compressed = identification.isCompressed() ? new LzwOutputStream(out) : null;
    OutputStream stream = compressed == null ? out : compressed;
    MemberWriter writer = cpio ? new CpioWriter(stream) : new PaxWriter(stream);
    new Packing(writer, cpio, events).run(new TreeSource(files, directory, Scope.ALL, events));
    writer.finish();
    if (compressed != null) {
      compressed.finish();
    }
  }

  private static void put(String text, OutputStream out) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  private void warn(String text) {
    events.emit(new Event.Warning(text));
  }
}
