package emblema.publisher.receive;

import emblema.core.error.EmblemaException;
import emblema.core.fmri.Fmri;
import java.util.List;
import java.util.SortedMap;

/**
 * What came of receiving packages.
 *
 * @param received in order; on a trial what would have been
 * @param payloads how many were, or would have to be, fetched
 * @param bytes what these weigh compressed
 * @param failures package to the reason why it was left out
 */
public record Receipt(
    List<Fmri> received, long payloads, long bytes, SortedMap<String, EmblemaException> failures) {
  public Receipt {
    received = List.copyOf(received);
  }
}
