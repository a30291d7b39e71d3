package emblema.publisher.receive;

import emblema.core.fmri.Fmri;
import emblema.store.origin.PayloadReference;
import java.util.List;

/**
 * One package on its way.
 *
 * @param source its name where it comes from
 * @param name under which it is received; another one if rules say so
 * @param manifest as it will be stored
 * @param payloads each stored file once
 */
record ReceivedPackage(Fmri source, Fmri name, byte[] manifest, List<PayloadReference> payloads) {
  ReceivedPackage {
    payloads = List.copyOf(payloads);
  }

  String publisher() {
    return source.publisherIfAny().orElse("");
  }

  /** What its payloads weigh, as far as the manifest says. */
  long storedSize() {
    return payloads.stream().mapToLong(each -> Math.max(0, each.storedSize())).sum();
  }
}
