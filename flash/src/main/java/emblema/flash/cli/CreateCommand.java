package emblema.flash.cli;

import emblema.cli.Arguments;
import emblema.cli.Command;
import emblema.cli.Session;
import emblema.cli.Syntax;
import emblema.core.event.Event;
import emblema.core.event.EventSink;
import emblema.core.io.Disk;
import emblema.core.io.RealDisk;
import emblema.core.io.SafePath;
import emblema.flash.create.Creation;
import emblema.flash.create.Scratch;
import emblema.flash.create.Target;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/** {@code flar create}: an archive of a master. */
final class CreateCommand implements Command {
  @Override
  public Syntax syntax() {
    return CreateSyntax.of();
  }

  @Override
  public int run(Arguments arguments, Session session) {
    CreateArguments typed = new CreateArguments(arguments, session);
    Optional<Path> file = ArchiveOperand.target(arguments, session).map(Path::toAbsolutePath);
    EventSink events = events(session);
    try (Disk sectionFiles = RealDisk.open(session.resolve(arguments.value("-d", ".")));
        RealDisk directory =
            RealDisk.open(file.map(path -> path.getParent()).orElse(session.directory()));
        Scratch scratch =
            Scratch.in(
                session.resolve(session.environment("TMPDIR").orElse("/tmp")),
                ProcessHandle.current().pid());
        Images images = Images.open(arguments, session, scratch, events)) {
      Target target =
          file.<Target>map(
                  path ->
                      new Target.File(
                          directory,
                          SafePath.of(Objects.requireNonNull(path.getFileName()).toString())))
              .orElseGet(() -> new Target.Stream(session.out().stream()));
      session.whenCancelled(
          () -> {
            target.abandon();
            scratch.abandon();
          });
      new Creation(
              typed.request(images.image(), images.old(), sectionFiles),
              scratch,
              target,
              file.map(Path::toString).orElse("-"),
              events)
          .run();
      return 0;
    }
  }

  /** What the original prints on its console must be seen, on a terminal or not. */
  private static EventSink events(Session session) {
    EventSink progress = session.events();
    return event -> {
      if (event instanceof Event.Note note) {
        session.err().line(note.text());
        session.err().flush();
      } else {
        progress.emit(event);
      }
    };
  }
}
