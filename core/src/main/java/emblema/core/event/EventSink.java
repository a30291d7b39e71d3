package emblema.core.event;

/** Takes events. Implementations are safe for use by several threads at once and never throw. */
@FunctionalInterface
public interface EventSink {
  /** Takes everything and shows nothing. */
  EventSink QUIET = event -> {};

  void emit(Event event);
}
