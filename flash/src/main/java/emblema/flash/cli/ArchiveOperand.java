package emblema.flash.cli;

import emblema.cli.Arguments;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.core.error.NotFoundException;
import emblema.core.error.StorageException;
import emblema.core.error.UsageException;
import emblema.core.event.Event;
import emblema.core.event.EventSink;
import emblema.flash.archive.ArchiveReader;
import emblema.flash.archive.Tape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/** The archive that a command names: a file, {@code -} for a stream, or with {@code -t} a tape. */
final class ArchiveOperand {
  private ArchiveOperand() {}

  static Syntax tape(Syntax syntax) {
    return syntax
        .flag("-t", "the archive is on a tape, or in files that stand for one")
        .value("-p", "posn", "the file on the tape, from 0; else where the tape stands")
        .value("-b", "blocksize", "bytes of a block on the tape; 'k' multiplies by 1024")
        .needs("-p", "-t")
        .needs("-b", "-t")
        .section(
            "TAPES",
            """
            With -t a file stands for a tape: position 0 is the file itself, position N the file \
            NAME.N. A real tape device is read from where it stands, in blocks of up to 5 MiB or \
            -b; wind it with mt(1), and write to it with 'flar ... - | dd of=DEVICE obs=64k'.\
            """)
        .operand("archive");
  }

  private static Optional<Tape> tape(Arguments arguments, Session session) {
    if (!arguments.has("-t")) {
      return Optional.empty();
    }
    String operand = arguments.operand(0);
    if (operand.equals("-")) {
      throw new UsageException("option '-t' needs the name of a tape, not '-'");
    }
    Optional<String> block = arguments.value("-b");
    if (block.isPresent() && !Tape.isBlockSize(block.get())) {
      throw arguments.invalid("-b", "a number of bytes");
    }
    int position = arguments.number("-p").orElse(0);
    if (position < 0) {
      throw arguments.invalid("-p", "a number from 0");
    }
    OptionalInt size =
        block.isPresent() ? OptionalInt.of(Tape.blockSize(block.get())) : OptionalInt.empty();
    return Optional.of(new Tape(session.resolve(operand), position, size));
  }

  /** The path that an archive is written to; nothing for standard output. */
  static Optional<Path> target(Arguments arguments, Session session) {
    return arguments.operand(0).equals("-") && !arguments.has("-t")
        ? Optional.empty()
        : Optional.of(path(arguments, session));
  }

  private static Path path(Arguments arguments, Session session) {
    String operand = arguments.operand(0);
    Path path =
        tape(arguments, session).map(Tape::target).orElseGet(() -> session.resolve(operand));
    requireNoDirectory(path, operand);
    return path;
  }

  private static void requireNoDirectory(Path path, String operand) {
    if (Files.isDirectory(path)) {
      throw new UsageException("'" + operand + "' is a directory, not an archive");
    }
  }

  /** Opens it for reading. */
  static ArchiveReader open(Arguments arguments, Session session, EventSink events) {
    String operand = arguments.operand(0);
    Optional<Tape> tape = tape(arguments, session);
    ArchiveReader archive;
    if (tape.isPresent()) {
      requireNoDirectory(tape.get().file(), operand);
      archive = new ArchiveReader(tape.get().open(), operand);
    } else if (operand.equals("-")) {
      archive = new ArchiveReader(session.console().in(), "standard input");
    } else {
      archive = new ArchiveReader(stream(session.resolve(operand), operand), operand);
    }
    archive
        .identification()
        .warnings()
        .forEach(text -> events.emit(new Event.Warning(operand + ": " + text)));
    return archive;
  }

  private static InputStream stream(Path path, String operand) {
    requireNoDirectory(path, operand);
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
