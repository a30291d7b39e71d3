package emblema.cli;

import emblema.core.error.StorageException;
import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The two output streams of a command, and the transient status line that progress shows on a
 * terminal: any other text first wipes that line, so the two never mix.
 */
public final class Console {
  private static final int DEFAULT_WIDTH = 80;

  private final Output out;
  private final Output err;
  private final InputStream in;
  private int statusWidth;

  public Console(Output out, Output err) {
    this(out, err, InputStream.nullInputStream());
  }

  public Console(Output out, Output err, InputStream in) {
    this.out = out;
    this.err = err;
    this.in = in;
    out.beforeWrite(this::clearStatus);
    err.beforeWrite(
        () -> {
          clearStatus();
          out.flush();
        });
  }

  /** The console of this process. Width comes from COLUMNS, which our launch scripts set. */
  public static Console ofProcess(Map<String, String> environment) {
    int width = width(environment.getOrDefault("COLUMNS", ""));
    boolean colours =
        environment.getOrDefault("NO_COLOR", "").isEmpty()
            && !environment.getOrDefault("TERM", "dumb").equals("dumb");
    boolean outTerminal = isTerminal(1);
    boolean errTerminal = isTerminal(2);
    return new Console(
        new Output(
            "standard output",
            new FileOutputStream(FileDescriptor.out),
            outTerminal,
            width,
            outTerminal && colours),
        new Output(
            "standard error",
            new FileOutputStream(FileDescriptor.err),
            errTerminal,
            width,
            errTerminal && colours),
        new FileInputStream(FileDescriptor.in));
  }

  /** Standard input. */
  public InputStream in() {
    return in;
  }

  /**
   * Asks on standard error and reads one line of standard input.
   *
   * @return the answer, or nothing at the end of the input
   */
  public Optional<String> ask(String question) {
    err.text(question);
    err.flush();
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try {
      int b = in.read();
      if (b < 0) {
        return Optional.empty();
      }
      while (b >= 0 && b != '\n') {
        line.write(b);
        b = in.read();
      }
      return Optional.of(line.toString(StandardCharsets.UTF_8).strip());
    } catch (IOException e) {
      throw new StorageException(
          "cannot read standard input", String.valueOf(e.getMessage()), List.of(), e);
    }
  }

  public Output out() {
    return out;
  }

  public Output err() {
    return err;
  }

  /** Shows a line on the terminal that the next text replaces; nothing if there is no terminal. */
  public synchronized void status(String text) {
    if (!err.isTerminal()) {
      return;
    }
    String shown = text.length() < err.width() ? text : text.substring(0, err.width() - 1);
    String padding = " ".repeat(Math.max(0, statusWidth - shown.length()));
    err.raw(("\r" + shown + padding).getBytes(StandardCharsets.UTF_8));
    err.flush();
    statusWidth = shown.length();
  }

  /** Wipes the status line. */
  public synchronized void clearStatus() {
    if (statusWidth > 0) {
      err.raw(("\r" + " ".repeat(statusWidth) + "\r").getBytes(StandardCharsets.UTF_8));
      err.flush();
      statusWidth = 0;
    }
  }

  public void flush() {
    out.flush();
    err.flush();
  }

  private static int width(String columns) {
    try {
      int width = Integer.parseInt(columns);
      return width >= 20 ? width : DEFAULT_WIDTH;
    } catch (NumberFormatException e) {
      return DEFAULT_WIDTH;
    }
  }

  /** Asks the kernel's list of open files: a native call would cost more than all of start-up. */
  private static boolean isTerminal(int descriptor) {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      return target.startsWith("/dev/pts/")
          || target.startsWith("/dev/tty")
          || target.equals("/dev/console");
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
