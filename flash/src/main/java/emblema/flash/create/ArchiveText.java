package emblema.flash.create;

import emblema.core.io.Disk;
import emblema.core.io.SafePath;
import emblema.flash.archive.Cookie;
import emblema.flash.archive.Keyword;
import emblema.flash.archive.SectionName;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everything before the payload, in the order that original installers need (spec flash-archive,
 * section 1). Identification and summary are here; the sections between and after them were
 * prepared in files, boundaries and all.
 *
 * @param facts of the master
 * @param hasId whether the payload's hash is stated
 * @param hasSizes whether sizes are
 * @param sections prepared files: those of the software but the summary, then those of users
 * @param summary lines
 */
record ArchiveText(
    Description description,
    MasterFacts facts,
    Optional<String> architectures,
    PayloadForm form,
    boolean isDifferential,
    boolean hasId,
    boolean hasSizes,
    Sections sections,
    List<String> summary) {

  /**
   * Sections in files.
   *
   * @param ofSoftware manifest, predeployment, postdeployment, reboot
   * @param ofUsers in their order
   */
  record Sections(Disk disk, SafePath ofSoftware, SafePath ofUsers) {}

  /** Whether the text names what only the finished payload tells. */
  boolean dependsOnPayload() {
    return hasId || hasSizes;
  }

  /** Bytes of the text when every fact is as wide as it can be. */
  long widest() throws IOException {
    CountedOutput count = new CountedOutput(OutputStream.nullOutputStream());
    write(count, PayloadFacts.WIDEST, 0);
    return count.count();
  }

  /**
   * Writes the text.
   *
   * @param least bytes: a shorter text gets blanks in the summary, where nobody sees them
   */
  void write(OutputStream out, PayloadFacts payload, long least) throws IOException {
    List<String> identification = identification(payload);
    long blanks = 0;
    if (least > 0) {
      CountedOutput count = new CountedOutput(OutputStream.nullOutputStream());
      write(count, identification, 0);
      blanks = least - count.count();
    }
    write(out, identification, blanks);
  }

  private void write(OutputStream out, List<String> identification, long blanks)
      throws IOException {
    TextLines text = new TextLines(out);
    text.line(Cookie.CURRENT.toString());
    text.section(SectionName.IDENTIFICATION, identification);
    copy(sections.ofSoftware(), out);
    text.begin(SectionName.SUMMARY);
    summary.forEach(line -> text.line(line.startsWith("section_") ? " " + line : line));
    text.blanks(blanks);
    text.end(SectionName.SUMMARY);
    copy(sections.ofUsers(), out);
    text.begin(SectionName.ARCHIVE);
  }

  private void copy(SafePath file, OutputStream out) throws IOException {
    try (InputStream in = sections.disk().read(file)) {
      in.transferTo(out);
    }
  }

  /** In the order of real archives (spec flash-archive, 3.3). */
  private List<String> identification(PayloadFacts payload) {
    List<String> lines = new ArrayList<>();
    if (hasId) {
      lines.add(Keyword.ARCHIVE_ID + "=" + payload.id());
    }
    lines.add(Keyword.METHOD + "=" + form.method().word());
    lines.add(Keyword.DATE + "=" + description.date());
    lines.add(Keyword.MASTER + "=" + description.master());
    lines.add(Keyword.NAME + "=" + description.name());
    lines.add(Keyword.NODE + "=" + facts.node());
    lines.add(Keyword.HARDWARE_CLASS + "=" + facts.hardwareClass());
    lines.add(Keyword.PLATFORM + "=" + facts.platform());
    lines.add(Keyword.PROCESSOR + "=" + facts.processor());
    lines.add(Keyword.RELEASE + "=" + facts.release());
    lines.add(Keyword.OS_NAME + "=" + facts.osName());
    lines.add(Keyword.OS_VERSION + "=" + facts.osVersion());
    lines.add(Keyword.COMPRESSION + "=" + (form.isCompressed() ? "compress" : "none"));
    if (hasSizes) {
      lines.add(Keyword.ARCHIVED_SIZE + "=" + payload.stored());
      if (payload.size().bytes() > 0) {
        lines.add(Keyword.UNARCHIVED_SIZE + "=" + payload.size().bytes());
      }
    }
    description.type().ifPresent(type -> lines.add(Keyword.CONTENT_TYPE + "=" + type));
    description.text().ifPresent(text -> describe(text, lines));
    description.author().ifPresent(author -> lines.add(Keyword.AUTHOR + "=" + author));
    lines.addAll(description.userKeywords());
    architectures.ifPresent(names -> lines.add(Keyword.ARCHITECTURES + "=" + names));
    lines.add(Keyword.TYPE + "=" + (isDifferential ? "DIFFERENTIAL" : "FULL"));
    return lines;
  }

  private static void describe(List<String> text, List<String> lines) {
    lines.add(Keyword.DESCRIPTION + "=" + (text.isEmpty() ? "" : text.getFirst()));
    lines.addAll(text.subList(Math.min(1, text.size()), text.size()));
  }
}
