package emblema.depot.operation;

import emblema.core.error.EmblemaException;
import emblema.depot.metrics.Metrics;
import emblema.store.file.FileRepository;
import java.time.InstantSource;
import java.util.Optional;

/**
 * {@code /metrics} for Prometheus; {@code /health}, which says {@code ok} while the repository can
 * be read and 503 otherwise.
 */
public final class ServicePages implements Pages {
  private final FileRepository repository;
  private final Metrics metrics;
  private final InstantSource clock;

  public ServicePages(FileRepository repository, Metrics metrics, InstantSource clock) {
    this.repository = repository;
    this.metrics = metrics;
    this.clock = clock;
  }

  @Override
  public Optional<Response> answer(Request request) {
    if (request.isUpload()) {
      return Optional.empty();
    }
    return switch (request.path()) {
      case "/metrics" ->
          Optional.of(
              Freshness.uncached(
                  Response.text(
                      "text/plain; version=0.0.4; charset=utf-8", metrics.text(clock.instant()))));
      case "/health" -> Optional.of(Freshness.uncached(health()));
      default -> Optional.empty();
    };
  }

  private Response health() {
    try {
      repository.publishers().forEach(repository::catalogAttributes);
      return Response.text(VersionsOperation.CONTENT_TYPE, "ok\n");
    } catch (EmblemaException e) {
      return Response.of(
          503, VersionsOperation.CONTENT_TYPE, Body.text("the repository cannot be read\n"));
    }
  }
}
