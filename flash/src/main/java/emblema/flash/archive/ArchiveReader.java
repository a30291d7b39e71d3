package emblema.flash.archive;

import emblema.core.error.ConflictException;
import emblema.core.error.MalformedException;
import emblema.core.error.StorageException;
import emblema.core.event.Event;
import emblema.core.event.EventSink;
import emblema.flash.codec.Payload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads a Flash archive once from its beginning to its end, in constant memory (spec flash-archive,
 * section 1). Everything up to the payload may come in any order but cookie and identification.
 * Errors name the archive and what is wrong with it.
 */
public final class ArchiveReader implements AutoCloseable {
  /** Identification sections are kept; this is far beyond any that was ever made. */
  private static final int LONGEST_IDENTIFICATION = 4 << 20;

  private static final int LONGEST_NAME = 4096;
  private static final String BEGIN = "section_begin=";

  private final InputStream in;
  private final LineInput lines;
  private final String source;
  private final String cookieLine;
  private final Cookie cookie;
  private final Identification identification;
  private byte[] identificationBytes = {};
  private boolean atPayload;
  private long payloadAt;

  /** Receives the sections between identification and archive. */
  public interface Sections {
    /**
     * One section.
     *
     * @param body its lines without the boundaries; what is not read is passed over
     */
    void section(String name, InputStream body) throws IOException;
  }

  /**
   * Reads cookie and identification.
   *
   * @param in closed with the reader
   * @param source names the archive in errors
   */
  public ArchiveReader(InputStream in, String source) {
    this.in = in;
    this.lines = new LineInput(in);
    this.source = source;
    try {
      this.cookieLine = firstLine();
      this.cookie = Cookie.parse(cookieLine, source);
      this.identification = readIdentification();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** Empty if it is longer than any cookie: some other file. */
  private String firstLine() throws IOException {
    try {
      return text(lines.line(Cookie.LONGEST));
    } catch (LineInput.TooLong e) {
      return "";
    }
  }

  private static String text(byte @Nullable [] line) {
    return line == null ? "" : LineInput.text(line);
  }

  private Identification readIdentification() throws IOException {
    if (!text(lines.line(LONGEST_NAME)).equals(BEGIN + SectionName.IDENTIFICATION)) {
      throw malformed("Could not find the identification section");
    }
    List<String> read = new ArrayList<>();
    ByteArrayOutputStream raw = new ByteArrayOutputStream();
    int room = LONGEST_IDENTIFICATION;
    while (true) {
      byte[] line = lines.line(room);
      if (line == null || startsWith(line, BEGIN)) {
        throw malformed("Identification section ended prematurely");
      }
      String text = LineInput.text(line);
      if (text.equals("section_end=" + SectionName.IDENTIFICATION)) {
        identificationBytes = raw.toByteArray();
        return Identification.parse(read, source, cookie.isFirst());
      }
      if (read.size() == Identification.MOST_LINES) {
        throw malformed("the identification has more than " + read.size() + " lines");
      }
      read.add(text);
      raw.writeBytes(line);
      raw.write('\n');
      room -= line.length + 1;
    }
  }

  private static boolean startsWith(byte[] line, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return line.length >= bytes.length
        && java.util.Arrays.equals(line, 0, bytes.length, bytes, 0, bytes.length);
  }

  public Cookie cookie() {
    return cookie;
  }

  /** The first line as it stands in the archive, without its LF. */
  public String cookieLine() {
    return cookieLine;
  }

  public Identification identification() {
    return identification;
  }

  /** The lines of the identification exactly as they stand in the archive, each with its LF. */
  public byte[] identificationBytes() {
    return identificationBytes.clone();
  }

  /** Names the archive in messages. */
  public String source() {
    return source;
  }

  /** Shows all sections up to the payload. */
  public void sections(Sections sections) {
    try {
      while (!atPayload) {
        byte[] line = lines.line(LONGEST_NAME);
        if (line == null) {
          throw malformed("Could not find the files section");
        }
        String text = LineInput.text(line);
        if (!text.startsWith(BEGIN)) {
          continue; // the original passes over what stands between sections
        }
        String name = text.substring(BEGIN.length());
        if (name.equals(SectionName.ARCHIVE)) {
          atPayload = true;
          payloadAt = lines.position();
        } else {
          SectionBody body = new SectionBody(lines, SectionName.check(name, source), source);
          sections.section(name, body);
          body.finish();
        }
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** Where in the archive the payload begins, in bytes; passes over sections that were not read. */
  public long payloadOffset() {
    if (!atPayload) {
      sections((name, body) -> {});
    }
    return payloadAt;
  }

  /** The payload as it is stored; passes over sections that were not read. */
  public InputStream payload() {
    if (!atPayload) {
      sections((name, body) -> {});
    }
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        return lines.read(into, offset, length);
      }
    };
  }

  /** The payload taken apart. */
  public Payload files() throws IOException {
    if (identification.isRootPool()) {
      throw rootPool();
    }
    Payload payload =
        new Payload(
            payload(),
            identification.isCompressed(),
            identification.method() == Identification.Method.CPIO);
    if (payload.isSendStream()) {
      throw rootPool();
    }
    return payload;
  }

  private ConflictException rootPool() {
    return new ConflictException(
        "'" + source + "' is an archive of a ZFS root pool: a send stream, not files",
        "receive its payload with 'zfs receive' on a system that has ZFS; 'flar split' writes it"
            + " to a file");
  }

  /** Warns if the archive's id is another than its files have. */
  public boolean checkId(String md5, EventSink events) {
    boolean same = identification.archiveId().map(md5::equals).orElse(true);
    if (!same) {
      events.emit(
          new Event.Warning(
              "Flash Archive IDs do not match (possible corrupt archive): " + source));
    }
    return same;
  }

  private MalformedException malformed(String reason) {
    return new MalformedException(source, 0, 0, reason, null);
  }

  StorageException unreadable(IOException e) {
    return new StorageException(
        "cannot read '" + source + "'", Objects.toString(e.getMessage(), null), List.of(), e);
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }
}
