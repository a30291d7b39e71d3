package emblema.flash.cli;

import emblema.cli.Arguments;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.core.error.NotFoundException;
import emblema.core.error.StorageException;
import emblema.core.error.UsageException;
import emblema.core.event.EventSink;
import emblema.flash.archive.ArchiveReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * The archive that a command names: a file, {@code -} for a stream, or with {@code -t} a tape,
 * whose files are emulated by files: position 0 is the file itself, position N the file {@code
 * NAME.N} (spec flash-archive, 8.4).
 */
final class ArchiveOperand {
  private static final String BLOCK_SIZE = "[1-9][0-9]{0,8}k?";

  private ArchiveOperand() {}

  static Syntax tape(Syntax syntax) {
    return syntax
        .flag("-t", "the archive is on a tape, or in files that stand for one")
        .value("-p", "posn", "the file on the tape, from 0")
        .value("-b", "blocksize", "bytes of a block on the tape; 'k' multiplies by 1024")
        .needs("-p", "-t")
        .needs("-b", "-t")
        .operand("archive");
  }

  /** The path that the operand means. */
  static Path path(Arguments arguments, Session session) {
    String operand = arguments.operand(0);
    arguments
        .value("-b")
        .filter(size -> !size.matches(BLOCK_SIZE))
        .ifPresent(
            size -> {
              throw arguments.invalid("-b", "a number of bytes");
            });
    int position = arguments.number("-p").orElse(0);
    if (position < 0) {
      throw arguments.invalid("-p", "a number from 0");
    }
    Path path = session.resolve(position == 0 ? operand : operand + "." + position);
    if (Files.isDirectory(path)) {
      throw new UsageException("'" + operand + "' is a directory, not an archive");
    }
    return path;
  }

  /** Opens it for reading. */
  static ArchiveReader open(Arguments arguments, Session session, EventSink events) {
    String operand = arguments.operand(0);
    ArchiveReader archive =
        operand.equals("-")
            ? new ArchiveReader(System.in, "standard input")
            : new ArchiveReader(stream(path(arguments, session), operand), operand);
    archive
        .identification()
        .warnings()
        .forEach(text -> events.emit(new emblema.core.event.Event.Warning(operand + ": " + text)));
    return archive;
  }

  private static InputStream stream(Path path, String operand) {
    try {
      return Files.newInputStream(path);
    } catch (NoSuchFileException e) {
      throw new NotFoundException("archive '" + operand + "' does not exist");
    } catch (IOException e) {
      throw new StorageException(
          "cannot read '" + operand + "'", Objects.toString(e.getMessage(), null), List.of(), e);
    }
  }
}
