package emblema.depot.operation;

import emblema.store.file.FileRepository;
import emblema.store.file.PublisherProperty;
import emblema.store.json.Json;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;

/** How long clients and proxies may keep a response (spec depot-protocol, section 2). */
public final class Freshness {
  static final long VERSIONS = 300;
  static final long DAY = 86_400;

  /** For what never changes under its name. */
  static final long YEAR = 31_536_000;

  private static final long USUAL = 14_400;

  private final InstantSource clock;

  public Freshness(InstantSource clock) {
    this.clock = clock;
  }

  Instant now() {
    return clock.instant();
  }

  /** May be kept for so many seconds, then must be asked for again. */
  Response keep(Response response, long seconds) {
    return response
        .with("Cache-Control", "must-revalidate, no-transform, max-age=" + seconds)
        .with("Expires", HttpDate.write(now().plusSeconds(seconds)));
  }

  /** What must never be kept. */
  public static Response uncached(Response response) {
    return response
        .with("Pragma", "no-cache")
        .with("Cache-Control", "no-cache, no-transform, must-revalidate")
        .with("Expires", "0");
  }

  /** How often a publisher wants to be asked for news: seconds, the least of several publishers. */
  static long refreshSeconds(FileRepository repository, Collection<String> publishers) {
    return publishers.stream()
        .mapToLong(publisher -> refreshSeconds(repository, publisher))
        .min()
        .orElse(USUAL);
  }

  private static long refreshSeconds(FileRepository repository, String publisher) {
    Json value =
        repository.publisherInformation(publisher).value(PublisherProperty.REFRESH_SECONDS);
    return value instanceof Json.Number number && number.digits().matches("[0-9]{1,10}")
        ? Long.parseLong(number.digits())
        : USUAL;
  }
}
