package emblema.flash.cli;

import emblema.cli.Arguments;
import emblema.cli.Session;
import emblema.core.event.EventSink;
import emblema.flash.archive.ArchiveReader;
import emblema.flash.deploy.ArchiveSource;
import org.jspecify.annotations.Nullable;

/** The archive that a command names, for who reads it twice; of a stream the one reader. */
final class ReopenedArchive implements ArchiveSource {
  private final Arguments arguments;
  private final Session session;
  private final EventSink events;
  private @Nullable ArchiveReader stream;
  private boolean hasWarned;

  ReopenedArchive(Arguments arguments, Session session, EventSink events) {
    this.arguments = arguments;
    this.session = session;
    this.events = events;
  }

  @Override
  public String name() {
    return arguments.operand(0);
  }

  @Override
  public boolean isRepeatable() {
    return !arguments.operand(0).equals("-");
  }

  @Override
  public ArchiveReader open() {
    ArchiveReader opened = stream;
    if (opened == null) {
      opened = ArchiveOperand.open(arguments, session, hasWarned ? EventSink.QUIET : events);
      hasWarned = true;
      stream = isRepeatable() ? null : opened;
    }
    return opened;
  }
}
