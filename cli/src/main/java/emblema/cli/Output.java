package emblema.cli;

import emblema.core.error.StorageException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * One stream of a console: lines of text in UTF-8, or bytes. A reader that went away ends the
 * command silently (exit status 1); any other write failure is a {@code StorageException}.
 */
public final class Output {
  private final String name;
  private final OutputStream stream;
  private final boolean terminal;
  private final int width;
  private final boolean colour;
  private boolean broken;
  private Runnable beforeWrite = () -> {};

  /** Shown only where the stream has colour. */
  public enum Style {
    BOLD("1"),
    DIM("2"),
    RED("31"),
    GREEN("32"),
    YELLOW("33");

    private final String code;

    Style(String code) {
      this.code = code;
    }
  }

  /**
   * @param name for messages, "standard output"
   * @param width columns of the terminal, or the width to wrap at where there is none
   */
  public Output(String name, OutputStream stream, boolean terminal, int width, boolean colour) {
    this.name = name;
    this.stream = new BufferedOutputStream(stream, 1 << 13);
    this.terminal = terminal;
    this.width = width;
    this.colour = colour;
  }

  /** The reader of this stream has gone. */
  static final class ReaderGone extends RuntimeException {
    private static final long serialVersionUID = 1;

    ReaderGone(IOException cause) {
      super(cause);
    }
  }

  public boolean isTerminal() {
    return terminal;
  }

  /** In columns. */
  public int width() {
    return width;
  }

  /** The text and a line feed. */
  public void line(String text) {
    text(text + "\n");
  }

  public void line() {
    text("\n");
  }

  /** The text as it is. */
  public void text(String text) {
    bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  public synchronized void bytes(byte[] bytes) {
    beforeWrite.run();
    raw(bytes);
    if (terminal) {
      flush();
    }
  }

  /** For writers that want a stream; closing it only flushes. */
  public OutputStream stream() {
    return new OutputStream() {
      @Override
      public void write(int b) {
        Output.this.bytes(new byte[] {(byte) b});
      }

      @Override
      public void write(byte[] bytes, int offset, int length) {
        byte[] part = new byte[length];
        System.arraycopy(bytes, offset, part, 0, length);
        Output.this.bytes(part);
      }

      @Override
      public void flush() {
        Output.this.flush();
      }

      @Override
      public void close() {
        Output.this.flush();
      }
    };
  }

  /** The text in a style, where this stream has colour; else the text. */
  public String styled(Style style, String text) {
    return colour ? "\u001b[" + style.code + "m" + text + "\u001b[0m" : text;
  }

  /** After a failure, which is told once, everything further is dropped. */
  public synchronized void flush() {
    if (broken) {
      return;
    }
    try {
      stream.flush();
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** Writes without telling the console, which is how the console itself writes. */
  synchronized void raw(byte[] bytes) {
    if (broken) {
      return;
    }
    try {
      stream.write(bytes);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  void beforeWrite(Runnable action) {
    beforeWrite = action;
  }

  private RuntimeException failure(IOException e) {
    broken = true;
    String why = String.valueOf(e.getMessage());
    String words = why.toLowerCase(Locale.ROOT);
    if (words.contains("broken pipe") || words.contains("pipe closed")) {
      return new ReaderGone(e);
    }
    return new StorageException("cannot write to " + name, why, List.of(), e);
  }
}
