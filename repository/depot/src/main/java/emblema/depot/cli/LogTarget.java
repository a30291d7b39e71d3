package emblema.depot.cli;

import emblema.cli.Session;
import emblema.core.error.NotFoundException;
import emblema.core.io.Disk;
import emblema.core.io.RealDisk;
import emblema.core.io.SafePath;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where log lines go: nowhere, a stream of the process, or the end of a file. */
final class LogTarget implements AutoCloseable {
  private static final int MODE = 0640;

  private final OutputStream stream;
  private final boolean isNowhere;
  private final @Nullable Disk disk;
  private final InstantSource clock;
  private final DateTimeFormatter form =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss", Locale.ROOT)
          .withZone(ZoneId.systemDefault());

  private LogTarget(
      OutputStream stream, boolean isNowhere, @Nullable Disk disk, InstantSource clock) {
    this.stream = stream;
    this.isNowhere = isNowhere;
    this.disk = disk;
    this.clock = clock;
  }

  static LogTarget of(String where, Session session) {
    return switch (where) {
      case "none" -> new LogTarget(OutputStream.nullOutputStream(), true, null, session.clock());
      case "stdout" -> new LogTarget(lines(session, true), false, null, session.clock());
      case "stderr" -> new LogTarget(lines(session, false), false, null, session.clock());
      default -> file(session.resolve(where), session);
    };
  }

  private static OutputStream lines(Session session, boolean standardOutput) {
    return new OutputStream() {
      @Override
      public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) {
        String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
        (standardOutput ? session.out() : session.err()).text(text);
      }

      @Override
      public void flush() {
        session.console().flush();
      }
    };
  }

  private static LogTarget file(Path file, Session session) {
    Path directory = Optional.ofNullable(file.getParent()).orElse(Path.of("/"));
    if (!Files.isDirectory(directory)) {
      throw new NotFoundException("the directory of the log '" + file + "' does not exist");
    }
    Disk disk = RealDisk.open(directory);
    SafePath name = new SafePath(String.valueOf(file.getFileName()));
    OutputStream out = disk.stat(name).isPresent() ? disk.append(name) : disk.create(name, MODE);
    return new LogTarget(out, false, disk, session.clock());
  }

  /** Nothing where lines go nowhere, so that nobody makes them. */
  Optional<OutputStream> streamIfAny() {
    return Optional.of(stream).filter(out -> !isNowhere);
  }

  /** One line with the time; a log that cannot be written stops nobody. */
  synchronized void line(String text) {
    String safe = text.replaceAll("\\p{Cntrl}", "?");
    try {
      stream.write(
          ("[" + form.format(clock.instant()) + "] " + safe + "\n")
              .getBytes(StandardCharsets.UTF_8));
      stream.flush();
    } catch (IOException | RuntimeException e) {
      // nobody is left to be told
    }
  }

  @Override
  public void close() {
    try {
      stream.flush();
      if (disk != null) {
        stream.close();
        disk.close();
      }
    } catch (IOException | RuntimeException e) {
      // nobody is left to be told
    }
  }
}
