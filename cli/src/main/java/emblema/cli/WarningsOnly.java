package emblema.cli;

import emblema.core.event.Event;
import emblema.core.event.EventSink;

/** Shows warnings and nothing else. */
final class WarningsOnly implements EventSink {
  private final Console console;
  private final String title;

  WarningsOnly(Console console, String title) {
    this.console = console;
    this.title = title;
  }

  @Override
  public void emit(Event event) {
    if (event instanceof Event.Warning warning) {
      show(console, title, warning);
    }
  }

  static void show(Console console, String title, Event.Warning warning) {
    StringBuilder text = new StringBuilder(title + ": warning: " + warning.text() + "\n");
    for (String hint : warning.hints()) {
      text.append("hint: ").append(hint).append('\n');
    }
    console.err().text(text.toString());
  }
}
