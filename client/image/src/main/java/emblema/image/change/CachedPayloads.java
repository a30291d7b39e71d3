package emblema.image.change;

import emblema.core.action.Action;
import emblema.core.fmri.Fmri;
import emblema.image.apply.Payloads;
import emblema.image.image.Image;
import emblema.image.plan.Plan;
import emblema.image.transport.Payload;
import emblema.image.transport.PayloadCache;
import emblema.image.transport.Transport;
import java.io.InputStream;
import java.util.List;

/** Payloads from an image's cache; what is unexpectedly missing there is fetched. */
final class CachedPayloads implements Payloads {
  private final PayloadCache cache;
  private final Transport transport;

  CachedPayloads(Image image, Transport transport) {
    this.cache = new PayloadCache(image);
    this.transport = transport;
  }

  /** Brings everything that a plan needs. */
  void fetch(List<Plan.Content> contents) {
    transport.fetchPayloads(
        contents.stream().map(content -> payload(content.owner(), content.action())).toList());
  }

  @Override
  public InputStream open(Fmri owner, Action action) {
    Payload payload = payload(owner, action);
    if (!cache.has(payload)) {
      synchronized (this) {
        transport.fetchPayloads(List.of(payload));
      }
    }
    return cache.stored(payload);
  }

  /** The content itself, for small texts. */
  InputStream content(Fmri owner, Action action) {
    Payload payload = payload(owner, action);
    transport.fetchPayloads(List.of(payload));
    return cache.content(payload);
  }

  void flush() {
    cache.flush();
  }

  private static Payload payload(Fmri owner, Action action) {
    return new Payload(owner.publisherIfAny().orElse(""), action);
  }
}
