package emblema.core.error;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Text that does not follow its format; says where: file, line and column (both from 1). */
public final class MalformedException extends EmblemaException {
  /** Characters of a long text that an error shows. */
  private static final int EXCERPT = 160;

  private final String reason;
  private final int line;
  private final int column;

  /** A malformed value on its own, for example an FMRI on the command line. */
  public MalformedException(String message, String... hints) {
    super(message, null, List.of(hints), null);
    this.reason = message;
    this.line = 0;
    this.column = 0;
  }

  /**
   * @param source the file, or a word for where the text came from
   * @param line from 1, or 0 if unknown
   * @param column from 1, or 0 if unknown
   * @param reason what is wrong
   * @param excerpt the offending text, shown with a marker below the column, or null
   */
  public MalformedException(
      String source, int line, int column, String reason, @Nullable String excerpt) {
    super(
        source + (line > 0 ? ":" + line : "") + (column > 0 ? ":" + column : "") + ": " + reason,
        excerpt == null ? null : marked(excerpt, column),
        List.of(),
        null);
    this.reason = reason;
    this.line = line;
    this.column = column;
  }

  /** The text with a marker below the column; of a long text the part around it. */
  private static String marked(String text, int column) {
    int start = Math.max(0, Math.min(column - EXCERPT / 2, text.length() - EXCERPT));
    int end = Math.min(text.length(), start + EXCERPT);
    String shown =
        (start > 0 ? "…" : "") + text.substring(start, end) + (end < text.length() ? "…" : "");
    if (column == 0) {
      return shown;
    }
    return shown + "\n" + " ".repeat(column - 1 - start + (start > 0 ? 1 : 0)) + "^";
  }

  private MalformedException(String message, int line, String detail) {
    super(message, detail, List.of(), null);
    this.reason = message;
    this.line = line;
    this.column = 0;
  }

  /** One thing with several faults, each a line of the detail. */
  public static MalformedException listing(String message, List<String> faults) {
    return new MalformedException(message, 0, String.join("\n", faults));
  }

  /**
   * All errors of one text as one: a single error is itself, several are listed in the detail.
   *
   * @param count how many there were; the list may hold fewer
   */
  public static MalformedException gathered(
      String source, List<MalformedException> errors, int count) {
    return errors.size() == 1 && count == 1
        ? errors.getFirst()
        : new MalformedException(
            source + ": " + count + " errors",
            errors.getFirst().line(),
            errors.stream().map(MalformedException::withExcerpt).collect(Collectors.joining("\n"))
                + (count > errors.size() ? "\nand " + (count - errors.size()) + " more" : ""));
  }

  private String withExcerpt() {
    return getMessage() + detail().map(excerpt -> "\n" + excerpt).orElse("");
  }

  public String reason() {
    return reason;
  }

  public int line() {
    return line;
  }

  public int column() {
    return column;
  }

  @Override
  public int exitCode() {
    return 1;
  }
}
