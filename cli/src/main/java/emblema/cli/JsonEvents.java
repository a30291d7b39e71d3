package emblema.cli;

import emblema.core.event.Event;
import emblema.core.event.EventSink;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Each event as one line of JSON. */
final class JsonEvents implements EventSink {
  private final Output output;

  JsonEvents(Output output) {
    this.output = output;
  }

  @Override
  public synchronized void emit(Event event) {
    Map<String, Object> line = new LinkedHashMap<>();
    switch (event) {
      case Event.PhaseStarted started -> {
        line.put("event", "started");
        line.put("phase", started.phase());
        line.put("label", started.label());
        line.put("total", started.total());
        line.put("unit", started.unit().name().toLowerCase(Locale.ROOT));
      }
      case Event.Advanced advanced -> {
        line.put("event", "advanced");
        line.put("phase", advanced.phase());
        line.put("done", advanced.done());
      }
      case Event.PhaseFinished finished -> {
        line.put("event", "finished");
        line.put("phase", finished.phase());
        line.put("done", finished.done());
      }
      case Event.Warning warning -> {
        line.put("event", "warning");
        line.put("text", warning.text());
        line.put("hints", warning.hints());
      }
      case Event.Note note -> {
        line.put("event", "note");
        line.put("text", note.text());
      }
    }
    output.line(Json.compact(line));
    output.flush();
  }
}
