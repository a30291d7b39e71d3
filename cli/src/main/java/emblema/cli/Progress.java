package emblema.cli;

import emblema.core.event.Event;
import emblema.core.event.EventSink;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Progress on a terminal: one line that is redrawn at most ten times a second, begins only after a
 * phase has lasted a moment, and leaves one line for each phase that was shown. Where standard
 * error is not a terminal, only warnings appear.
 */
final class Progress implements EventSink {
  private static final long MILLISECOND = 1_000_000;
  private static final long START_DELAY = 300 * MILLISECOND;
  private static final long INTERVAL = 100 * MILLISECOND;

  private final Console console;
  private final String title;
  private final LongSupplier nanoseconds;
  private Event.@Nullable PhaseStarted phase;
  private long began;
  private long drawn;

  Progress(Console console, String title) {
    this(console, title, System::nanoTime);
  }

  Progress(Console console, String title, LongSupplier nanoseconds) {
    this.console = console;
    this.title = title;
    this.nanoseconds = nanoseconds;
  }

  @Override
  public synchronized void emit(Event event) {
    try {
      take(event);
    } catch (Output.ReaderGone gone) {
      // Who no longer watches the progress may still want the work done.
    }
  }

  private void take(Event event) {
    switch (event) {
      case Event.PhaseStarted started -> {
        phase = started;
        began = nanoseconds.getAsLong();
        drawn = 0;
      }
      case Event.Advanced advanced -> advance(advanced.phase(), advanced.done());
      case Event.PhaseFinished finished -> finish(finished);
      case Event.Warning warning -> WarningsOnly.show(console, title, warning);
      case Event.Note note -> {
        if (console.err().isTerminal()) {
          console.err().line(note.text());
        }
      }
    }
  }

  private void advance(String name, long done) {
    Event.PhaseStarted current = phase;
    if (current == null || !current.phase().equals(name) || !console.err().isTerminal()) {
      return;
    }
    long now = nanoseconds.getAsLong();
    if (now - began < START_DELAY || drawn != 0 && now - drawn < INTERVAL) {
      return;
    }
    drawn = now;
    console.status(line(current, done, now - began));
  }

  private void finish(Event.PhaseFinished finished) {
    Event.PhaseStarted current = phase;
    if (current == null || !current.phase().equals(finished.phase())) {
      return;
    }
    console.clearStatus();
    if (drawn != 0) {
      double seconds = (nanoseconds.getAsLong() - began) / 1e9;
      console
          .err()
          .line(
              current.label()
                  + ": "
                  + amount(current.unit(), finished.done())
                  + String.format(Locale.ROOT, " in %.1f s", seconds)
                  + rate(current.unit(), finished.done(), seconds));
    }
    phase = null;
  }

  private static String line(Event.PhaseStarted phase, long done, long elapsed) {
    double seconds = elapsed / 1e9;
    StringBuilder line = new StringBuilder(phase.label()).append(": ");
    line.append(amount(phase.unit(), done));
    if (phase.total() > 0) {
      line.append(" of ").append(amount(phase.unit(), phase.total()));
      line.append("  ").append(Math.min(100, done * 100 / phase.total())).append('%');
    }
    line.append(rate(phase.unit(), done, seconds));
    if (phase.total() > 0 && done > 0 && done < phase.total()) {
      double left = seconds * (phase.total() - done) / done;
      line.append("  ").append(Quantity.duration(Math.round(left))).append(" left");
    }
    return line.toString();
  }

  private static String amount(Event.Unit unit, long number) {
    return unit == Event.Unit.BYTES ? Quantity.bytes(number) : Long.toString(number);
  }

  private static String rate(Event.Unit unit, long done, double seconds) {
    return unit == Event.Unit.BYTES && seconds > 0
        ? "  " + Quantity.bytes(Math.round(done / seconds)) + "/s"
        : "";
  }
}
