package emblema.flash.archive;

import emblema.core.error.MalformedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an archive says about itself: lines as they stand in it, and what they mean (spec
 * flash-archive, section 3). Keywords are compared without regard to case; of several the last
 * counts, of descriptions all do.
 */
public final class Identification {
  /** Archives have some twenty; many more would only cost memory. */
  static final int MOST_LINES = 1 << 16;

  /** Of one kind; who has read so many knows. */
  private static final int MOST_WARNINGS = 100;

  private final List<String> lines;
  private final Map<String, String> values;
  private final List<String> warnings;

  private Identification(List<String> lines, Map<String, String> values, List<String> warnings) {
    this.lines = List.copyOf(lines);
    this.values = values;
    this.warnings = List.copyOf(warnings);
  }

  /** How the files of an archive are put into one stream. */
  public enum Method {
    CPIO,
    PAX;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Reads the lines between the boundaries.
   *
   * @param source names the archive in errors
   * @param isFirstVersion archives 1.x know no type
   */
  static Identification parse(List<String> lines, String source, boolean isFirstVersion) {
    Map<String, String> values = new LinkedHashMap<>();
    List<String> warnings = new ArrayList<>();
    StringBuilder description = new StringBuilder();
    boolean inDescription = false;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      int equals = line.indexOf('=');
      if (equals <= 0) {
        if (!inDescription) {
          throw new MalformedException(
              source, i + 3, 0, "Unable to read identification section", line);
        }
        description.append('\n').append(line);
        continue;
      }
      String keyword = line.substring(0, equals).toLowerCase(Locale.ROOT);
      String value = strip(line.substring(equals + 1));
      inDescription = keyword.equals(Keyword.DESCRIPTION);
      if (inDescription) {
        description.append(description.isEmpty() ? "" : "\n").append(value);
        values.put(keyword, "");
      } else {
        values.put(keyword, value);
      }
      if (!Keyword.isKnown(keyword) && warnings.size() < MOST_WARNINGS) {
        warnings.add("unknown keyword '" + line.substring(0, equals) + "'");
      }
    }
    values.computeIfPresent(Keyword.DESCRIPTION, (key, none) -> description.toString());
    Identification identification = new Identification(lines, values, warnings);
    identification.check(source);
    return identification.withWarnings(isFirstVersion);
  }

  private static String strip(String value) {
    int start = 0;
    int end = value.length();
    while (start < end && isBlank(value.charAt(start))) {
      start++;
    }
    while (end > start && isBlank(value.charAt(end - 1))) {
      end--;
    }
    return value.substring(start, end);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  private void check(String source) {
    String method = value(Keyword.METHOD).orElse("cpio").toLowerCase(Locale.ROOT);
    if (!isRootPool() && !method.equals("cpio") && !method.equals("pax")) {
      throw malformed(source, "Unknown archive method (" + method + ")");
    }
    String compression = compressionWord().toLowerCase(Locale.ROOT);
    if (!isRootPool() && !compression.equals("none") && !compression.equals("compress")) {
      throw malformed(source, "Unknown compression method (" + compression + ")");
    }
    value(Keyword.ARCHIVED_SIZE)
        .filter(size -> !isSize(size))
        .ifPresent(
            size -> {
              throw malformed(source, "Bad archived size (" + size + ")");
            });
    value(Keyword.UNARCHIVED_SIZE)
        .filter(size -> !isSize(size))
        .ifPresent(
            size -> {
              throw malformed(source, "Bad unarchived size (" + size + ")");
            });
    value(Keyword.DATE)
        .filter(date -> !date.matches("[0-9]{14}"))
        .ifPresent(
            date -> {
              throw malformed(source, "Bad creation date (" + date + ")");
            });
  }

  private static boolean isSize(String text) {
    return text.matches("[0-9]{1,18}") && Long.parseLong(text) >= 1;
  }

  private static MalformedException malformed(String source, String reason) {
    return new MalformedException(source, 0, 0, reason, null);
  }

  private Identification withWarnings(boolean isFirstVersion) {
    List<String> all = new ArrayList<>(warnings);
    if (value(Keyword.NAME).isEmpty()) {
      all.add("the archive has no content_name");
    }
    if (!isFirstVersion && value(Keyword.TYPE).isEmpty()) {
      all.add("the archive does not say its type: taken as FULL");
    }
    return new Identification(lines, values, all);
  }

  /** The lines as they stand in the archive, without the boundaries. */
  public List<String> lines() {
    return lines;
  }

  /** What a reader should know but can live with. */
  public List<String> warnings() {
    return warnings;
  }

  /** Several lines of a description are joined by LF. */
  public Optional<String> value(String keyword) {
    return Optional.ofNullable(values.get(keyword.toLowerCase(Locale.ROOT)));
  }

  public Method method() {
    return value(Keyword.METHOD).orElse("cpio").equalsIgnoreCase("pax") ? Method.PAX : Method.CPIO;
  }

  public boolean isCompressed() {
    return compressionWord().equalsIgnoreCase("compress");
  }

  private String compressionWord() {
    return value(Keyword.COMPRESSION).or(() -> value(Keyword.COMPRESSION_SLIP)).orElse("none");
  }

  public boolean isDifferential() {
    return value(Keyword.TYPE).orElse("FULL").equals("DIFFERENTIAL");
  }

  /** A send stream of a ZFS pool, which is no archive of files. */
  public boolean isRootPool() {
    return value(Keyword.ROOT_POOL).isPresent() || value(Keyword.BOOT_FILE_SYSTEM).isPresent();
  }

  /** MD5 of the uncompressed stream in lower-case hex, if stated. */
  public Optional<String> archiveId() {
    return value(Keyword.ARCHIVE_ID).map(id -> id.toLowerCase(Locale.ROOT));
  }

  /** Bytes of the payload as stored; for checks of space only. */
  public Optional<Long> archivedSize() {
    return value(Keyword.ARCHIVED_SIZE).map(Long::parseLong);
  }

  public Optional<Long> unarchivedSize() {
    return value(Keyword.UNARCHIVED_SIZE).map(Long::parseLong);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Identification that && lines.equals(that.lines);
  }

  @Override
  public int hashCode() {
    return lines.hashCode();
  }

  @Override
  public String toString() {
    return String.join("\n", lines);
  }
}
