package emblema.cli;

import static org.assertj.core.api.Assertions.assertThat;

import emblema.core.event.Event;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final AtomicLong now = new AtomicLong();

  private String shown(boolean real, Event... events) {
    Terminal terminal = new Terminal(real);
    Progress progress = new Progress(terminal.console(), "pkg install", now::get);
    for (Event event : events) {
      progress.emit(event);
      now.addAndGet(1_000_000_000);
    }
    return terminal.err();
  }

  private static final Event START =
      new Event.PhaseStarted("download", "Downloading", 4096, Event.Unit.BYTES);

  @Test
  void showsRateAndTimeLeftInBytesAndLeavesALine() {
    assertThat(
            shown(
                true,
                START,
                new Event.Advanced("download", 1024),
                new Event.PhaseFinished("download", 4096)))
        .isEqualTo(
            "\rDownloading: 1.00 kB of 4.00 kB  25%  1.00 kB/s  0:03 left"
                + "\r"
                + " ".repeat(58)
                + "\rDownloading: 4.00 kB in 2.0 s  2.00 kB/s\n");
  }

  @Test
  void flashesNothingForAPhaseThatIsOverAtOnce() {
    now.set(1);
    Terminal terminal = new Terminal(true);
    Progress progress = new Progress(terminal.console(), "pkg", now::get);
    progress.emit(START);
    progress.emit(new Event.Advanced("download", 1024));
    progress.emit(new Event.PhaseFinished("download", 4096));
    assertThat(terminal.err()).isEmpty();
  }

  @Test
  void showsOnlyWarningsWhereThereIsNoTerminal() {
    assertThat(
            shown(
                false,
                START,
                new Event.Advanced("download", 1024),
                new Event.Note("a note"),
                new Event.Warning("'x' is odd", List.of("look at it")),
                new Event.PhaseFinished("download", 4096)))
        .isEqualTo("pkg install: warning: 'x' is odd\nhint: look at it\n");
  }

  @Test
  void wipesTheStatusLineBeforeOtherText() {
    Terminal terminal = new Terminal(true);
    terminal.console().status("12345");
    terminal.console().out().line("data");
    terminal.console().err().line("error");
    assertThat(terminal.err()).isEqualTo("\r12345\r     \rerror\n");
    assertThat(terminal.out()).isEqualTo("data\n");
  }

  @Test
  void cutsTheStatusLineAtTheTerminalsWidth() {
    Terminal terminal = new Terminal(true);
    terminal.console().status("x".repeat(200));
    assertThat(terminal.err()).isEqualTo("\r" + "x".repeat(79));
  }

  @Test
  void writesEventsAsJsonLines() {
    Terminal terminal = new Terminal();
    JsonEvents events = new JsonEvents(terminal.console().err());
    events.emit(START);
    events.emit(new Event.Advanced("download", 1));
    events.emit(new Event.PhaseFinished("download", 2));
    events.emit(new Event.Warning("w", List.of("h")));
    events.emit(new Event.Note("n"));
    assertThat(terminal.err())
        .isEqualTo(
            """
            {"event":"started","phase":"download","label":"Downloading","total":4096,"unit":"bytes"}
            {"event":"advanced","phase":"download","done":1}
            {"event":"finished","phase":"download","done":2}
            {"event":"warning","text":"w","hints":["h"]}
            {"event":"note","text":"n"}
            """);
  }
}
