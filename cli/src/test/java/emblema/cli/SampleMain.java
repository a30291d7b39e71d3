package emblema.cli;

import emblema.core.event.Event;
import emblema.core.event.EventSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The sample program as a process, with commands that last. */
final class SampleMain {
  private SampleMain() {}

  public static void main(String[] args) {
    Program program = Sample.program();
    program.command("endless", () -> Sample.command(Syntax.of("write"), SampleMain::endless));
    program.command(
        "sleep", () -> Sample.command(Syntax.of("sleep").operand("file"), SampleMain::sleep));
    program.command("progress", () -> Sample.command(Syntax.of("count"), SampleMain::progress));
    Launcher.main(program, args);
  }

  private static int endless(Arguments arguments, Session session) {
    while (true) {
      session.out().line("line");
    }
  }

  private static int sleep(Arguments arguments, Session session) {
    session.whenCancelled(
        () -> {
          try {
            Files.createFile(Path.of(arguments.operand(0)));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    session.out().text("ready");
    session.out().flush();
    pause(60_000);
    return 0;
  }

  private static int progress(Arguments arguments, Session session) {
    EventSink events = session.events();
    events.emit(new Event.PhaseStarted("count", "Counting", 2, Event.Unit.ITEMS));
    pause(400);
    events.emit(new Event.Advanced("count", 1));
    events.emit(new Event.PhaseFinished("count", 2));
    session.out().line("done");
    return 0;
  }

  private static void pause(long milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
