package emblema.core.event;

import java.util.List;

/**
 * Something that long work tells while it runs. Order within one phase is the order of emission.
 */
public sealed interface Event {

  /** What {@code done} and {@code total} count. */
  enum Unit {
    ITEMS,
    BYTES
  }

  /**
   * A phase begins.
   *
   * @param phase a stable word for machines, for example {@code download}
   * @param label for people, for example "Downloading"
   * @param total how many units there are, or -1 if unknown
   */
  record PhaseStarted(String phase, String label, long total, Unit unit) implements Event {}

  /** So many units of the phase are done, in all. */
  record Advanced(String phase, long done) implements Event {}

  record PhaseFinished(String phase, long done) implements Event {}

  /** Something the reader should know though the work goes on. */
  record Warning(String text, List<String> hints) implements Event {
    public Warning {
      hints = List.copyOf(hints);
    }

    public Warning(String text) {
      this(text, List.of());
    }
  }

  /** A plain remark. */
  record Note(String text) implements Event {}
}
