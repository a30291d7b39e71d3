package emblema.depot.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** Counters since the start, and their text for Prometheus (exposition format 0.0.4). */
public final class Metrics {
  /** Upper bounds of the histogram of durations, in seconds. */
  private static final double[] BOUNDS = {0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10, 60};

  private final Instant started;
  private final ConcurrentSkipListMap<String, LongAdder> operations = new ConcurrentSkipListMap<>();
  private final ConcurrentSkipListMap<Integer, LongAdder> statuses = new ConcurrentSkipListMap<>();
  private final LongAdder[] durations = new LongAdder[BOUNDS.length + 1];
  private final LongAdder nanoseconds = new LongAdder();
  private final LongAdder sent = new LongAdder();
  private final LongAdder received = new LongAdder();
  private final LongAdder active = new LongAdder();

  public Metrics(Instant started) {
    this.started = started;
    for (int i = 0; i < durations.length; i++) {
      durations[i] = new LongAdder();
    }
  }

  /** A request to an operation, whatever comes of it. */
  public void asked(String operation) {
    operations.computeIfAbsent(operation, ignored -> new LongAdder()).increment();
  }

  /** How often an operation was asked for. */
  public long count(String operation) {
    LongAdder count = operations.get(operation);
    return count == null ? 0 : count.sum();
  }

  /** A request begins to be answered. */
  public void began() {
    active.increment();
  }

  /**
   * A request has been answered, or has failed.
   *
   * @param nanos that it took
   * @param bytesIn and bytesOut of the bodies
   */
  public void ended(int status, long nanos, long bytesIn, long bytesOut) {
    active.decrement();
    statuses.computeIfAbsent(status, ignored -> new LongAdder()).increment();
    double seconds = nanos / 1e9;
    int bucket = 0;
    while (bucket < BOUNDS.length && seconds > BOUNDS[bucket]) {
      bucket++;
    }
    durations[bucket].increment();
    nanoseconds.add(nanos);
    received.add(Math.max(0, bytesIn));
    sent.add(Math.max(0, bytesOut));
  }

  /** All of it. */
  public String text(Instant now) {
    StringBuilder out = new StringBuilder();
    head(out, "emblema_depot_requests_total", "counter", "Requests by operation.");
    operations.forEach(
        (name, count) ->
            line(
                out, "emblema_depot_requests_total{operation=\"" + name + "\"}", count.toString()));
    head(out, "emblema_depot_responses_total", "counter", "Responses by status.");
    statuses.forEach(
        (status, count) ->
            line(
                out, "emblema_depot_responses_total{status=\"" + status + "\"}", count.toString()));
    histogram(out);
    head(out, "emblema_depot_sent_bytes_total", "counter", "Bytes of response bodies.");
    line(out, "emblema_depot_sent_bytes_total", sent.toString());
    head(out, "emblema_depot_received_bytes_total", "counter", "Bytes of request bodies.");
    line(out, "emblema_depot_received_bytes_total", received.toString());
    head(out, "emblema_depot_active_requests", "gauge", "Requests being answered.");
    line(out, "emblema_depot_active_requests", active.toString());
    head(out, "emblema_depot_uptime_seconds", "gauge", "Since the start.");
    line(
        out,
        "emblema_depot_uptime_seconds",
        Long.toString(Duration.between(started, now).toSeconds()));
    return out.toString();
  }

  private void histogram(StringBuilder out) {
    String name = "emblema_depot_request_duration_seconds";
    head(out, name, "histogram", "Time from the request's headers to the end of the response.");
    long total = 0;
    for (int i = 0; i < durations.length; i++) {
      total += durations[i].sum();
      String bound = i < BOUNDS.length ? Double.toString(BOUNDS[i]) : "+Inf";
      line(out, name + "_bucket{le=\"" + bound + "\"}", Long.toString(total));
    }
    line(out, name + "_sum", Double.toString(nanoseconds.sum() / 1e9));
    line(out, name + "_count", Long.toString(total));
  }

  private static void head(StringBuilder out, String name, String type, String help) {
    out.append("# HELP ").append(name).append(' ').append(help).append('\n');
    out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private static void line(StringBuilder out, String name, String value) {
    out.append(name).append(' ').append(value).append('\n');
  }
}
